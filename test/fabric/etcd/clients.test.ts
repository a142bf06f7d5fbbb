import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { Etcd3, type IPermissionRequest } from 'etcd3';
import type { JobId } from '../../../engine/task/task.ts';
import { startEtcd } from '../../../scripts/servers/etcd.ts';
import { cancelAt } from '../../coordinator/journal/sample-records.ts';
import { EtcdPlace, ownEtcd, whyNoEtcd } from './fixture.ts';
import { FlakyLink } from './flaky-link.ts';
import { ReportedJobs } from './reported-jobs.ts';

const job = 'job' as JobId;

/**
 * Enables authentication for the user `root` with the password `top`, and for the user `volley` with the password `secret` and the given
 * permission.
 */
async function authenticate(etcd: Etcd3, permission: IPermissionRequest): Promise<void> {
  await etcd.user('root').create('top');
  await etcd.role('root').create();
  await etcd.user('root').addRole('root');
  await etcd.role('volley').create();
  await etcd.role('volley').grant(permission);
  await etcd.user('volley').create('secret');
  await etcd.user('volley').addRole('volley');
  await etcd.auth.authEnable();
}

describe('a journal in etcd with client authentication', { skip: whyNoEtcd() ?? false }, () => {
  test('connects with a user name and password, and rejects wrong credentials', async (t) => {
    const server = await ownEtcd(t);
    const root = new Etcd3({ hosts: server.endpoint });
    t.after(() => root.close());
    const place = new EtcdPlace(t, server);
    const early = await place.open({ user: { name: 'volley', password: 'secret' } });
    const notEnabled = /^VOLLEY_ETCD_USER is set.*no authentication enabled/;
    await assert.rejects(early.check(), { code: 'USAGE', message: notEnabled });
    await authenticate(root, { permission: 'Readwrite', range: root.range({ prefix: place.prefix }) });
    const user = { name: 'volley', password: 'secret' };
    const journal = await place.open({ user });
    const unowned = new ReportedJobs(t, journal);
    const token = await journal.acquire(job);
    await journal.append(job, token, [cancelAt(0)]);
    await server.restart();
    await journal.append(job, token, [cancelAt(1)]);
    assert.deepEqual(await journal.read(job), [cancelAt(0), cancelAt(1)]);
    await journal.release(job, token);
    await unowned.next(job);
    for (const wrong of [{ user: { ...user, password: 'wrong' } }, {}, { user, prefix: 'elsewhere/' }]) {
      await assert.rejects((await place.open(wrong)).list(), { code: 'STORE_FAILED', retryable: false });
    }
  });

  test('can acquire a job again after an acquisition whose answer was lost and whose retries were rejected', async (t) => {
    const server = await ownEtcd(t);
    const root = new Etcd3({ hosts: server.endpoint });
    t.after(() => root.close());
    const place = new EtcdPlace(t, server);
    const before = await place.open({ owner: 'before' });
    const token = await before.acquire(job);
    await before.append(job, token, [cancelAt(0)]);
    await before.release(job, token);
    const permission = { permission: 'Readwrite', range: root.range({ prefix: place.prefix }) } as const;
    await authenticate(root, permission);
    const proxy = await FlakyLink.start(t, server.endpoint);
    const journal = await place.open({ endpoints: [proxy.endpoint], user: { name: 'volley', password: 'secret' } });
    await journal.acquire('another' as JobId);
    const refused = assert.rejects(journal.acquireUnowned(job), { code: 'STORE_FAILED' });
    await proxy.loseAnAnswer();
    proxy.cut();
    const asRoot = new Etcd3({ hosts: server.endpoint, auth: { username: 'root', password: 'top' } });
    t.after(() => asRoot.close());
    await asRoot.role('volley').revoke(permission);
    proxy.mend();
    await refused;
    await asRoot.role('volley').grant(permission);
    assert.equal(await journal.ownerOf(job), 'a');
    const own = await journal.acquireUnowned(job);
    assert.ok(own !== undefined);
    await journal.append(job, own, [cancelAt(1)]);
  });

  test('connects with a client certificate', async (t) => {
    const directory = mkdtempSync(join(tmpdir(), 'volley-tls-'));
    t.after(() => rmSync(directory, { recursive: true, force: true }));
    const path = (name: string) => join(directory, name);
    const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: directory, stdio: 'pipe' });
    const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    openssl(
      'req',
      '-x509',
      ...newKey,
      '-keyout',
      'ca.key',
      '-out',
      'ca.crt',
      '-subj',
      '/CN=test-authority',
      '-days',
      '2',
    );
    openssl('req', ...newKey, '-keyout', 'one.key', '-out', 'one.csr', '-subj', '/CN=one');
    writeFileSync(path('one.ext'), 'subjectAltName=IP:127.0.0.1\n');
    const signed = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'one.ext', '-days', '2'];
    openssl('x509', '-req', '-in', 'one.csr', '-out', 'one.crt', ...signed);
    const server = await startEtcd({ tls: { ca: path('ca.crt'), certificate: path('one.crt'), key: path('one.key') } });
    t.after(() => server.close());
    const [ca, certificate, key] = ['ca.crt', 'one.crt', 'one.key'].map((name) => readFileSync(path(name)));
    assert.ok(ca !== undefined && certificate !== undefined && key !== undefined);
    const journal = await new EtcdPlace(t, server).open({ tls: { ca, certificate, key } });
    await journal.append(job, await journal.acquire(job), [cancelAt(0)]);
    assert.deepEqual(await journal.read(job), [cancelAt(0)]);
  });
});
