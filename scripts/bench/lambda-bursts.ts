/**
 * Sends many concurrent invocations through the AWS SDK to an endpoint in another process, which answers each
 * invocation after 30 ms.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createLambdaInvoker } from '../../coordinator/invoke/lambda.ts';
import { command } from '../../test/coordinator/invoke/fixture.ts';

export interface Burst {
  readonly wallMs: number;
  /** The CPU time of this process. */
  readonly cpuMs: number;
}

/**
 * Yields one burst per iteration. Connections are kept between bursts. `fakeLambda` is the path of
 * test/fabric/executors/fake-lambda.ts. Throws if an invocation fails.
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
