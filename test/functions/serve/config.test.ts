import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { parseExecutorsConfig, parseJournalLocation } from '../../../functions/fabric/fabric-config.ts';
import { loadServeConfig, type ServeConfig } from '../../../functions/serve/config.ts';

const home = mkdtempSync(join(tmpdir(), 'volley-serve-config-'));
after(() => rmSync(home, { recursive: true, force: true }));
const TOKEN = 'a-token-long-enough';
const JOURNALS = /--journal must be a folder, etcd:\/\/HOST:PORT\[,HOST:PORT\]\[\/PREFIX\], or etcds:\/\/ for TLS, not/;
const EXECUTORS = /--executors must be local, .*lambda-unpublished:FUNCTION.*dns:NAME:PORT, not/;

function load(flags: readonly string[], environment: Readonly<Record<string, string>> = {}): ServeConfig {
  const request = loadServeConfig(['serve', ...flags], {
    HOME: home,
    VOLLEY_STATE_DIR: join(home, 'state'),
    ...environment,
  });
  assert.ok(request.kind === 'serve');
  return request.config;
}

describe('volley serve', () => {
  test('serves on loopback and keeps everything in the state directory by default', () => {
    const { host, port, fabric, jobsAtOnce, access, tokenPath } = load([]);
    const folder = join(home, 'state', 'serve');
    assert.deepEqual([host, port, jobsAtOnce], ['127.0.0.1', 8080, 4]);
    assert.deepEqual(fabric.store, { kind: 'file', root: join(folder, 'store') });
    assert.deepEqual(fabric.journal, { kind: 'folder', path: join(folder, 'journal') });
    assert.deepEqual(fabric.executors, { kind: 'local' });
    assert.equal(fabric.leaseSeconds, 10);
    assert.equal(tokenPath, join(folder, 'token'));
    const [own] = access.tokens;
    assert.equal(own?.subject, '');
    assert.equal(own?.token, readFileSync(join(folder, 'token'), 'utf8').trim());
    assert.equal(statSync(join(folder, 'token')).mode & 0o777, 0o600);
    assert.deepEqual(load([]).access.tokens, access.tokens, 'the next start has the same token');
  });

  const isLinux = process.platform === 'linux';
  test('names the state directory in the error if it cannot be created', {
    skip: !isLinux && 'there is no /proc',
  }, () => {
    const message = /\/proc\/x\/serve cannot be created: ENOENT.*VOLLEY_STATE_DIR/;
    assert.throws(() => load([], { VOLLEY_STATE_DIR: '/proc/x' }), { code: 'USAGE', message });
  });

  test('flags override the environment, which overrides the config file', () => {
    const path = join(home, 'config.json');
    writeFileSync(path, JSON.stringify({ serve: { port: 1, name: 'file', jobs: 9, allow: ['/from-file'] } }));
    const environment = { VOLLEY_PORT: '2', VOLLEY_NAME: 'environment', VOLLEY_ALLOW: '/from-environment' };
    const { port, fabric, jobsAtOnce, allow } = load(
      ['--config', path, '--port', '3', '--allow', '/from-flag'],
      environment,
    );
    assert.deepEqual([port, fabric.name, jobsAtOnce], [3, 'environment', 9]);
    assert.deepEqual(allow, ['/from-file', '/from-environment', '/from-flag']);
  });

  for (const [flag, value] of [
    ['host', '127.0.0.2'],
    ['port', '9'],
    ['allow', '/some'],
    ['store', '/store'],
    ['journal', '/journal'],
    ['executors', 'dns:x:80'],
    ['name', 'a name'],
    ['lease', '20'],
    ['jobs', '5'],
    ['executor-memory', '512'],
    ['function-concurrency', '7'],
  ] as const) {
    test(`accepts --${flag} as a flag, as a variable, and under "serve" in a config file`, () => {
      const own = (flags: readonly string[], environment = {}) => ({ ...load(flags, environment), common: undefined });
      const expected = own([`--${flag}`, value]);
      assert.notDeepEqual(expected, own([]));
      assert.deepEqual(own([], { [`VOLLEY_${flag.toUpperCase().replace('-', '_')}`]: value }), expected);
      const path = join(home, `${flag}.json`);
      writeFileSync(path, JSON.stringify({ serve: { [flag]: value } }));
      assert.deepEqual(own(['--config', path]), expected);
    });
  }

  test('resolves paths in a config file against its folder', () => {
    const path = join(home, 'places.json');
    writeFileSync(path, JSON.stringify({ serve: { allow: 'lake', journal: 'journal', store: 'store' } }));
    const { allow, fabric } = load(['--config', path]);
    assert.deepEqual(allow, [join(home, 'lake')]);
    assert.deepEqual(fabric.journal, { kind: 'folder', path: join(home, 'journal') });
    assert.deepEqual(fabric.store, { kind: 'file', root: join(home, 'store') });
  });

  test('reads --data, --set and --config from variables, but rejects shared flags and --insecure under "serve"', () => {
    const path = join(home, 'own.json');
    writeFileSync(path, JSON.stringify({ data: '/file', tables: { t: '/t' }, settings: { retries: 7 } }));
    const { data, tables, settings } = load([], { VOLLEY_CONFIG: path, VOLLEY_DATA: '/variable' }).common;
    assert.deepEqual([data, tables.map(({ name }) => name), settings.retries], [['/file', '/variable'], ['t'], 7]);
    assert.equal(load([], { VOLLEY_RETRIES: '8' }).common.settings.retries, 8);
    assert.equal(load([], { VOLLEY_INSECURE: '1' }).access.tokens.length, 1);
    for (const key of ['insecure', 'data', 'table', 'set', 'config']) {
      writeFileSync(path, JSON.stringify({ serve: { [key]: 'x' } }));
      assert.throws(() => load(['--config', path]), { code: 'USAGE', message: new RegExp(`"serve.${key}"`) });
    }
  });

  test('treats an empty variable as unset', () => {
    const path = join(home, 'empty.json');
    writeFileSync(path, JSON.stringify({ serve: { port: 1 } }));
    const environment = { VOLLEY_PORT: '', VOLLEY_CONFIG: '', VOLLEY_LAMBDA_ENDPOINT: '', AWS_REGION: '' };
    assert.equal(load(['--config', path], environment).port, 1);
    const { fabric } = load([], environment);
    assert.deepEqual([fabric.region, fabric.lambdaEndpoint], ['us-east-1', undefined]);
  });

  test('ignores the port variable of a Kubernetes Service named volley', () => {
    const link = { VOLLEY_PORT: 'tcp://10.0.0.1:80' };
    assert.equal(load([], link).port, 8080);
    assert.equal(load(['--port', '3'], link).port, 3);
    const path = join(home, 'port.json');
    writeFileSync(path, JSON.stringify({ serve: { port: 1 } }));
    assert.equal(load(['--config', path], link).port, 1);
  });

  test('reads tokens with and without subjects', () => {
    const { access, tokenPath } = load([], { VOLLEY_TOKEN: `${TOKEN},alice=${TOKEN}-of-alice` });
    assert.deepEqual(access.tokens, [
      { subject: '', token: TOKEN },
      { subject: 'alice', token: `${TOKEN}-of-alice` },
    ]);
    assert.equal(tokenPath, undefined);
    assert.ok(access.hostNames?.includes('localhost'));
    assert.equal(load(['--host', '0.0.0.0'], { VOLLEY_TOKEN: TOKEN }).access.hostNames, undefined);
    assert.deepEqual(load(['--insecure']).access.tokens, []);
  });

  for (const [entry, subject, token] of [
    ['QUJDREVGR0hJSktMTU5PUA==', '', 'QUJDREVGR0hJSktMTU5PUA=='],
    ['QUJDREVGR0hJSktMTU5PUFE=', '', 'QUJDREVGR0hJSktMTU5PUFE='],
    ['QUJD+EVG/0hJSktMTU5PUA==', '', 'QUJD+EVG/0hJSktMTU5PUA=='],
    ['alice=QUJDREVGR0hJSktMTU5PUA==', 'alice', 'QUJDREVGR0hJSktMTU5PUA=='],
    // The second = belongs to the token, which is still limited to the jobs of the subject.
    ['alice==QUJDREVGR0hJSktMTU5PUA', 'alice', '=QUJDREVGR0hJSktMTU5PUA'],
  ] as const) {
    test(`separates the subject from a token with = signs: ${entry}`, () => {
      assert.deepEqual(load([], { VOLLEY_TOKEN: entry }).access.tokens, [{ subject, token }]);
    });
  }

  const rejected: readonly (readonly [
    flags: readonly string[],
    environment: Readonly<Record<string, string>>,
    message: RegExp,
  ])[] = [
    [['--host', '0.0.0.0'], {}, /Other machines can reach 0.0.0.0. Set VOLLEY_TOKEN/],
    [['--host', '0.0.0.0', '--insecure'], { VOLLEY_TOKEN: TOKEN }, /--insecure requires a loopback address/],
    [[], { VOLLEY_TOKEN: 'short' }, /at least 16 characters/],
    [[], { VOLLEY_TASK_KEY: 'short' }, /at least 16 characters/],
    [[], { VOLLEY_TOKEN_FILE: '/no/such/file' }, /cannot be read/],
    [[], { VOLLEY_ETCD_CERT: '/x' }, /cannot be read/],
    [['--port', '70000'], {}, /--port must be/],
    [['--port', 'tcp://10.0.0.1:80'], {}, /--port must be/],
    [[], { VOLLEY_PORT: 'http' }, /--port must be/],
    [['--lease', '1'], {}, /--lease must be/],
    [['--jobs', '0'], {}, /--jobs must be/],
    [[], { VOLLEY_FABRIC: 'lambda' }, /VOLLEY_FABRIC.*--executors lambda:FUNCTION/],
    [['--port='], {}, /--port has an empty value/],
    [['--function-concurrency', ''], {}, /--function-concurrency has an empty value/],
    [['--data='], {}, /--data has an empty value/],
    [['--frob'], {}, /--frob.*volley serve --help/s],
    [['more'], {}, /does not accept the argument "more"/],
    [['--journal', 's3://bucket'], {}, JOURNALS],
    [['--store', 'ftp://x'], {}, /An object store must be/],
    [['--store', './here'], {}, /an absolute path.*not "\.\/here"/],
    [['--store', 's3:/bucket'], {}, /An object store must be/],
    [['--store', 'bucket'], {}, /An object store must be/],
    [['--executors', 'some'], {}, EXECUTORS],
    [['--executors', 'dns:x'], {}, EXECUTORS],
    [['--executors', 'lambda:'], {}, EXECUTORS],
    [
      ['--port', '1', '--port', '2'],
      {},
      /^--port was given more than once, but accepts only one value\. Run volley serve --help/,
    ],
    [['--prot', '1'], {}, /^Unknown option '--prot'\. Did you mean --port\? Run volley serve --help for usage\.$/],
    [['--port'], {}, /^Option '--port <port>' requires a value\./],
    [['--executors', 'http://127.0.0.1'], {}, /--executors must be.*http:\/\/HOST:PORT/],
    [['--executors', 'http://a:80,http://b/'], {}, /--executors must be/],
    [['--executors', 'http://[::1]'], {}, /--executors must be/],
    [['--executors', 'http://a:70000'], {}, /--executors must be/],
    [['--journal', 'etcd://127.0.0.1/x'], {}, JOURNALS],
    [['--journal', 'etcds://a:2379,b'], {}, JOURNALS],
    [['--executors', 'lambda:f:$LATEST'], {}, /never \$LATEST/],
    [['--executors', 'lambda-unpublished:f:7'], {}, /without a version/],
  ];
  for (const [flags, environment, message] of rejected) {
    test(`rejects ${flags.join(' ')} ${JSON.stringify(environment)}`, () => {
      assert.throws(() => load(flags, environment), { code: 'USAGE', message });
    });
  }

  test('rejects unknown names under "serve" in a config file', () => {
    const path = join(home, 'wrong.json');
    writeFileSync(path, JSON.stringify({ serve: { prot: 1 } }));
    assert.throws(() => load(['--config', path]), { code: 'USAGE', message: /"serve.prot"/ });
    writeFileSync(path, JSON.stringify({ serve: { port: 70_000, executors: 'foo' } }));
    const named = (key: string) => new RegExp(`The value is "${key}" in the config file ${path}\\.$`);
    assert.throws(() => load(['--config', path]), { code: 'USAGE', message: named('serve.port') });
    assert.throws(() => load(['--config', path, '--port', '0']), { code: 'USAGE', message: named('serve.executors') });
    assert.throws(() => load(['--config', path, '--port', '-1']), { code: 'USAGE', message: /not "-1"\.$/ });
    writeFileSync(path, JSON.stringify({ serve: { port: [1] } }));
    assert.throws(() => load(['--config', path]), { code: 'USAGE', message: /"serve.port" must be a string or/ });
    writeFileSync(path, JSON.stringify({ serve: { allow: ['/x', 1] } }));
    assert.throws(() => load(['--config', path]), { code: 'USAGE', message: /"serve.allow" must be a path or/ });
    writeFileSync(path, JSON.stringify({ serve: { store: '~/store' } }));
    const message = `The config file ${path} is invalid: "serve.store" starts with ~, which only a shell expands. Write an absolute path, or a path relative to the config file.`;
    assert.throws(() => load(['--config', path]), { code: 'USAGE', message });
  });

  test('rejects every fabric except local in a config file', () => {
    const path = join(home, 'fabric.json');
    writeFileSync(path, JSON.stringify({ fabric: 'lambda' }));
    assert.throws(() => load(['--config', path]), { code: 'USAGE', message: /"fabric".*--executors/ });
    writeFileSync(path, JSON.stringify({ fabric: 'local' }));
    assert.deepEqual(load(['--config', path]).fabric.executors, { kind: 'local' });
  });
});

