/** One run: a job, a fault during it, and the outcome. */
import { setTimeout as delay } from 'node:timers/promises';
import type { JobId } from '../../engine/task/task.ts';
import { seeded } from '../../test/coordinator/scheduler/graph.ts';
import { PatientClient } from './client.ts';
import { type ChaosCluster, LEASE_SECONDS } from './cluster.ts';
import type { Fault } from './faults.ts';
import { type Effort, effortOf, lastDeadline, leftOf, ranTwice, wrongEnd } from './judge.ts';
import type { ChaosQuery } from './queries.ts';

/** The maximum delay between a job's time limit and its end as seen by a client, including a take-over. */
const LATE_MS = 2 * LEASE_SECONDS * 1000 + 10_000;
/** How long objects of a job may remain in the bucket after the deadline of the job's last attempt. */
const SWEEP_MS = 60_000;
const RESULT_SECONDS = 20;
const LOOK_MS = 250;
const WATCH_MS = 10;

export interface ChaosRun {
  readonly job: string;
  readonly seed: number;
  readonly fault: string;
  readonly query: string;
  /** The number of attempts that had started when the fault occurred. */
  readonly moment: number;
  /** A description of the damage, or `undefined` if there was nothing to disrupt. */
  readonly harm: string | undefined;
  /** `succeeded`, or the error code. */
  readonly outcome: string;
  readonly seconds: number;
  readonly effort: Effort;
  /** Failed conditions. Empty if the run passed. */
  readonly wrong: readonly string[];
  /** From this time on, in ms since the epoch, the bucket must not hold any object of the job. */
  readonly emptyAt: number;
}

export interface RunOptions {
  readonly cluster: ChaosCluster;
  readonly fault: Fault;
  readonly queries: readonly ChaosQuery[];
  readonly seed: number;
  /** The time limit of the job and its attempts. */
  readonly timeoutSeconds: number;
  /** The run of each query without faults. */
  readonly calm: ReadonlyMap<string, CalmRun>;
}

/** A run without faults. */
export interface CalmRun {
  readonly tookMs: number;
  readonly attempts: number;
}

/** `awaySeconds` is the time for which clients may receive no response. */
function settingsOf(timeoutSeconds: number, awaySeconds = 0): Readonly<Record<string, string>> {
  // All joins shuffle. The result expires before the check for leftover objects.
  const resultTtl = `${RESULT_SECONDS + awaySeconds}s`;
  return { fanout: '4', broadcast_limit: '0', timeout: `${timeoutSeconds}s`, result_ttl: resultTtl };
}

/** Runs a query once without faults. Rejects if it fails. */
export async function runCalmly(cluster: ChaosCluster, query: ChaosQuery, timeoutSeconds: number): Promise<CalmRun> {
  const startedMs = Date.now();
  const client = new PatientClient(cluster.coordinators, startedMs + timeoutSeconds * 1000);
  const job = await client.submit(query.sql, settingsOf(timeoutSeconds), `calm ${query.name} ${startedMs}`);
  const end = await client.endOf(job);
  const tookMs = Date.now() - startedMs;
  const records = await cluster.journal.read(job);
  const wrong = wrongEnd(end, query, records);
  if (end.kind !== 'succeeded' || wrong.length > 0)
    throw new Error(`${query.name} without faults: ${end.kind} ${wrong}`);
  return { tookMs, attempts: effortOf(records).attempts };
}

/**
 * Waits until a job has started a number of attempts or has ended, and then for `furtherMs`. Because attempts are
 * counted instead of time, the fault occurs in the middle of a job even on a busy machine.
 */
async function untilMoment(cluster: ChaosCluster, job: JobId, attempts: number, furtherMs: number): Promise<void> {
  for (;;) {
    const records = await cluster.journal.read(job);
    if (effortOf(records).attempts >= attempts || records.some(({ kind }) => kind === 'job-ended')) break;
    await delay(WATCH_MS);
  }
  await delay(furtherMs);
}

/** Runs one job with one fault, and repairs the fault. Rejects only if the test environment fails. */
export async function runOnce(options: RunOptions): Promise<ChaosRun> {
  const { cluster, fault, queries, seed, calm } = options;
  const { furtherSeconds = 0 } = fault;
  const timeoutSeconds = options.timeoutSeconds + furtherSeconds;
  const random = seeded(seed);
  const fitting = queries.filter(({ name }) => fault.query === undefined || fault.query === name);
  const query = fitting[Math.floor(random() * fitting.length)];
  if (query === undefined) throw new Error(`There is no query for the fault ${fault.name}.`);
  const { attempts, tookMs } = calm.get(query.name) ?? { attempts: 0, tookMs: 0 };
  const moment = Math.floor(random() * attempts * (fault.latest ?? 1));
  const furtherMs = (random() * tookMs) / Math.max(attempts, 1);
  const startedMs = Date.now();
  const first = Math.floor(random() * cluster.coordinators.length);
  const client = new PatientClient(cluster.coordinators, startedMs + timeoutSeconds * 1000 + LATE_MS, first);
  const job = await client.submit(
    query.sql,
    settingsOf(timeoutSeconds, furtherSeconds),
    `${fault.name} ${seed} ${startedMs}`,
  );
  const ended = client.endOf(job);
  // Look up the owner before the repair.
  const lookUp = () => cluster.journal.ownerOf(job).catch((error) => `unknown (the look-up failed: ${error})`);
  const ownerAtEnd = ended.then(({ kind }) => (kind === 'hung' ? lookUp() : undefined));
  ownerAtEnd.catch(() => undefined);
  await untilMoment(cluster, job, moment, furtherMs);
  const harmed = fault.harm({ cluster, job, random, ended });
  const end = await ended;
  const seconds = (Date.now() - startedMs) / 1000;
  const harm = await harmed;
  const records = await cluster.journal.read(job);
  return {
    job,
    seed,
    fault: fault.name,
    query: query.name,
    moment,
    harm,
    outcome: end.kind === 'failed' ? end.error.code : end.kind,
    seconds,
    effort: effortOf(records),
    wrong: [
      ...wrongEnd(end, query, records),
      ...(end.kind === 'hung' ? [`owner of the job at that time: ${(await ownerAtEnd) ?? 'none'}`] : []),
      ...ranTwice(records),
    ],
    emptyAt: lastDeadline(records),
  };
}

/**
 * Waits until no process can write for a job anymore, and then for up to a minute until the bucket holds no objects of
 * the job. Returns the remaining objects.
 */
export async function untilSwept(cluster: ChaosCluster, { job, emptyAt }: ChaosRun): Promise<readonly string[]> {
  await delay(Math.max(0, emptyAt - Date.now()));
  for (;;) {
    const left = await leftOf(cluster, job).catch((error) => [`the bucket cannot be listed: ${error}`]);
    if (left.length === 0 || Date.now() > emptyAt + SWEEP_MS) return left;
    await delay(LOOK_MS);
  }
}
