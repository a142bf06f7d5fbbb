import { loadFunctionConfig } from './executor/config.ts';
import { answerInvocation } from './executor/serve-runtime-api.ts';
import { startRunner } from './executor/start-runner.ts';

// The executor for platforms that bring a runtime of their own and call a handler in it, such as serverless-offline.

/** What of Lambda's context is needed. */
interface InvocationContext {
  getRemainingTimeInMillis(): number;
}

const runner = startRunner(loadFunctionConfig());
// What is wrong is said to each invocation.
runner.catch(() => undefined);

/** Takes the envelope of a task and gives that of its outcome. */
export async function handler(event: unknown, context: InvocationContext): Promise<unknown> {
  const deadlineMs = Date.now() + context.getRemainingTimeInMillis();
  const answer = await answerInvocation(async (task, signal) => (await runner).run(task, signal), event, deadlineMs);
  return JSON.parse(answer);
}
