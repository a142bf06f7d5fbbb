/** Kills a server on a full, a read-only and a file-limited disk. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../../test/end-to-end/volley-process.ts';
import type { SmallDisk } from '../../test/engine/store/small-disk.ts';
import type { ChaosQuery } from '../chaos/queries.ts';
import type { Choices } from '../fuzz/choices.ts';
import { RestartingServer } from './restarting-server.ts';
import { judgeEnd, killDuringJobs, noProblems, problemsOf, SETTINGS, SWEPT_MS } from './serve-kills.ts';

const ENDED_MS = 90_000;
/** Enough for the server and one task at a time, but not for several results and jobs at once. */
const OPEN_FILES = 96;

interface DiskFaultOptions {
  readonly data: string;
  readonly queries: readonly ChaosQuery[];
  readonly disk: SmallDisk;
  readonly choices: Choices;
}

/**
 * Fills the disk, or makes it read-only, while jobs are in the journal, kills the server, and restarts it with a usable disk. Returns all
 * problems.
 */
export async function killOnBadDisk(
  fault: 'full' | 'read-only',
  options: DiskFaultOptions,
): Promise<readonly string[]> {
  const { data, queries, disk, choices } = options;
  const state = join(disk.path, 'state');
  mkdirSync(state, { recursive: true });
  const server = new RestartingServer({ data, state });
  const report = noProblems();
  await server.start();
  try {
    const client = server.client(Date.now() + ENDED_MS);
    const jobs = await Promise.all(
      queries.slice(0, 3).map(async (query, at) => ({
        query,
        job: await client.submit(query.sql, SETTINGS, `${fault} ${at} ${choices.below(1e9)}`),
      })),
    );
    if (fault === 'full') {
      await until('the server is not ready on a full disk', async () => {
        // Jobs that end free their space.
        disk.fill();
        return (await server.readiness()) === 503 || undefined;
      });
    }
    await server.kill('server');
    if (fault === 'read-only') disk.setReadOnly(true);
    const whyNot = await server.start().then(
      () => undefined,
      (error: Error) => error.message,
    );
    if (fault === 'read-only' && whyNot === undefined) report.wrong.push('the server started on a read-only disk');
    if (whyNot !== undefined && !/STORE_FAILED|USAGE/.test(whyNot))
      report.wrong.push(`unclear start failure: ${whyNot}`);
    if (server.process !== undefined) await server.kill('server');
    disk.free();
    disk.setReadOnly(false);
    await server.start();
    await until('the server is ready again', async () => (await server.readiness()) === 200 || undefined);
    for (const { query, job } of jobs) {
      const end = await client.endOf(job);
      // A task that finds the disk full fails its job, which is a clear end and not a loss.
      if (end.kind === 'failed' && end.error.code === 'STORE_FAILED' && /disk is full|ENOSPC/.test(end.error.message))
        continue;
      judgeEnd(report, end, query, job);
    }
    for (const { job } of jobs) await client.delete(job);
    report.left.push(...(await server.sweptLeftovers(Date.now() + SWEPT_MS)));
    return problemsOf(report);
  } finally {
    await server.stop();
  }
}

/** Kills processes of a server that may open few files. Returns all problems. */
export async function killWithFewFiles(
  { data, queries, choices }: Omit<DiskFaultOptions, 'disk'>,
  state: string,
  kills: number,
): Promise<readonly string[]> {
  const server = new RestartingServer({ data, state, openFiles: OPEN_FILES });
  await server.start();
  try {
    return problemsOf(
      await killDuringJobs(server, queries, kills, choices, () => undefined, { awaitsLateWriters: true }),
    );
  } finally {
    await server.stop();
  }
}
