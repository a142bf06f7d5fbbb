import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { lambdaLimits } from '../../coordinator/invoke/lambda-limits.ts';
import { publishedVersion } from '../../coordinator/invoke/lambda-version.ts';
import { type FunctionConfig, parseFunctions } from '../../localstack/lambda/functions.ts';
import { type LocalLambda, type LocalLambdaOptions, startLocalLambda } from '../../localstack/lambda/invoke-api.ts';

const program = fileURLToPath(new URL('./function.mjs', import.meta.url));
const config: FunctionConfig = {
  command: [process.execPath, program],
  environment: {},
  memoryMiB: 256,
  timeoutSeconds: 5,
};

async function open(
  t: TestContext,
  changes: Partial<FunctionConfig> = {},
  options: Partial<LocalLambdaOptions> = {},
): Promise<LocalLambda> {
  const lambda = await startLocalLambda({ functions: { f: { ...config, ...changes } }, ...options });
  t.after(() => lambda.close());
  return lambda;
}

interface Invoked {
  readonly status: number;
  readonly error: string | null;
  readonly functionError: string | null;
  readonly cold: string | null;
  readonly log: string;
  readonly body: string;
}

async function invoke(
  { endpoint }: LocalLambda,
  event: unknown,
  headers: Readonly<Record<string, string>> = {},
  name = 'f',
): Promise<Invoked> {
  const response = await fetch(`${endpoint}/2015-03-31/functions/${name}/invocations`, {
    method: 'POST',
    headers: { 'x-amz-log-type': 'Tail', ...headers },
    body: typeof event === 'string' ? event : JSON.stringify(event),
  });
  return {
    status: response.status,
    error: response.headers.get('x-amzn-errortype'),
    functionError: response.headers.get('x-amz-function-error'),
    cold: response.headers.get('x-local-cold-start'),
    log: Buffer.from(response.headers.get('x-amz-log-result') ?? '', 'base64').toString(),
    body: await response.text(),
  };
}

