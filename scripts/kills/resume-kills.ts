/** Kills `volley sql` at different moments of its job and resumes the job. */
import { setTimeout as delay } from 'node:timers/promises';
import { listJobs } from '../../functions/embedded/job-list.ts';
import { childrenOf, commandOf, type Place, until } from '../../test/end-to-end/volley-process.ts';
import { untilGone } from './restarting-server.ts';

/** The number of attempts to kill a statement before it ends. */
const ATTEMPTS = 5;

/** What happened to the killed statements. */
export interface ResumeReport {
  readonly resumed: number;
  /** The moments of the kills, in ms after the start of the job. */
  readonly momentsMs: readonly number[];
  readonly problems: readonly string[];
}

/** Kills `sql` at `moments` moments, evenly spread over the duration of its job, and resumes each job. */
export async function killAndResume(
  place: Place,
  flags: readonly string[],
  sql: string,
  moments: number,
  say: (line: string) => void,
): Promise<ResumeReport> {
  const problems: string[] = [];
  const momentsMs: number[] = [];
  const arguments_ = ['sql', ...flags, '--format', 'csv', sql];
  const { durationMs, rows } = await runCalmly(place, arguments_);
  let resumed = 0;
  for (let moment = 0; moment < moments; moment += 1) {
    const afterMs = (durationMs * moment) / moments;
    const id = await killOnce(place, arguments_, afterMs);
    momentsMs.push(Math.round(afterMs));
    if (id === undefined) {
      problems.push(`${Math.round(afterMs)} ms: the statement ended before each kill`);
      continue;
    }
    const { status, stdout, stderr } = await place.volley(['resume', id, '--format', 'csv']);
    const left = [...(await place.leftovers()), ...place.files().filter((path) => path.endsWith('.tmp'))];
    if (status !== 0) problems.push(`${Math.round(afterMs)} ms: status ${status}: ${stderr}`);
    else if (stdout !== rows) problems.push(`${Math.round(afterMs)} ms: wrong rows: ${stdout}`);
    else if (left.length > 0) problems.push(`${Math.round(afterMs)} ms: left: ${left.join(', ')}`);
    else resumed += 1;
    if ((moment + 1) % 10 === 0) say([`${moment + 1} statements killed, ${resumed} resumed`, ...problems].join('; '));
  }
  return { resumed, momentsMs, problems };
}

/** Runs the statement twice, because the first run reads cold files. Returns the rows, and the duration of the second job. */
async function runCalmly(place: Place, arguments_: readonly string[]): Promise<{ durationMs: number; rows: string }> {
  let startedMs = 0;
  let rows = '';
  for (let run = 0; run < 2; run += 1) {
    const started = place.start(arguments_);
    await untilBegun(place);
    startedMs = Date.now();
    const { status, stdout, stderr } = await started.ended;
    if (status !== 0) throw new Error(`The statement fails without kills: ${stderr}`);
    rows = stdout;
  }
  return { durationMs: Date.now() - startedMs, rows };
}

/** Kills the statement some time after its job has begun. Returns the job, or undefined if the statement always ended first. */
async function killOnce(place: Place, arguments_: readonly string[], afterMs: number): Promise<string | undefined> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const started = place.start(arguments_);
    await untilBegun(place);
    // The statement may be faster than without kills.
    await delay(afterMs * (1 - attempt / ATTEMPTS));
    const { pid } = started.process;
    // A statement that has already ended has no children.
    const children = pid === undefined || commandOf(pid).length === 0 ? [] : childrenOf(pid);
    started.process.kill('SIGKILL');
    const { signal } = await started.ended;
    await untilGone(children);
    const [job] = await listJobs(place.state);
    if (signal === 'SIGKILL' && job !== undefined) return job.id;
  }
  return undefined;
}

function untilBegun(place: Place): Promise<true> {
  return until('the job begins', async () => ((await listJobs(place.state)).length > 0 ? true : undefined));
}
