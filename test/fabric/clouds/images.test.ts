import assert from 'node:assert/strict';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { after, describe, test } from 'node:test';
import { lambdaLimits } from '../../../coordinator/invoke/lambda-limits.ts';
import type { Relation } from '../../../engine/plan/relation.ts';
import { BIGINT } from '../../../engine/plan/types.ts';
import { decodeOutcomeEnvelope, encodeTaskEnvelope } from '../../../engine/task/envelope.ts';
import type { Task, TaskOutcome } from '../../../engine/task/task.ts';
import { executorEnvironment } from '../../../functions/process/executor-program.ts';
import { startCluster } from '../../../scripts/chaos/cluster.ts';
import { FAULTS } from '../../../scripts/chaos/faults.ts';
import { loadQueries, makeData } from '../../../scripts/chaos/queries.ts';
import { tellRun } from '../../../scripts/chaos/report.ts';
import { type CalmRun, runCalmly, runOnce, untilSwept } from '../../../scripts/chaos/run.ts';
import { localBase } from '../../../scripts/images/base.ts';
import { type BuiltImage, buildImage } from '../../../scripts/images/build.ts';
import { addEmulator } from '../../../scripts/images/emulator.ts';
import { type Docker, openDocker } from '../../../scripts/servers/dockerd.ts';
import { startEtcd } from '../../../scripts/servers/etcd.ts';
import { freePort } from '../../../scripts/servers/free-port.ts';
import { startVersitygw } from '../../../scripts/servers/versitygw.ts';
import { askVolleyServe } from '../../../scripts/servers/volley-serve.ts';
import { invokerConformance, rowOf } from '../../coordinator/invoke/conformance.ts';
import { range, taskOf, totals } from '../../engine/execute/fixture.ts';
import { taskKey } from '../executors/open-invokers.ts';
import { confined, openImageHttp, openImageLambda, startExecutor, untilAnswered } from './containers.ts';

const MAX_ADDED_BYTES = 250e6;
const MAX_COLD_START_MS = 400;
/** The time limit of a job that loses one of its containers. */
const REMOVAL_SECONDS = 20;
const INVOKE_PATH = '/2015-03-31/functions/function/invocations';

const docker = await openDocker().catch((error: Error) => error.message);
if (typeof docker === 'string') test('container images', { skip: docker });
else await testImages(docker);

async function testImages(docker: Docker): Promise<void> {
  const base = await localBase(docker);
  const executor = await buildImage(docker, 'executor', base);
  const coordinator = await buildImage(docker, 'coordinator', base);
  after(() => docker.close());
  testExecutor(docker, executor);
  testServer(docker, executor.tag);
  testEmulator(docker, executor.tag);
  testCoordinator(docker, coordinator, executor.tag);
  testRemoval(docker, executor.tag);
  testMemory(docker, executor.tag);
  invokerConformance('http invoker, executors in containers', {
    open: () => openImageHttp(docker, executor.tag),
    stopsAborted: true,
    payloadBytes: Number.POSITIVE_INFINITY,
  });
  invokerConformance('lambda invoker, functions in containers', {
    open: () => openImageLambda(docker, executor.tag),
    stopsAborted: false,
    payloadBytes: lambdaLimits.synchronousPayloadBytes,
  });
}

function testExecutor({ docker }: Docker, { tag, addedBytes }: BuiltImage): void {
  describe('the executor image', () => {
    test('adds less than 250 MB to its base image', (t) => {
      t.diagnostic(`${(addedBytes / 1e6).toFixed(1)} MB beyond its base`);
      assert.ok(addedBytes > 0 && addedBytes < MAX_ADDED_BYTES, `${addedBytes} bytes`);
    });

    test('runs as an unnamed user and sets the same malloc variables as a server does for its executors', async () => {
      const config = JSON.parse(await docker('image', 'inspect', '--format', '{{json .Config}}', tag));
      assert.equal(config.User, '65532:65532');
      for (const [name, value] of Object.entries(executorEnvironment)) {
        assert.ok(config.Env.includes(`${name}=${value}`), `${name} of the image is another`);
      }
    });

    test('requests work from the Lambda Runtime API within 400 ms of its start', async (t) => {
      const times: number[] = [];
      for (let run = 0; run < 5; run += 1) times.push(await coldStartMs(docker, tag));
      t.diagnostic(`from docker run to the first poll: ${times.map((time) => `${time.toFixed(0)} ms`).join(', ')}`);
      // Only the fastest start is checked, because the time includes starting the container, and other processes share the machine.
      assert.ok(Math.min(...times) < MAX_COLD_START_MS);
    });
  });
}

