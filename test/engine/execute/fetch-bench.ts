import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createTaskRunner, type TaskRunner } from '../../../engine/execute/run-task.ts';
import type { Expression } from '../../../engine/plan/expression.ts';
import type { Relation, ScanColumn } from '../../../engine/plan/relation.ts';
import type { InputFile, PlanTable, Split } from '../../../engine/plan/stage.ts';
import { BIGINT, BOOLEAN, type DataType, scalar, VARCHAR } from '../../../engine/plan/types.ts';
import { localIdentity } from '../../../engine/scan/local-file.ts';
import { createFileStore } from '../../../engine/store/file.ts';
import type { ObjectStore } from '../../../engine/store/object-store.ts';
import type { Task, TaskOutcome } from '../../../engine/task/task.ts';
import { column, KERNEL_WORKER, taskOf, writeParquet } from './fixture.ts';

export const NEVER = new AbortController().signal;
export const INTEGER = scalar('INTEGER');
const LIST: DataType = { kind: 'list', child: BIGINT };
const STRUCT: DataType = {
  kind: 'struct',
  fields: [
    { name: 'a', type: BIGINT },
    { name: 'b', type: LIST },
  ],
};

/**
 * Returns a query whose rows fill six row groups of 2,048 rows. The column `pad` is so large that the columns before and after it are
 * fetched in separate reads, which leaves a hole in the file. `low` and `name` have Bloom filters.
 */
const rowsSql = (first: number): string => `
  SELECT i AS id, (i % 50)::INTEGER AS low, 'name ' || (i % 60) AS name,
    list_transform(range(128), lambda j: (hash(i * 128 + j) >> 1)::BIGINT) AS pad, {'a': i, 'b': [i, i + 1]} AS st
  FROM range(${first}, ${first + 12_288}) r(i)`;
export const COLUMNS: PlanTable['columns'] = [
  { name: 'id', type: BIGINT },
  { name: 'low', type: INTEGER },
  { name: 'name', type: VARCHAR },
  { name: 'pad', type: LIST },
  { name: 'st', type: STRUCT },
];

/** Files in a store, a runner that fetches them, and a runner that reads them in place for comparison. */
export interface FetchBench {
  readonly folder: string;
  /** The folder with `first.parquet`, `second.parquet`, `narrow.parquet` and `text.csv.gz`. */
  readonly data: string;
  /** The scratch folder of `fetching`, which is empty between tasks. */
  readonly scratch: string;
  readonly inPlace: TaskRunner;
  readonly fetching: TaskRunner;
  /** Requests made and bytes read by `fetching` so far. */
  readonly reads: { requests: number; bytes: number };
  /** Called before each read of the store. Tests may replace it. */
  beforeGet: () => Promise<void>;
  inputFile(name: string): InputFile;
  /** Returns a task that reads files as table 0. Each split is a whole file or some of its rows. */
  taskOver(root: Relation, names: readonly string[], rows?: readonly Rows[]): Task;
  close(): Promise<void>;
}

type Rows = readonly [file: number, start: number, end: number] | readonly [file: number];

/** Opens a bench. Its `close` removes all files. */
export async function openFetchBench(): Promise<FetchBench> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'volley-fetched-')));
  const data = join(folder, 'data');
  const scratch = join(folder, 'fetching');
  writeParquet(join(data, 'first.parquet'), rowsSql(0));
  writeParquet(join(data, 'second.parquet'), rowsSql(100_000));
  writeParquet(join(data, 'narrow.parquet'), `SELECT id, pad FROM (${rowsSql(200_000)})`);
  await writeFile(join(data, 'text.csv.gz'), gzipSync('id,name\n1,one\n2,two\n'));
  const store = createFileStore(join(folder, 'store'));
  const shared = { store, memoryMiB: 2048, kernelWorkerEntry: KERNEL_WORKER };
  const inPlace = await createTaskRunner({ ...shared, scratch: join(folder, 'in-place'), inputRoots: [data] });
  const counted = countReads(createFileStore(data), () => bench.beforeGet());
  const inputStores = [{ prefix: `${data}/`, store: counted.store }];
  const fetching = await createTaskRunner({ ...shared, scratch, inputRoots: [], inputStores });
  const inputFile = (name: string): InputFile => {
    const location = join(data, name);
    return { location, identity: localIdentity(statSync(location, { bigint: true })) };
  };
  const bench: FetchBench = {
    folder,
    data,
    scratch,
    inPlace,
    fetching,
    reads: counted.reads,
    beforeGet: async () => {},
    inputFile,
    taskOver: (root, names, rows = names.map((_, index) => [index] as const)) =>
      taskOfFiles(root, names.map(inputFile), rows),
    close: async () => {
      await inPlace.close();
      await fetching.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return bench;
}

function countReads(store: ObjectStore, beforeGet: () => Promise<void>) {
  const reads = { requests: 0, bytes: 0 };
  const counting: ObjectStore = {
    ...store,
    get: async (key, range, identity) => {
      await beforeGet();
      reads.requests += 1;
      const bytes = await store.get(key, range, identity);
      reads.bytes += bytes.length;
      return bytes;
    },
    head: (key) => {
      reads.requests += 1;
      return store.head(key);
    },
  };
  return { store: counting, reads };
}

function taskOfFiles(root: Relation, files: readonly InputFile[], rows: readonly Rows[]): Task {
  const splits: readonly Split[] = rows.map(([file, start, end]) =>
    start === undefined || end === undefined
      ? { file, sizeBytes: 1 }
      : { file, rows: { start, end }, rowCount: end - start, sizeBytes: 1 },
  );
  const tables = [{ name: 'table', files, columns: COLUMNS }];
  return taskOf(root, { tables, splits: [{ table: 0, splits }], inlineLimitBytes: 1 << 30 });
}

export type Scan = Relation & { readonly kind: 'scan' };

export function scan(
  columns: readonly ScanColumn[],
  filters: readonly Expression[] = [],
  output?: readonly number[],
): Scan {
  const positions = output ?? columns.map((_, index) => index);
  const types = positions.map((position) => columns[position]?.type ?? BIGINT);
  return {
    kind: 'scan',
    table: 0,
    format: { kind: 'parquet' },
    columns,
    filters,
    pruning: [],
    output: positions,
    types,
  };
}

export function tableColumns(...names: readonly string[]): readonly ScanColumn[] {
  return names.map((name) => {
    const type = COLUMNS.find((each) => each.name === name.toLowerCase())?.type ?? BIGINT;
    return { kind: 'table', name, type } as const;
  });
}

export const equals = (index: number, type: DataType, value: bigint | string): Expression => ({
  kind: 'comparison',
  operator: '=',
  left: column(index, type),
  right: { kind: 'constant', value, type },
  type: BOOLEAN,
});

export const countOf = (input: Relation): Relation => ({
  kind: 'aggregate',
  input,
  groups: [],
  groupingSets: [[]],
  aggregates: [{ name: 'count_star', inputs: [], distinct: false, orderBy: [], type: BIGINT }],
  groupingCalls: [],
  types: [BIGINT],
});

export function succeeded(outcome: TaskOutcome): TaskOutcome & { kind: 'succeeded' } {
  assert.ok(outcome.kind === 'succeeded', JSON.stringify(outcome));
  return outcome;
}

export function resultOf(outcome: TaskOutcome): { readonly rows: number; readonly bytes: Uint8Array } {
  const { output } = succeeded(outcome);
  assert.ok(output.kind === 'inline');
  return output;
}
