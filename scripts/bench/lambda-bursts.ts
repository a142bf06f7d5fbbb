/** Many invocations at once through the AWS SDK, against an endpoint in a process of its own that answers each after 30 ms. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createLambdaInvoker } from '../../coordinator/invoke/lambda.ts';
import { command } from '../../test/coordinator/invoke/fixture.ts';

export interface Burst {
  readonly wallMs: number;
  /** CPU time of this process. */
  readonly cpuMs: number;
}

/**
 * As many bursts as are asked for; connections are kept from one to the next. `fakeLambda`: the file of test/fabric/executors/fake-lambda.ts. Throws
 * where an invocation does not succeed.
 */
export async function* lambdaBursts(fakeLambda: string, invocations: number): AsyncGenerator<Burst> {
  const fake = fork(fakeLambda, { execArgv: ['--import', 'tsx'] });
  const [{ port }] = await once(fake, 'message');
  const invoker = createLambdaInvoker({
    functionName: 'executor',
    region: 'us-east-1',
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    concurrency: invocations,
  });
  try {
    for (;;) {
      const cpu = process.cpuUsage();
      const startMs = performance.now();
      const calls = Array.from({ length: invocations }, () =>
        invoker.invoke(command('x'), new AbortController().signal),
      );
      const outcomes = await Promise.all(calls);
      const wallMs = performance.now() - startMs;
      const { user, system } = process.cpuUsage(cpu);
      const failed = outcomes.find(({ kind }) => kind !== 'succeeded');
      if (failed !== undefined) throw new Error(JSON.stringify(failed));
      yield { wallMs, cpuMs: (user + system) / 1000 };
    }
  } finally {
    await invoker.close();
    fake.disconnect();
  }
}
