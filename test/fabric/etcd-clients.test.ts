import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { Etcd3 } from 'etcd3';
import type { JobId } from '../../engine/execute/task.ts';
import { startEtcd } from '../../scripts/servers/etcd.ts';
import { cancelAt } from '../journal/sample-records.ts';
import { EtcdPlace, ownEtcd, whyNoEtcd } from './etcd-fixture.ts';
import { ReportedJobs } from './reported-jobs.ts';

const job = 'job' as JobId;

describe('etcd that knows its clients', { skip: whyNoEtcd() ?? false }, () => {
  test('by user and password', async (t) => {
    const server = await ownEtcd(t);
    const root = new Etcd3({ hosts: server.endpoint });
    t.after(() => root.close());
    const place = new EtcdPlace(t, server);
    const early = await place.open({ user: { name: 'volley', password: 'secret' } });
    const notEnabled = /^etcd has no authentication enabled.*VOLLEY_ETCD_USER/;
    await assert.rejects(early.check(), { code: 'USAGE', message: notEnabled });
    await root.user('root').create('top');
    await root.role('root').create();
    await root.user('root').addRole('root');
    await root.role('volley').create();
    await root.role('volley').grant({ permission: 'Readwrite', range: root.range({ prefix: place.prefix }) });
    await root.user('volley').create('secret');
    await root.user('volley').addRole('volley');
    await root.auth.authEnable();
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

  test('by certificates', async (t) => {
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