/** Returns the time in ms from `docker run` to the function's first request for work. */
async function coldStartMs(docker: Docker['docker'], image: string): Promise<number> {
  const api = createServer().listen(0, '127.0.0.1');
  await once(api, 'listening');
  const address = api.address();
  assert.ok(address !== null && typeof address === 'object');
  const polled = once(api, 'request').then(([request]) => ({ url: request.url, atMs: performance.now() }));
  const startedMs = performance.now();
  const environment = [
    `AWS_LAMBDA_RUNTIME_API=127.0.0.1:${address.port}`,
    'AWS_LAMBDA_FUNCTION_MEMORY_SIZE=1024',
    'VOLLEY_STORE=/tmp/store',
  ].flatMap((variable) => ['--env', variable]);
  const id = await docker('run', '--detach', '--network', 'host', ...confined, ...environment, image);
  const { url, atMs } = await polled;
  await docker('rm', '--force', id);
  api.closeAllConnections();
  api.close();
  assert.equal(url, '/2018-06-01/runtime/invocation/next');
  return atMs - startedMs;
}

const endless = (): Relation => totals(range(1_000_000_000_000n));

function invoke(url: string, root: Relation, deadlineMs = Date.now() + 20_000, memoryMiB = 512): Promise<TaskOutcome> {
  return invokeTask(url, taskOf(root, { deadlineMs, memoryMiB }));
}

async function invokeTask(url: string, task: Task): Promise<TaskOutcome> {
  const { deadlineMs } = task;
  const body = encodeTaskEnvelope(task, { key: Buffer.from(taskKey), expiresMs: deadlineMs });
  const answer = await fetch(url + INVOKE_PATH, { method: 'POST', body });
  return decodeOutcomeEnvelope(await answer.text());
}

function testServer(docker: Docker, image: string): void {
  describe('the executor image as a server', () => {
    test('is healthy, stores objects in /tmp, and cannot write anywhere else', async () => {
      const container = await startExecutor(docker, image);
      const health = await fetch(`${container.url}/healthz`);
      assert.deepEqual(await health.json(), { status: 'ready', concurrency: 1, running: 0 });
      const outcome = await invoke(container.url, range(1_000_000n));
      assert.ok(outcome.kind === 'succeeded' && outcome.output.kind === 'object', JSON.stringify(outcome));
      const inside = (command: string) => docker.docker('exec', container.id, 'sh', '-c', command);
      assert.notEqual(await inside('find /tmp/store -type f'), '');
      await assert.rejects(inside('echo > /opt/volley/x'), /Read-only file system/);
      await container.remove();
    });

    test('compresses shuffled rows with LZ4 if the stage requires it', async () => {
      const container = await startExecutor(docker, image);
      const task = taskOf(range(100_000n), { memoryMiB: 512, output: { kind: 'single' } });
      const written = async (stage: Task['stage'], outputKey: string): Promise<number> => {
        const outcome = await invokeTask(container.url, { ...task, stage, outputKey });
        assert.ok(outcome.kind === 'succeeded' && outcome.output.kind === 'object', JSON.stringify(outcome));
        return outcome.output.identity.sizeBytes;
      };
      const plain = await written(task.stage, 'jobs/job/plain');
      const compressed = await written({ ...task.stage, shuffleCompression: 'lz4' }, 'jobs/job/lz4');
      assert.ok(compressed < plain / 1.5, `${compressed} of ${plain} bytes`);
      await container.remove();
    });

    test('finishes its task, reports the state draining, and exits with status 0 after SIGTERM', async () => {
      const container = await startExecutor(docker, image);
      const running = invoke(container.url, endless(), Date.now() + 2000);
      await untilRunning(container.url);
      await docker.docker('kill', '--signal', 'TERM', container.id);
      const health = await fetch(`${container.url}/healthz`);
      assert.deepEqual([health.status, await health.json()], [503, { status: 'draining', concurrency: 1, running: 1 }]);
      assert.deepEqual(await running, { kind: 'timed-out' });
      assert.equal(await docker.docker('wait', container.id), '0');
      await container.remove();
    });
  });
}

async function untilRunning(url: string): Promise<void> {
  for (const endMs = Date.now() + 10_000; Date.now() < endMs; ) {
    const { running } = (await (await fetch(`${url}/healthz`)).json()) as { readonly running?: unknown };
    if (running === 1) return;
  }
  throw new Error('no task runs');
}

/** A sort that needs more memory than the containers of these tests have. */
const sorted: Relation = {
  kind: 'sort',
  types: [BIGINT],
  input: range(20_000_000n),
  keys: [{ expression: { kind: 'column', index: 0, type: BIGINT }, descending: true, nullsFirst: false }],
};
const SMALL_MIB = 320;

function testMemory(docker: Docker, image: string): void {
  describe('a task that needs more memory than its container has', () => {
    test('fails with OUT_OF_MEMORY on a server, which then runs the next task', async () => {
      const flags = ['--memory', `${SMALL_MIB}m`, '--memory-swap', `${SMALL_MIB}m`];
      const container = await startExecutor(docker, image, flags);
      const outcome = await invoke(container.url, sorted, Date.now() + 60_000, 2048);
      assert.ok(outcome.kind === 'failed' && outcome.code === 'OUT_OF_MEMORY', JSON.stringify(outcome));
      assert.match(outcome.message, /the container ran out of memory/);
      assert.equal((await invoke(container.url, range(1n))).kind, 'succeeded');
      await container.remove();
    });

    test('fails with OUT_OF_MEMORY in a function', async () => {
      const at = await openImageLambda(docker, image, { memoryMiB: SMALL_MIB });
      const task = taskOf(sorted, { inlineLimitBytes: 1 << 30, deadlineMs: Date.now() + 60_000 });
      const outcome = await at.invoker.invoke(task, new AbortController().signal);
      assert.ok(outcome.kind === 'failed' && outcome.code === 'OUT_OF_MEMORY', JSON.stringify(outcome));
      await at.close();
    });
  });
}