describe('the local Lambda', () => {
  test('starts an environment, keeps it warm, and logs as Lambda does', async (t) => {
    const lambda = await open(t);
    const before = Date.now();
    const first = await invoke(lambda, { do: 'echo' });
    const second = await invoke(lambda, { do: 'echo' });
    assert.deepEqual([first.status, first.functionError, first.cold, second.cold], [200, null, 'true', 'false']);
    const answer = JSON.parse(first.body);
    assert.deepEqual(answer.event, { do: 'echo' });
    assert.ok(answer.deadlineMs >= before + 5000 && answer.deadlineMs <= Date.now() + 5000);
    assert.equal(JSON.parse(second.body).pid, answer.pid);
    assert.deepEqual(lambda.pids, [answer.pid]);
    assert.match(first.log, /^START RequestId: \S+ Version: \$LATEST\n/);
    assert.match(first.log, /REPORT RequestId: .*\tMemory Size: 256 MB\tMax Memory Used: \d+ MB\tInit Duration: /);
    assert.ok(!second.log.includes('Init Duration'));
  });

  test('passes a function its configured environment and no variables of this process', async (t) => {
    const lambda = await open(t, { environment: { GIVEN: 'x' } });
    const names = Object.keys(JSON.parse((await invoke(lambda, { do: 'environment' })).body));
    const others = names.filter((name) => !/^(AWS_|_?LAMBDA_)/.test(name));
    assert.deepEqual(others.sort(), ['GIVEN', 'PATH', 'TZ']);
  });

  for (const [event, type, message] of [
    [{ do: 'error' }, 'Oops', /it went wrong/],
    [{ do: 'exit' }, 'Runtime.ExitError', /^RequestId: \S+ Error: Runtime exited with error: exit status 3$/],
    [{ do: 'fill' }, 'Runtime.OutOfMemory', /^RequestId: \S+ Error: Runtime exited with error: signal: killed$/],
    [{ do: 'hang' }, 'Sandbox.Timedout', /^RequestId: \S+ Error: Task timed out after 1\.00 seconds$/],
    [{ do: 'answer-long', bytes: lambdaLimits.responseBytes }, 'Function.ResponseSizeTooLarge', /exceeded maximum/],
  ] as const) {
    test(`answers 200 with a function error: ${type}`, async (t) => {
      const lambda = await open(t, { timeoutSeconds: type === 'Sandbox.Timedout' ? 1 : 10 });
      const { status, functionError, body, log } = await invoke(lambda, event);
      assert.deepEqual([status, functionError], [200, 'Unhandled']);
      const error = JSON.parse(body);
      assert.equal(error.errorType, type);
      assert.match(error.errorMessage, message);
      if (type === 'Runtime.ExitError') assert.match(log, /last words/);
      if (type === 'Runtime.OutOfMemory') assert.match(log, /Memory Size: 256 MB\tMax Memory Used: 256 MB/);
      assert.equal((await invoke(lambda, { do: 'echo' })).functionError, null);
    });
  }

  for (const [how, type] of [
    ['error', 'NoLibrary'],
    ['exit', 'Runtime.ExitError'],
  ] as const) {
    test(`answers with a function error if the function ${how === 'error' ? 'reports an error' : 'exits'} during its start`, async (t) => {
      const lambda = await open(t, { environment: { FAIL_INIT: how } });
      const { functionError, body } = await invoke(lambda, {});
      assert.deepEqual([functionError, JSON.parse(body).errorType], ['Unhandled', type]);
    });
  }

  test('answers with a function error if the program does not exist', async (t) => {
    const lambda = await open(t, { command: ['/nowhere/program'] });
    const { functionError, body } = await invoke(lambda, {});
    assert.deepEqual([functionError, JSON.parse(body).errorType], ['Unhandled', 'Runtime.InvalidEntrypoint']);
  });

  for (const [what, changes, options] of [
    ['function', { reservedConcurrency: 1 }, {}],
    ['account', {}, { accountConcurrency: 1 }],
  ] as const) {
    test(`answers 429 beyond the concurrency limit of the ${what}`, async (t) => {
      const lambda = await open(t, { ...changes, timeoutSeconds: 1 }, options);
      const first = invoke(lambda, { do: 'hang' });
      while (lambda.pids.length === 0) await new Promise((resolve) => setImmediate(resolve));
      const { status, error, body } = await invoke(lambda, { do: 'echo' });
      assert.deepEqual([status, error], [429, 'TooManyRequestsException']);
      assert.match(JSON.parse(body).Reason, /ConcurrentInvocationLimitExceeded$/);
      await first;
    });
  }

  test('answers 413, 400 and 404 to invalid requests', async (t) => {
    const lambda = await open(t);
    const tooLong = JSON.stringify('x'.repeat(lambdaLimits.synchronousPayloadBytes));
    assert.deepEqual((await invoke(lambda, tooLong)).error, 'RequestTooLargeException');
    assert.deepEqual((await invoke(lambda, '{')).error, 'InvalidRequestContentException');
    assert.deepEqual((await invoke(lambda, {}, {}, 'g')).error, 'ResourceNotFoundException');
    assert.deepEqual(lambda.pids, []);
  });

  test('accepts the name of a function, a name with a version, and an ARN', async (t) => {
    const lambda = await open(t);
    for (const name of ['f', 'f:7', 'arn:aws:lambda:us-east-1:000000000000:function:f:7']) {
      assert.equal((await invoke(lambda, { do: 'echo' }, {}, encodeURIComponent(name))).status, 200, name);
    }
  });

  test('reports one published version, which is also the version of every alias', async (t) => {
    const lambda = await open(t);
    const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
    const place = { functionName: 'f', region: 'us-east-1', endpoint: lambda.endpoint, credentials };
    assert.equal(await publishedVersion(place), '1');
    assert.equal(await publishedVersion({ ...place, qualifier: 'live' }), '1');
    await assert.rejects(publishedVersion({ ...place, functionName: 'g' }), { code: 'USAGE' });
  });

  test('answers a dry run without invoking the function, and an asynchronous event before invoking it', async (t) => {
    const lambda = await open(t);
    assert.equal((await invoke(lambda, { do: 'echo' }, { 'x-amz-invocation-type': 'DryRun' })).status, 204);
    assert.deepEqual(lambda.pids, []);
    assert.equal((await invoke(lambda, { do: 'echo' }, { 'x-amz-invocation-type': 'Event' })).status, 202);
  });

  test('ends environments that were idle for longer than the limit', async (t) => {
    const lambda = await open(t, {}, { keepMs: 1 });
    await invoke(lambda, { do: 'echo' });
    while (lambda.pids.length > 0) await new Promise((resolve) => setImmediate(resolve));
    assert.equal((await invoke(lambda, { do: 'echo' })).cold, 'true');
  });
});

describe('parseFunctions', () => {
  test('applies defaults to everything except the command', () => {
    assert.deepEqual(parseFunctions('{"f": {"command": ["x"]}}'), {
      f: { command: ['x'], environment: {}, memoryMiB: 128, timeoutSeconds: 3 },
    });
  });

  for (const [json, message] of [
    ['[]', /must be a JSON object/],
    ['{"f": {}}', /function f .*"command"/],
    ['{"f": {"command": []}}', /"command"/],
    ['{"f": {"command": ["x"], "memoryMiB": 64}}', /"memoryMiB" must be a whole number from 128 to 10240/],
    ['{"f": {"command": ["x"], "timeoutSeconds": 901}}', /"timeoutSeconds"/],
    ['{"f": {"command": ["x"], "environment": {"A": 1}}}', /"environment"/],
  ] as const) {
    test(`rejects ${json}`, () => {
      assert.throws(() => parseFunctions(json), message);
    });
  }
});
