import { isReferred } from './long-fragment.ts';
import type { JobState } from './state.ts';

/**
 * Returns whether the job may have objects in the store. A small query has none if all its attempts returned inline results and its
 * fragments were sent in task messages. The store need not be listed for such a query.
 */
export function mayHaveObjects(job: JobState): boolean {
  const inline = job.stages
    .flatMap((stage) => [...stage.tasks])
    .filter((task) => task.kind === 'succeeded' && task.output.kind === 'inline').length;
  return inline < job.attempts || (job.attempts > 0 && job.stages.some(({ stage }) => isReferred(stage)));
}

/** Returns the keys of the job's result objects in the store, which are deleted only after the result has been read or has expired. */
export function keptObjects(job: JobState): readonly string[] {
  if (job.end?.kind !== 'succeeded') return [];
  return job.stages
    .filter((stage) => stage.stage.output.kind === 'result')
    .flatMap((stage) => [...stage.tasks])
    .flatMap((task) => (task.kind === 'succeeded' && task.output.kind === 'object' ? [task.output.key] : []));
}
