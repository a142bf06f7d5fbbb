import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { loadExecutorMode } from '../../../functions/executor/config.ts';

const key = 'a key that is long enough';
/** Reduces the unique part of the scratch folder's name to the process id. */
function named<Config extends { readonly scratch: string }>(config: Config): Config {
  return { ...config, scratch: config.scratch.replace(/-[0-9a-f]{8}-([0-9]+)-[0-9a-f]{12}$/, '-$1') };
}

const own = `volley-executor-${process.pid}`;

describe('an executor', () => {
  test('serves its parent process if its argument is a configuration', async () => {
    const config = { storeRoot: '/store', scratch: '/scratch', inputRoots: ['/data'], memoryMiB: 64 };
    assert.deepEqual(await loadExecutorMode([JSON.stringify(config)], {}), {
      kind: 'parent',
      config: { ...config, s3: {} },
    });
  });

  test('serves the Runtime API if it is available, and uses less memory than the function has', async () => {
    const mode = await loadExecutorMode([], {
      AWS_LAMBDA_RUNTIME_API: '127.0.0.1:9001',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '1000',
      VOLLEY_STORE: 'file:///store',
      VOLLEY_ALLOW: '/a, /b,',
    });
    assert.ok(mode.kind === 'lambda');
    assert.equal(mode.api, '127.0.0.1:9001');
    assert.deepEqual(named(mode.config()), {
      storeRoot: 'file:///store',
      inputRoots: ['/a', '/b'],
      scratch: join(tmpdir(), own),
      memoryMiB: 900,
      s3: {},
    });
  });

  test('serves the Runtime API even with an invalid configuration, to report the error there', async () => {
    const mode = await loadExecutorMode([], { AWS_LAMBDA_RUNTIME_API: '127.0.0.1:9001' });
    assert.ok(mode.kind === 'lambda');
    assert.throws(() => mode.config(), { code: 'USAGE' });
  });

  test('serves HTTP if it has neither a parent nor a Runtime API, and flags override the environment', async () => {
    const flags = [
      '--store',
      '/s',
      '--port',
      '0',
      '--concurrency',
      '2',
      '--memory',
      '256',
      '--allow',
      '/a',
      '--allow',
      '/b',
    ];
    const environment = { VOLLEY_TASK_KEY: `${key},${key} 2`, VOLLEY_STORE: '/other', VOLLEY_SCRATCH: '/scratch' };
    for (const argv of [flags, ['executor', ...flags]]) {
      const mode = await loadExecutorMode(argv, environment);
      assert.ok(mode.kind === 'http');
      assert.deepEqual(named(mode), {
        kind: 'http',
        host: '127.0.0.1',
        port: 0,
        concurrency: 2,
        keys: [Buffer.from(key), Buffer.from(`${key} 2`)],
        storeRoot: '/s',
        inputRoots: ['/a', '/b'],
        s3: {},
        scratch: join('/scratch', own),
        memoryMiB: 256,
        childEnvironment: {},
      });
    }
  });

  test('ignores the port variable of a Kubernetes Service named volley-executor', async () => {
    const link = { VOLLEY_EXECUTOR_PORT: 'tcp://10.0.0.1:80' };
    const mode = await loadExecutorMode(['--store', '/s'], { VOLLEY_TASK_KEY: key, ...link });
    assert.ok(mode.kind === 'http');
    assert.equal(mode.port, 8080);
  });

  test('uses the defaults for empty variables', async () => {
    const empty = ['EXECUTOR_HOST', 'EXECUTOR_PORT', 'EXECUTOR_CONCURRENCY', 'EXECUTOR_MEMORY', 'SCRATCH', 'ALLOW'];
    const variables = Object.fromEntries(empty.map((name) => [`VOLLEY_${name}`, '']));
    const given = { VOLLEY_TASK_KEY: key, VOLLEY_STORE: '/s' };
    const usual = await loadExecutorMode([], given);
    const mode = await loadExecutorMode([], { ...given, ...variables });
    assert.ok(mode.kind === 'http' && usual.kind === 'http');
    assert.deepEqual(named(mode), named(usual));
  });

  test('passes S3 settings and credentials to its child processes', async () => {
    const s3 = { VOLLEY_S3_ENDPOINT: 'http://s3:9000', AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' };
    const mode = await loadExecutorMode(['--store', 's3://bucket/jobs', '--allow', 's3://data'], {
      ...s3,
      VOLLEY_TASK_KEY: key,
    });
    assert.ok(mode.kind === 'http');
    assert.deepEqual(mode.childEnvironment, s3);
    assert.deepEqual(mode.inputRoots, ['s3://data']);
  });
});

describe('an executor with an invalid configuration', () => {
  const good = { VOLLEY_TASK_KEY: key, VOLLEY_STORE: '/store' };
  for (const [argv, changes, message] of [
    [[], { VOLLEY_TASK_KEY: '' }, /only signed tasks/],
    [[], { VOLLEY_TASK_KEY: 'short' }, /at least 16 characters/],
    [[], { VOLLEY_TASK_KEY: '', VOLLEY_TASK_KEY_FILE: '/nowhere' }, /The file \/nowhere cannot be read/],
    [[], { VOLLEY_STORE: '' }, /needs an object store/],
    [['--store', 'store'], {}, /absolute path, a file:\/\/\/ URL or s3:/],
    [['--store', 's3://B'], {}, /"B" in s3:\/\/B is not a valid bucket name/],
    [['--allow', 's3://bucket/../c'], {}, /has an empty part/],
    [[], { VOLLEY_S3_ENDPOINT: 's3:9000' }, /VOLLEY_S3_ENDPOINT/],
    [['--allow', 'data'], {}, /an absolute path or s3:\/\/bucket\/prefix, not "data"/],
    [['--scratch', 'scratch'], {}, /--scratch must be an absolute path/],
    [['--concurrency', '0'], {}, /--concurrency must be a whole number of at least 1/],
    [['--concurrency', '1e1'], {}, /--concurrency must be a whole number of at least 1/],
    [['--port', 'x'], {}, /--port must be a whole number/],
    [['--port', '70000'], {}, /--port must be a whole number from 0 to 65535/],
    [['--nothing'], {}, /--nothing.*volley executor --help/],
    [['--port='], {}, /--port has an empty value/],
    [['--host', ''], {}, /--host has an empty value/],
    [['--allow', '/a', '--allow='], {}, /--allow has an empty value/],
    [['more'], {}, /does not accept the argument "more"/],
  ] as const) {
    test(`does not start with ${[...argv, JSON.stringify(changes)].join(' ')}`, () => {
      return assert.rejects(loadExecutorMode(argv, { ...good, ...changes }), { code: 'USAGE', message });
    });
  }
});
