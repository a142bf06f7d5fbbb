import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { loadExecutorMode } from '../../../functions/executor/config.ts';

const key = 'a key that is long enough';
/** With the random part of the scratch folder's name taken off. */
function named<Config extends { readonly scratch: string }>(config: Config): Config {
  return { ...config, scratch: config.scratch.replace(/-[0-9a-f]{8}$/, '') };
}

const own = `volley-executor-${process.pid}`;

describe('an executor serves', () => {
  test('the parent that gave it a configuration', () => {
    const config = { storeRoot: '/store', scratch: '/scratch', inputRoots: ['/data'], memoryMiB: 64 };
    assert.deepEqual(loadExecutorMode([JSON.stringify(config)], {}), {
      kind: 'parent',
      config: { ...config, s3: {} },
    });
  });

  test('the Runtime API where there is one, with less memory than the function has', () => {
    const mode = loadExecutorMode([], {
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

  test('the Runtime API even where its configuration is wrong, so that it can be told', () => {
    const mode = loadExecutorMode([], { AWS_LAMBDA_RUNTIME_API: '127.0.0.1:9001' });
    assert.ok(mode.kind === 'lambda');
    assert.throws(() => mode.config(), { code: 'USAGE' });
  });

  test('HTTP otherwise; flags go before the environment', () => {
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
      const mode = loadExecutorMode(argv, environment);
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

  test('on its usual port where Kubernetes tells of a Service named volley-executor', () => {
    const link = { VOLLEY_EXECUTOR_PORT: 'tcp://10.0.0.1:80' };
    const mode = loadExecutorMode(['--store', '/s'], { VOLLEY_TASK_KEY: key, ...link });
    assert.ok(mode.kind === 'http');
    assert.equal(mode.port, 8080);
  });

  test('with the defaults where variables are empty', () => {
    const empty = ['EXECUTOR_HOST', 'EXECUTOR_PORT', 'EXECUTOR_CONCURRENCY', 'EXECUTOR_MEMORY', 'SCRATCH', 'ALLOW'];
    const variables = Object.fromEntries(empty.map((name) => [`VOLLEY_${name}`, '']));
    const given = { VOLLEY_TASK_KEY: key, VOLLEY_STORE: '/s' };
    const usual = loadExecutorMode([], given);
    const mode = loadExecutorMode([], { ...given, ...variables });
    assert.ok(mode.kind === 'http' && usual.kind === 'http');
    assert.deepEqual(named(mode), named(usual));
  });

  test('S3, whose whereabouts and credentials its child processes are told', () => {
    const s3 = { VOLLEY_S3_ENDPOINT: 'http://s3:9000', AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' };
    const mode = loadExecutorMode(['--store', 's3://bucket/jobs', '--allow', 's3://data'], {
      ...s3,
      VOLLEY_TASK_KEY: key,
    });
    assert.ok(mode.kind === 'http');
    assert.deepEqual(mode.childEnvironment, s3);
    assert.deepEqual(mode.inputRoots, ['s3://data']);
  });
});

describe('an executor refuses to start', () => {
  const good = { VOLLEY_TASK_KEY: key, VOLLEY_STORE: '/store' };
  for (const [argv, changes, message] of [
    [[], { VOLLEY_TASK_KEY: '' }, /signed tasks only/],
    [[], { VOLLEY_TASK_KEY: 'short' }, /at least 16 characters/],
    [[], { VOLLEY_TASK_KEY: '', VOLLEY_TASK_KEY_FILE: '/nowhere' }, /The file \/nowhere cannot be read/],
    [[], { VOLLEY_STORE: '' }, /needs an object store/],
    [['--store', 'store'], {}, /absolute path, a file:\/\/\/ URL or s3:/],
    [['--store', 's3://B'], {}, /"B" in s3:\/\/B is no name of a bucket/],
    [['--allow', 's3://bucket/../c'], {}, /has an empty part/],
    [[], { VOLLEY_S3_ENDPOINT: 's3:9000' }, /VOLLEY_S3_ENDPOINT/],
    [['--allow', 'data'], {}, /absolute paths and s3:\/\/bucket\/prefix, not "data"/],
    [['--scratch', 'scratch'], {}, /--scratch takes an absolute path/],
    [['--concurrency', '0'], {}, /--concurrency takes a whole number from 1 on/],
    [['--concurrency', '1e1'], {}, /--concurrency takes a whole number from 1 on/],
    [['--port', 'x'], {}, /--port takes a whole number/],
    [['--port', '70000'], {}, /--port takes a whole number from 0 to 65535/],
    [['--nothing'], {}, /--nothing/],
    [['--port='], {}, /--port was given an empty value/],
    [['--host', ''], {}, /--host was given an empty value/],
    [['--allow', '/a', '--allow='], {}, /--allow was given an empty value/],
    [['more'], {}, /more/],
  ] as const) {
    test(`with ${argv.join(' ')} ${JSON.stringify(changes)}`, () => {
      assert.throws(() => loadExecutorMode(argv, { ...good, ...changes }), { code: 'USAGE', message });
    });
  }
});
