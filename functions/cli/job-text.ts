import { progressOf } from '../../coordinator/scheduler/progress.ts';
import type { StageState } from '../../coordinator/scheduler/state.ts';
import type { StoredFormat } from '../../engine/task/stored-formats.ts';
import type { JobId } from '../../engine/task/task.ts';
import type { KnownLocalJob } from '../embedded/job-list.ts';
import { bytesText, countText, durationText, requestsText } from './figures.ts';

/** The status of a job in one word. */
function jobStatus({ state, ownerPid }: KnownLocalJob): string {
  if (state.end !== undefined) return state.end.kind;
  if (ownerPid === undefined) return 'interrupted';
  return state.cancelRequestedBy === undefined ? 'running' : 'cancelling';
}

const oneLine = (sql: string | undefined, width: number): string => {
  const text = (sql ?? '').replace(/\s+/g, ' ').trim();
  return text.length > width ? `${text.slice(0, width - 1)}…` : text;
};

/** Formats jobs, one per line. */
export function jobListText(jobs: readonly KnownLocalJob[]): string {
  const rows = jobs.map((job) => {
    const { tasksDone, tasksTotal } = progressOf(job.state);
    const submitted = new Date(job.state.submittedAt).toISOString().slice(0, 19).replace('T', ' ');
    return [job.id, jobStatus(job), submitted, `${tasksDone}/${tasksTotal}`, oneLine(job.state.statement, 60)];
  });
  const table = [['JOB', 'STATUS', 'SUBMITTED (UTC)', 'TASKS', 'STATEMENT'], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => (row[column] ?? '').length)));
  return table
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

function stageLine(stage: StageState): string {
  const done = [...stage.tasks].filter((task) => task.kind === 'succeeded');
  const sum = (figure: 'rowsRead' | 'rowsWritten' | 'inputBytes' | 'shuffleBytesRead' | 'bytesWritten'): number =>
    done.reduce((total, task) => total + task.statistics[figure], 0);
  const failures = [...stage.tasks].reduce((total, task) => total + task.failures, 0);
  const parts = [
    `  stage ${stage.stage.id}: ${done.length}/${countText(stage.tasks.length, 'task')} done, ${stage.running} running`,
    `${bytesText(sum('inputBytes'))} and ${countText(sum('rowsRead'), 'row')} of input read`,
    `${bytesText(sum('shuffleBytesRead'))} shuffled in`,
    `${bytesText(sum('bytesWritten'))} and ${countText(sum('rowsWritten'), 'row')} written`,
  ];
  if (failures > 0) parts.push(countText(failures, 'failed attempt'));
  return `${parts.join(', ')}\n`;
}

/**
 * Returns the command that prints the rows of a job whose process has ended. A Parquet result needs a `--format` flag.
 */
export function resumeCommand(job: JobId, resultFormat: StoredFormat): string {
  return `volley resume ${job}${resultFormat === 'parquet' ? ' --format parquet' : ''}`;
}

/** Formats the details of a job: its statement, status, and stages. */
export function jobText(job: KnownLocalJob, now: number): string {
  const { state } = job;
  const status = jobStatus(job);
  const lines = [
    `job ${job.id}: ${status}\n`,
    `  submitted ${new Date(state.submittedAt).toISOString()}, ${durationText((state.endedAt ?? now) - state.submittedAt)} ${state.endedAt === undefined ? 'ago' : 'in total'}\n`,
  ];
  if (job.ownerPid !== undefined) lines.push(`  owned by process ${job.ownerPid}\n`);
  if (state.statement !== undefined) lines.push(`  statement: ${oneLine(state.statement, 200)}\n`);
  if (state.end?.kind === 'failed') lines.push(`  ${state.end.error.code}: ${state.end.error.message}\n`);
  lines.push(...state.stages.map(stageLine));
  const requests = requestsText(state.requests);
  if (requests !== '') lines.push(`  store requests: ${requests}\n`);
  const command = resumeCommand(job.id, state.settings.resultFormat);
  if (status === 'interrupted') lines.push(`The job's process has ended. Finish the job with: ${command}\n`);
  const isUnread = state.end?.kind === 'succeeded' && job.ownerPid === undefined;
  if (isUnread) lines.push(`The job's process ended before all rows were written. Print the rows with: ${command}\n`);
  return lines.join('');
}
