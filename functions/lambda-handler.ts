import { loadFunctionConfig } from './executor/config.ts';
import { answerInvocation } from './executor/serve-runtime-api.ts';
import { startRunner } from './executor/start-runner.ts';

// The executor for platforms whose own Node runtime calls a handler, such as serverless-offline.

/** The fields of Lambda's context that the handler uses. */
interface InvocationContext {
  getRemainingTimeInMillis(): number;
}

const runner = startRunner(loadFunctionConfig());
// Each invocation reports the error.
runner.catch(() => undefined);

/** Runs the task in an envelope and returns the envelope of its outcome. */
export async function handler(event: unknown, context: InvocationContext): Promise<unknown> {
  const deadlineMs = Date.now() + context.getRemainingTimeInMillis();
  const answer = await answerInvocation(async (task, signal) => (await runner).run(task, signal), event, deadlineMs);
  return JSON.parse(answer);
}
