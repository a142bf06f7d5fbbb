import { mkdirSync } from 'node:fs';
import { mkdtemp, realpath, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { Database } from '../../../engine/duckdb/kernel/database.ts';
import { createTaskRunner, type TaskRunner } from '../../../engine/execute/run-task.ts';
import type { Expression } from '../../../engine/plan/expression.ts';
import type { Relation } from '../../../engine/plan/relation.ts';
import type { InputFile, StageId, StageOutput } from '../../../engine/plan/stage.ts';
import { BIGINT, type DataType, HUGEINT, quoteLiteral } from '../../../engine/plan/types.ts';
import { localIdentity } from '../../../engine/scan/local-file.ts';
import { createFileStore } from '../../../engine/store/file.ts';
import type { ObjectStore } from '../../../engine/store/object-store.ts';
import type { AttemptId, JobId, Task } from '../../../engine/task/task.ts';

/** The entry point of the kernel worker for tests. */
export const KERNEL_WORKER = new URL('./kernel-worker.mjs', import.meta.url);

/** A folder with data, a store, and a runner that uses both. Removed after the test. */
export interface Bench {
  /** The folder of readable input files. */
  readonly data: string;
  readonly folder: string;
  readonly store: ObjectStore;
  readonly runner: TaskRunner;
  readonly scratch: string;
}

/** Opens a bench. `storeOf` wraps the store that the runner uses. */
export async function openBench(
  test: TestContext,
  options: { memoryMiB?: number; entry?: URL; storeOf?: (store: ObjectStore) => ObjectStore } = {},
): Promise<Bench> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'volley-execute-')));
  const data = join(folder, 'data');
  const store = createFileStore(join(folder, 'store'));
  const scratch = join(folder, 'scratch');
  writeParquet(join(data, 'numbers.parquet'), "SELECT i AS n, 'text ' || i AS s FROM range(10000) r(i)");
  const runner = await createTaskRunner({
    store: options.storeOf?.(store) ?? store,
    scratch,
    inputRoots: [data],
    memoryMiB: options.memoryMiB ?? 2048,
    kernelWorkerEntry: options.entry ?? KERNEL_WORKER,
  });
  test.after(async () => {
    await runner.close();
    await rm(folder, { recursive: true, force: true });
  });
  return { data, folder, store, runner, scratch };
}

/** Writes a Parquet file with row groups of 2,048 rows, and creates its folder. */
export function writeParquet(path: string, sql: string): void {
  const database = Database.open();
  const connection = database.connect();
  mkdirSync(dirname(path), { recursive: true });
  connection.run(`COPY (${sql}) TO ${quoteLiteral(path)} (FORMAT parquet, ROW_GROUP_SIZE 2048)`);
  connection.close();
  database.close();
}

async function inputFile(location: string): Promise<InputFile> {
  return { location, identity: localIdentity(await stat(location, { bigint: true })) };
}

/** Returns a task of a stage with the given root. `change` overrides the defaults. */
export function taskOf(root: Relation, change: Partial<Task> & { readonly output?: StageOutput } = {}): Task {
  const { output = { kind: 'result' }, ...rest } = change;
  const id = 1 as StageId;
  return {
    job: 'job' as JobId,
    stage: { id, root, taskCount: (change.index ?? 0) + 1, scans: [], output, dependsOn: [], threads: 1 },
    index: 0,
    attempt: '1-1' as AttemptId,
    tables: [],
    splits: [],
    inputs: [],
    outputKey: 'jobs/job/output',
    columns: root.types.map((_, index) => `column ${index}`),
    timeZone: 'UTC',
    threads: 1,
    memoryMiB: 2048,
    deadlineMs: Date.now() + 60_000,
    inlineLimitBytes: 1 << 18,
    resultFormat: 'arrow',
    ...rest,
  };
}

/** A scan of the columns n (BIGINT) and s (VARCHAR) of table 0. */
export const NUMBERS: Relation & { readonly kind: 'scan' } = {
  kind: 'scan',
  table: 0,
  format: { kind: 'parquet' },
  columns: [
    { kind: 'table', name: 'n', type: BIGINT },
    { kind: 'table', name: 's', type: { kind: 'scalar', name: 'VARCHAR' } },
  ],
  filters: [],
  pruning: [],
  output: [0, 1],
  types: [BIGINT, { kind: 'scalar', name: 'VARCHAR' }],
};

/** Returns the tables and splits of a task that scans whole files as table 0. */
export async function scanOf(...locations: string[]): Promise<Pick<Task, 'tables' | 'splits'>> {
  const files = await Promise.all(locations.map(inputFile));
  const columns = [
    { name: 'n', type: BIGINT },
    { name: 's', type: { kind: 'scalar', name: 'VARCHAR' } as const },
  ];
  const splits = files.map((file, index) => ({ file: index, sizeBytes: file.identity.sizeBytes }));
  return { tables: [{ name: 'numbers', files, columns }], splits: [{ table: 0, splits }] };
}

export function column(index: number, type: DataType = BIGINT): Expression {
  return { kind: 'column', index, type };
}

/** Returns the relation `range(count)`. */
export function range(count: bigint): Relation {
  const argument: Expression = { kind: 'constant', value: count, type: BIGINT };
  return { kind: 'table-function', name: 'range', arguments: [argument], columnCount: 1, output: [0], types: [BIGINT] };
}

/** Returns the aggregate `sum(c0), count(*)` over a relation. */
export function totals(input: Relation): Relation & { readonly kind: 'aggregate' } {
  return {
    kind: 'aggregate',
    input,
    groups: [],
    groupingSets: [[]],
    aggregates: [
      { name: 'sum', inputs: [column(0)], distinct: false, orderBy: [], type: HUGEINT },
      { name: 'count_star', inputs: [], distinct: false, orderBy: [], type: BIGINT },
    ],
    groupingCalls: [],
    types: [HUGEINT, BIGINT],
  };
}
