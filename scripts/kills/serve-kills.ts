/** Kills processes of a server during jobs. */
import { setTimeout as delay } from 'node:timers/promises';
import type { JobId } from '../../engine/task/task.ts';
import { assertSameAnswer } from '../../test/tpch/compare.ts';
import type { ClientEnd } from '../chaos/client.ts';
import { failureOf } from '../chaos/judge.ts';
import type { ChaosQuery } from '../chaos/queries.ts';
import type { Choices } from '../fuzz/choices.ts';
import { answerOfJob } from '../servers/volley-serve.ts';
import { type RestartingServer, VICTIMS, type Victim } from './restarting-server.ts';

/** All joins shuffle, and the result expires after the checks. */
export const SETTINGS = { fanout: '4', broadcast_limit: '0', result_ttl: '1h' };
/** The number of jobs that run at the same time. */
const CLIENTS = 3;
/** A job that has run for this long is not disturbed by further kills, because a task that is killed repeatedly never ends. */
const CALM_AFTER_MS = 45_000;
/** The time limit of a job that is no longer disturbed. */
const HUNG_MS = 90_000;
/** Local executors may write for 30 s after a server's death, and the sweep begins 5 s later. */
export const SWEPT_MS = 60_000;
const LONGEST_PAUSE_MS = 2000;

/** What went wrong. All lists are empty if nothing did. */
export interface Problems {
  /** Jobs that failed or do not exist, and deleted jobs that exist. */
  readonly lost: string[];
  readonly wrong: string[];
  readonly hung: string[];
  readonly left: string[];
}

interface KillReport extends Problems {
  readonly kills: ReadonlyMap<Victim, number>;
  readonly jobs: number;
}

export function noProblems(): Problems {
  return { lost: [], wrong: [], hung: [], left: [] };
}

/** Sorts the end of a job into a report. */
export function judgeEnd(report: Problems, end: ClientEnd, query: ChaosQuery, job: JobId): void {
  switch (end.kind) {
    case 'succeeded':
      report.wrong.push(
        ...failureOf(() => assertSameAnswer(answerOfJob({ id: job, tasks: 0, ...end }), query.expected)).map(
          (reason) => `${query.name} ${job}: ${reason}`,
        ),
      );
      return;
    case 'failed':
      report.lost.push(`${query.name} ${job}: ${end.error.code}: ${end.error.message}`);
      return;
    case 'hung':
      report.hung.push(`${query.name} ${job}: ${end.last}`);
      return;
    default:
      end satisfies never;
  }
}

/**
 * Runs jobs until `kills` processes have been killed, one at a time, and restarts the server after each kill of it. Half of the jobs are
 * deleted while kills continue, and the others at the end. The records of a job remain until its killed attempts can no longer write, which
 * takes 35 s. Without `awaitsLateWriters`, only files other than records count as left.
 */
export async function killDuringJobs(
  server: RestartingServer,
  queries: readonly ChaosQuery[],
  kills: number,
  choices: Choices,
  say: (line: string) => void,
  { awaitsLateWriters }: { readonly awaitsLateWriters: boolean },
): Promise<KillReport> {
  const counts = new Map<Victim, number>(VICTIMS.map((victim) => [victim, 0]));
  const report = { kills: counts, jobs: 0, ...noProblems() };
  const kept: JobId[] = [];
  const deleted: JobId[] = [];
  const running = new Set<{ readonly calmAtMs: number; readonly ended: Promise<unknown> }>();
  let isDone = false;
  const run = async (query: ChaosQuery, key: string, isDeleted: boolean): Promise<void> => {
    const calmAtMs = Date.now() + CALM_AFTER_MS;
    const client = server.client(calmAtMs + HUNG_MS);
    const job = await client.submit(query.sql, SETTINGS, key);
    const ended = client.endOf(job);
    const runs = { calmAtMs, ended };
    running.add(runs);
    judgeEnd(report, await ended, query, job);
    running.delete(runs);
    if (isDeleted) await server.client(Date.now() + HUNG_MS).delete(job);
    (isDeleted ? deleted : kept).push(job);
  };
  const work = async (name: number): Promise<void> => {
    for (let at = 0; !isDone; at += 1) {
      report.jobs += 1;
      const query = choices.one(queries);
      await run(query, `${name} ${at}`, choices.chance(0.5)).catch((error) =>
        report.lost.push(`${query.name}: ${error}`),
      );
    }
  };
  const working = Array.from({ length: CLIENTS }, (_, name) => work(name));
  for (let done = 0; done < kills; ) {
    await delay(choices.below(LONGEST_PAUSE_MS));
    await Promise.allSettled([...running].filter(({ calmAtMs }) => Date.now() > calmAtMs).map(({ ended }) => ended));
    const victim = choices.one(VICTIMS);
    if (!(await server.kill(victim))) continue;
    done += 1;
    counts.set(victim, (counts.get(victim) ?? 0) + 1);
    if (victim === 'server') await server.start();
    if (done % 20 === 0) say([`${done} kills, ${report.jobs} jobs`, ...problemsOf(report)].join('; '));
  }
  isDone = true;
  await Promise.all(working);
  await server.stop();
  await server.start();
  const client = server.client(Date.now() + HUNG_MS);
  for (const job of deleted) if (await client.has(job)) report.lost.push(`${job} exists after its deletion`);
  for (const job of kept) if (!(await client.has(job))) report.lost.push(`${job} does not exist after a restart`);
  for (const job of kept) await client.delete(job);
  report.left.push(...(await server.sweptLeftovers(Date.now() + SWEPT_MS, awaitsLateWriters)));
  return report;
}

/** Returns all problems of a report. */
export function problemsOf({ lost, wrong, hung, left }: Problems): readonly string[] {
  const listed = (name: string, items: readonly string[]): readonly string[] => items.map((item) => `${name}: ${item}`);
  return [...listed('lost', lost), ...listed('wrong', wrong), ...listed('hung', hung), ...listed('left', left)];
}