test('parses the locations of journals and executors', () => {
  assert.deepEqual(parseJournalLocation('etcd://a:1,b:2/x'), {
    kind: 'etcd',
    endpoints: ['http://a:1', 'http://b:2'],
    prefix: 'x/',
  });
  assert.deepEqual(parseJournalLocation('etcds://a:1'), {
    kind: 'etcd',
    endpoints: ['https://a:1'],
    prefix: 'volley/',
  });
  assert.deepEqual(parseExecutorsConfig('lambda:f:7'), { kind: 'lambda', functionName: 'f', version: '7' });
  const unpublished = { kind: 'lambda', functionName: 'f', unpublished: true };
  assert.deepEqual(parseExecutorsConfig('lambda-unpublished:f'), unpublished);
  const arn = 'arn:aws:lambda:eu-central-1:123456789012:function:f';
  assert.deepEqual(parseExecutorsConfig(`lambda:${arn}`), { kind: 'lambda', functionName: arn });
  assert.deepEqual(parseExecutorsConfig(`lambda:${arn}:7`), { kind: 'lambda', functionName: arn, version: '7' });
  const urls = ['http://a:1', 'http://b:2'];
  assert.deepEqual(parseExecutorsConfig('http://a:1/,http://b:2'), {
    kind: 'http',
    addresses: { kind: 'list', urls },
  });
  // These are the default ports, which URL objects omit.
  assert.deepEqual(parseExecutorsConfig('http://a:80,http://[::1]:80'), {
    kind: 'http',
    addresses: { kind: 'list', urls: ['http://a:80', 'http://[::1]:80'] },
  });
  assert.deepEqual(parseJournalLocation('etcds://a:443/'), {
    kind: 'etcd',
    endpoints: ['https://a:443'],
    prefix: 'volley/',
  });
  assert.deepEqual(parseExecutorsConfig('dns:x:80'), {
    kind: 'http',
    addresses: { kind: 'name', host: 'x', port: 80, refreshMs: 5000 },
  });
});