function testEmulator(docker: Docker, executor: string): void {
  test('an image derived from the executor image runs tasks under the Runtime Interface Emulator', async () => {
    const image = await addEmulator(docker, executor);
    const id = await docker.docker(
      ...['run', '--detach', ...confined, '--publish', '127.0.0.1::8080'],
      ...['--env', 'VOLLEY_STORE=/tmp/store', '--env', 'AWS_LAMBDA_FUNCTION_MEMORY_SIZE=1024', image],
    );
    const url = `http://${(await docker.docker('port', id, '8080/tcp')).split('\n')[0]}`;
    await untilAnswered(url, () => docker.logs(id));
    assert.deepEqual(rowOf(await invoke(url, totals(range(10n)))), [45n, 10n]);
    assert.deepEqual(await invoke(url, endless(), Date.now() + 500), { kind: 'timed-out' });
    assert.deepEqual(rowOf(await invoke(url, totals(range(11n)))), [55n, 11n]);
    await docker.docker('rm', '--force', id);
  });
}

function testRemoval(docker: Docker, image: string): void {
  for (const fault of FAULTS.filter(({ inContainers }) => inContainers === true)) {
    test(`a job survives the fault ${fault.name} and leaves no objects`, async (t) => {
      const data = await makeData();
      t.after(() => rmSync(data, { recursive: true, force: true }));
      const queries = (await loadQueries(data)).filter(({ name }) => name === fault.query);
      const cluster = await startCluster({
        data,
        executors: 0,
        coordinators: 1,
        containers: { docker, image, count: 2 },
      });
      t.after(() => cluster.close());
      const calm = new Map<string, CalmRun>();
      for (const query of queries) calm.set(query.name, await runCalmly(cluster, query, REMOVAL_SECONDS));
      const run = await runOnce({ cluster, fault, queries, seed: 4, timeoutSeconds: REMOVAL_SECONDS, calm });
      t.diagnostic(tellRun(run));
      assert.deepEqual([...run.wrong, ...(await untilSwept(cluster, run))], []);
    });
  }
}

function testCoordinator({ docker, logs }: Docker, { tag, addedBytes }: BuiltImage, executor: string): void {
  test('the coordinator image adds less than 250 MB to its base image and runs a query with only /tmp writable', async (t) => {
    t.diagnostic(`${(addedBytes / 1e6).toFixed(1)} MB beyond its base`);
    assert.ok(addedBytes > 0 && addedBytes < MAX_ADDED_BYTES, `${addedBytes} bytes`);
    const query = 'SELECT sum(i) AS total FROM range(10) r(i)';
    const rows = await docker('run', '--rm', ...confined, tag, 'sql', '--format', 'csv', query);
    assert.equal(rows, 'total\n45');
  });

  test('containers of the coordinator and executor images run a query with S3 and etcd', async (t) => {
    const [s3, etcd] = await Promise.all([startVersitygw(), startEtcd()]);
    t.after(() => Promise.all([s3.close(), etcd.close()]));
    await s3.makeBucket('volley');
    const [executorPort, port] = [await freePort(), await freePort()];
    const environment = {
      ...{ VOLLEY_S3_ENDPOINT: s3.endpoint, VOLLEY_TASK_KEY: taskKey, VOLLEY_STORE: 's3://volley/jobs' },
      ...{ AWS_ACCESS_KEY_ID: s3.credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: s3.credentials.secretAccessKey },
      ...{ VOLLEY_EXECUTOR_HOST: '127.0.0.1', VOLLEY_EXECUTOR_PORT: String(executorPort) },
    };
    const variables = Object.entries(environment).flatMap(([key, value]) => ['--env', `${key}=${value}`]);
    const start = async (...args: readonly string[]) => {
      const id = await docker('run', '--detach', '--network', 'host', ...confined, ...variables, ...args);
      t.after(() => docker('rm', '--force', id));
      return id;
    };
    const executors = `http://127.0.0.1:${executorPort}`;
    const journal = etcd.endpoint.replace('http:', 'etcd:');
    const executorId = await start('--env', 'VOLLEY_EXECUTOR_MEMORY=512', executor);
    const flags = ['--insecure', '--port', String(port), '--journal', journal, '--executors', executors];
    const id = await start(tag, 'serve', ...flags);
    await untilAnswered(`${executors}/healthz`, () => logs(executorId));
    await untilAnswered(`http://127.0.0.1:${port}/readyz`, () => logs(id));
    const coordinator = askVolleyServe(`http://127.0.0.1:${port}`);
    const { rows } = await coordinator.run('SELECT sum(i) AS total FROM range(1000) r(i)');
    assert.deepEqual(rows, [['499500']]);
    await docker('kill', '--signal', 'TERM', id);
    assert.equal(await docker('wait', id), '0');
  });
}
