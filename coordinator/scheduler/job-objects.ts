import { isReferred } from './long-fragment.ts';
import type { JobState } from './state.ts';

/**
 * Whether the job may have objects in the store. A small query has none and should not pay for listing them: each of its attempts returned
 * an inline result, and its fragment was part of the message.
 */
export function mayHaveObjects(job: JobState): boolean {
  const inline = job.stages
    .flatMap((stage) => [...stage.tasks])
    .filter((task) => task.kind === 'succeeded' && task.output.kind === 'inline').length;
  return inline < job.attempts || (job.attempts > 0 && job.stages.some(({ stage }) => isReferred(stage)));
}

/** The result objects in the store. Their reader deletes them later. */
export function keptObjects(job: JobState): readonly string[] {
  if (job.end?.kind !== 'succeeded') return [];
  return job.stages
    .filter((stage) => stage.stage.output.kind === 'result')
    .flatMap((stage) => [...stage.tasks])
    .flatMap((task) => (task.kind === 'succeeded' && task.output.kind === 'object' ? [task.output.key] : []));
}
