import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, realpathSync, rmSync, statSync } from 'node:fs';
import { copyFile, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { FabricError } from '../../engine/errors.ts';
import { createTaskRunner, type TaskRunner } from '../../engine/execute/run-task.ts';
import type { Task, TaskOutcome } from '../../engine/execute/task.ts';
import type { Expression } from '../../engine/plan/expression.ts';
import type { Relation, ScanColumn } from '../../engine/plan/relation.ts';
import type { InputFile, PlanTable, Split } from '../../engine/plan/stage.ts';
import { BIGINT, BOOLEAN, type DataType, scalar, VARCHAR } from '../../engine/plan/types.ts';
import { localIdentity } from '../../engine/scan/local-file.ts';
import { type ParquetFooter, readParquetFooter } from '../../engine/scan/parquet-footer.ts';
import { createFileStore } from '../../engine/store/file.ts';
import type { ObjectStore } from '../../engine/store/object-store.ts';
import { totalRequests } from '../../engine/store/request-counts.ts';
import { column, KERNEL_WORKER, taskOf, writeParquet } from './fixture.ts';

const NEVER = new AbortController().signal;
const INTEGER = scalar('INTEGER');
const LIST: DataType = { kind: 'list', child: BIGINT };
const STRUCT: DataType = {
  kind: 'struct',
  fields: [
    { name: 'a', type: BIGINT },
    { name: 'b', type: LIST },
  ],
};

/**
 * Six row groups of 2,048 rows. `pad` keeps what is beside it more than a read-through gap apart, so that what is not needed is truly a
 * hole; `low` and `name` have Bloom filters.
 */
const rowsSql = (first: number): string => `
  SELECT i AS id, (i % 50)::INTEGER AS low, 'name ' || (i % 60) AS name,
    list_transform(range(128), lambda j: (hash(i * 128 + j) >> 1)::BIGINT) AS pad, {'a': i, 'b': [i, i + 1]} AS st
  FROM range(${first}, ${first + 12_288}) r(i)`;
const COLUMNS: PlanTable['columns'] = [
  { name: 'id', type: BIGINT },
  { name: 'low', type: INTEGER },
  { name: 'name', type: VARCHAR },
  { name: 'pad', type: LIST },
  { name: 'st', type: STRUCT },
];

let folder: string;
let data: string;
let scratch: string;
let inPlace: TaskRunner;
let fetching: TaskRunner;
/** What `fetching` asked of the store, and what comes before the store's own answer. */
const asked = { requests: 0, bytes: 0 };
let beforeGet: () => Promise<void> = async () => {};

before(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'volley-fetched-')));
  data = join(folder, 'data');
  scratch = join(folder, 'fetching');
  writeParquet(join(data, 'first.parquet'), rowsSql(0));
  writeParquet(join(data, 'second.parquet'), rowsSql(100_000));
  writeParquet(join(data, 'narrow.parquet'), `SELECT id, pad FROM (${rowsSql(200_000)})`);
  await writeFile(join(data, 'text.csv.gz'), gzipSync('id,name\n1,one\n2,two\n'));
  const store = createFileStore(join(folder, 'store'));
  const shared = { store, memoryMiB: 2048, kernelWorkerEntry: KERNEL_WORKER };
  inPlace = await createTaskRunner({ ...shared, scratch: join(folder, 'in-place'), inputRoots: [data] });
  const inputStores = [{ prefix: `${data}/`, store: counted(createFileStore(data)) }];
  fetching = await createTaskRunner({ ...shared, scratch, inputRoots: [], inputStores });
});

after(async () => {
  await inPlace.close();
  await fetching.close();
  rmSync(folder, { recursive: true, force: true });
});

function counted(store: ObjectStore): ObjectStore {
  return {
    ...store,
    get: async (key, range, identity) => {
      await beforeGet();
      asked.requests += 1;
      const bytes = await store.get(key, range, identity);
      asked.bytes += bytes.length;
      return bytes;
    },
    head: (key) => {
      asked.requests += 1;
      return store.head(key);
    },
  };
}

type Scan = Relation & { readonly kind: 'scan' };

function scan(columns: readonly ScanColumn[], filters: readonly Expression[] = [], output?: readonly number[]): Scan {
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

function tableColumns(...names: readonly string[]): readonly ScanColumn[] {
  return names.map((name) => {
    const type = COLUMNS.find((each) => each.name === name.toLowerCase())?.type ?? BIGINT;
    return { kind: 'table', name, type } as const;
  });
}

const equals = (index: number, type: DataType, value: bigint | string): Expression => ({
  kind: 'comparison',
  operator: '=',
  left: column(index, type),
  right: { kind: 'constant', value, type },
  type: BOOLEAN,
});

const countOf = (input: Relation): Relation => ({
  kind: 'aggregate',
  input,
  groups: [],
  groupingSets: [[]],
  aggregates: [{ name: 'count_star', inputs: [], distinct: false, orderBy: [], type: BIGINT }],
  groupingCalls: [],
  types: [BIGINT],
});

const firstFive = (input: Relation): Relation => ({
  kind: 'sort',
  input,
  keys: [{ expression: column(0), descending: true, nullsFirst: false }],
  limit: 5n,
  types: input.types,
});

function inputFile(name: string): InputFile {
  const location = join(data, name);
  return { location, identity: localIdentity(statSync(location, { bigint: true })) };
}

/** A task over files of table 0; a split is of a whole file, or of some rows of it. */
function taskOver(
  root: Relation,
  names: readonly string[],
  rows: readonly (readonly [number, number, number] | readonly [number])[] = names.map((_, index) => [index] as const),
): Task {
  const splits: readonly Split[] = rows.map(([file, start, end]) =>
    start === undefined || end === undefined
      ? { file, sizeBytes: 1 }
      : { file, rows: { start, end }, rowCount: end - start, sizeBytes: 1 },
  );
  const tables = [{ name: 'table', files: names.map(inputFile), columns: COLUMNS }];
  return taskOf(root, { tables, splits: [{ table: 0, splits }], inlineLimitBytes: 1 << 30 });
}

function succeeded(outcome: TaskOutcome): TaskOutcome & { kind: 'succeeded' } {
  assert.ok(outcome.kind === 'succeeded', JSON.stringify(outcome));
  return outcome;
}

function resultOf(outcome: TaskOutcome): { readonly rows: number; readonly bytes: Uint8Array } {
  const { output } = succeeded(outcome);
  assert.ok(output.kind === 'inline');
  return output;
}

async function footerOf(name: string): Promise<ParquetFooter> {
  const bytes = await readFile(join(data, name));
  return readParquetFooter(name, bytes.length, async ({ start, end }) => bytes.subarray(start, end));
}

const virtual = (name: 'filename' | 'file_row_number' | 'file_index', type: DataType): ScanColumn => ({
  kind: 'virtual',
  name,
  type,
});
const one = ['first.parquet'] as const;
const two = ['first.parquet', 'second.parquet'] as const;
const low = [equals(1, INTEGER, 17n), equals(2, VARCHAR, 'name 17')];

const cases: readonly {
  readonly what: string;
  readonly rows: number;
  readonly task: () => Task;
}[] = [
  { what: 'a few columns of a whole file', rows: 12_288, task: () => taskOver(scan(tableColumns('id', 'name')), one) },
  {
    what: 'a few columns of a row group',
    rows: 2048,
    task: () => taskOver(scan(tableColumns('name')), one, [[0, 2048, 4096]]),
  },
  {
    what: 'row groups that lie apart',
    rows: 4096 + 2048,
    task: () =>
      taskOver(scan(tableColumns('id', 'low')), one, [
        [0, 0, 4096],
        [0, 8192, 10_240],
      ]),
  },
  {
    what: 'rows of a column with a Bloom filter that equal a value',
    rows: 7,
    task: () => taskOver(scan(tableColumns('id', 'low', 'name'), low), one, [[0, 8192, 10_240]]),
  },
  {
    what: 'rows by columns that are not given',
    rows: 41,
    task: () => taskOver(scan(tableColumns('id', 'low', 'name'), low, [0]), one),
  },
  {
    what: 'the number of rows',
    rows: 1,
    task: () => taskOver(countOf(scan([{ kind: 'none', type: BIGINT }], [], [])), one, [[0, 2048, 6144]]),
  },
  { what: 'nested columns', rows: 4096, task: () => taskOver(scan(tableColumns('st', 'pad')), one, [[0, 4096, 8192]]) },
  {
    what: 'columns named in another case',
    rows: 2048,
    task: () => taskOver(scan(tableColumns('ID', 'St')), one, [[0, 4096, 6144]]),
  },
  {
    what: 'several files',
    rows: 12_288 + 4096,
    task: () => taskOver(scan(tableColumns('id', 'st')), two, [[1], [0, 6144, 10_240]]),
  },
  {
    what: 'whole files together',
    rows: 2 * 12_288,
    task: () => taskOver(scan([...tableColumns('low'), virtual('filename', VARCHAR)]), two),
  },
  {
    what: 'virtual columns',
    rows: 4096 + 2048,
    task: () =>
      taskOver(
        scan([
          ...tableColumns('id'),
          virtual('filename', VARCHAR),
          virtual('file_row_number', BIGINT),
          virtual('file_index', scalar('UBIGINT')),
        ]),
        two,
        [
          [0, 2048, 6144],
          [1, 10_240, 12_288],
        ],
      ),
  },
  {
    what: 'the top rows of a row group',
    rows: 5,
    task: () => taskOver(firstFive(scan(tableColumns('id', 'name', 'pad', 'st'))), one, [[0, 4096, 6144]]),
  },
  {
    // A second scan for the other columns of the top rows would know nothing of the row group.
    what: 'the top rows of a row group where there are none',
    rows: 0,
    task: () => {
      const none = scan(tableColumns('id', 'low', 'name', 'pad', 'st'), [
        equals(1, INTEGER, 17n),
        equals(2, VARCHAR, 'name 18'),
      ]);
      return taskOver(firstFive(none), one, [[0, 4096, 6144]]);
    },
  },
  {
    what: 'files that lack columns',
    rows: 2048 + 2048,
    task: () => {
      const united = {
        ...scan(tableColumns('id', 'name', 'st')),
        format: { kind: 'parquet', unionByName: true } as const,
      };
      return taskOver(
        united,
        ['narrow.parquet', 'first.parquet'],
        [
          [0, 2048, 4096],
          [1, 2048, 4096],
        ],
      );
    },
  },
  {
    what: 'one file as two tables',
    rows: 4096 + 2048,
    task: () => {
      const [left, right] = [scan(tableColumns('id')), { ...scan(tableColumns('low')), table: 1 }];
      const widened: Relation = {
        kind: 'project',
        input: right,
        expressions: [{ kind: 'cast', input: column(0, INTEGER), isTry: false, type: BIGINT }],
        types: [BIGINT],
      };
      const root: Relation = {
        kind: 'set-operation',
        operation: 'union',
        all: true,
        inputs: [left, widened],
        types: [BIGINT],
      };
      const task = taskOver(root, one, [[0, 0, 4096]]);
      const again = { table: 1, splits: [{ file: 0, rows: { start: 10_240, end: 12_288 }, sizeBytes: 1 }] };
      return { ...task, tables: [...task.tables, ...task.tables], splits: [...task.splits, again] };
    },
  },
  {
    what: 'compressed text',
    rows: 2,
    task: () => {
      const options = { delimiter: ',', quote: '"', escape: '"', header: true, nullText: '' };
      const text: Scan = { ...scan(tableColumns('id', 'name')), format: { kind: 'csv', options } };
      const task = taskOver(text, ['text.csv.gz']);
      const columns = COLUMNS.filter(({ name }) => name === 'id' || name === 'name');
      return { ...task, tables: task.tables.map((table) => ({ ...table, columns })) };
    },
  },
];

describe('a task whose inputs are fetched gives what it gives in place', () => {
  for (const { what, rows, task } of cases) {
    it(what, async () => {
      const expected = resultOf(await inPlace.run(task(), NEVER));
      assert.equal(expected.rows, rows);
      // The second time, the footers are known, and with them nothing but what is needed is in the files.
      for (const time of ['first', 'second']) {
        const before = { ...asked };
        const outcome = await fetching.run(task(), NEVER);
        assert.deepEqual(resultOf(outcome), expected, `the ${time} time`);
        const { statistics } = succeeded(outcome);
        assert.equal(statistics.inputBytes, asked.bytes - before.bytes);
        assert.equal(totalRequests(statistics.requests.inputs), asked.requests - before.requests);
        assert.deepEqual(readdirSync(scratch), []);
      }
    });
  }

  it('after tasks over hollow files, one over whole files', async () => {
    const task = () => taskOver(firstFive(scan(tableColumns('id', 'name', 'pad', 'st'))), two);
    assert.deepEqual(resultOf(await fetching.run(task(), NEVER)), resultOf(await inPlace.run(task(), NEVER)));
  });
});

describe('a task fetches only what it needs', () => {
  const FOOTER_READ_BYTES = 1 << 18;
  const fetchOf = async (task: Task): Promise<typeof asked> => {
    const { statistics } = succeeded(await fetching.run(task, NEVER));
    return { requests: totalRequests(statistics.requests.inputs), bytes: statistics.inputBytes };
  };

  it('the footer once for a file, then the columns of its row groups', async () => {
    await copyFile(join(data, 'first.parquet'), join(data, 'once.parquet'));
    const task = () => taskOver(scan(tableColumns('id', 'name')), ['once.parquet'], [[0, 2048, 4096]]);
    const [cold, warm] = [await fetchOf(task()), await fetchOf(task())];
    const { rowGroups } = (await footerOf('once.parquet')).layout;
    const chunks = rowGroups[1]?.chunks.filter((chunk) => ['id', 'name'].includes(chunk.column)) ?? [];
    // One read from the first chunk to the last and its slack, the small one between them included.
    const [first, last] = [chunks[0], chunks.at(-1)];
    assert.ok(first !== undefined && last !== undefined);
    assert.deepEqual(warm, { requests: 1, bytes: last.start + last.sizeBytes + 128 - first.start });
    assert.deepEqual(cold, { requests: 2, bytes: warm.bytes + FOOTER_READ_BYTES });
    assert.ok(cold.bytes < statSync(join(data, 'once.parquet')).size / 10);
  });

  it('nothing more of a file that the read for the footer has brought', async () => {
    writeParquet(join(data, 'small.parquet'), 'SELECT i AS id FROM range(10) r(i)');
    const sizeBytes = statSync(join(data, 'small.parquet')).size;
    assert.deepEqual(await fetchOf(taskOver(scan(tableColumns('id')), ['small.parquet'])), {
      requests: 1,
      bytes: sizeBytes,
    });
  });

  it('no byte where the footer is known and says all', async () => {
    const task = () => taskOver(countOf(scan([{ kind: 'none', type: BIGINT }], [], [])), one);
    await fetchOf(task());
    // Still, the file must be the one that was planned.
    assert.deepEqual(await fetchOf(task()), { requests: 1, bytes: 0 });
  });
});

describe('a task whose inputs cannot be fetched', () => {
  const input = async (name: string): Promise<string> => {
    await copyFile(join(data, 'second.parquet'), join(data, name));
    return join(data, name);
  };
  const failed = async (task: Task): Promise<TaskOutcome & { kind: 'failed' }> => {
    const outcome = await fetching.run(task, NEVER);
    assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
    assert.ok(!outcome.message.includes(scratch), outcome.message);
    assert.deepEqual(readdirSync(scratch), []);
    return outcome;
  };

  for (const isKnown of [false, true]) {
    it(`fails with INPUT_CHANGED where a file was replaced${isKnown ? ' though its footer is known' : ''}`, async () => {
      const path = await input('replaced.parquet');
      const counting = scan([{ kind: 'none', type: BIGINT }], [], []);
      const task = taskOver(isKnown ? countOf(counting) : scan(tableColumns('id')), ['replaced.parquet']);
      if (isKnown) succeeded(await fetching.run(task, NEVER));
      await copyFile(path, `${path}.new`);
      await rename(`${path}.new`, path);
      const { code, message, retryable } = await failed(task);
      assert.deepEqual([code, retryable], ['INPUT_CHANGED', false]);
      assert.ok(message.includes(path), message);
    });
  }

  it('fails with INPUT_NOT_FOUND where a file is gone', async () => {
    const path = await input('gone.parquet');
    const task = taskOver(scan(tableColumns('id')), ['gone.parquet', 'first.parquet']);
    await rm(path);
    const { code, message, retryable } = await failed(task);
    assert.deepEqual([code, retryable], ['INPUT_NOT_FOUND', false]);
    assert.ok(message.includes(path), message);
  });

  it('fails with INPUT_INVALID where a file is no Parquet file', async () => {
    await writeFile(join(data, 'words.parquet'), 'just some words, long enough to have a tail');
    const { code, message } = await failed(taskOver(scan(tableColumns('id')), ['words.parquet']));
    assert.equal(code, 'INPUT_INVALID');
    assert.match(message, /words\.parquet/);
  });

  it('fails with INPUT_INVALID, naming the file, where pages are damaged', async () => {
    const path = await input('damaged.parquet');
    const bytes = await readFile(path);
    bytes.fill(0xff, 4, 2000);
    await writeFile(path, bytes);
    const { code, message } = await failed(taskOver(scan(tableColumns('id')), ['damaged.parquet', 'first.parquet']));
    assert.equal(code, 'INPUT_INVALID');
    assert.ok(message.includes(path), message);
  });

  it('fails with LOCATION_NOT_ALLOWED where a file is neither in a store nor under a root', async () => {
    const { location, identity } = inputFile('first.parquet');
    const task = taskOver(scan(tableColumns('id')), one);
    const file = { location: join(folder, 'elsewhere', basename(location)), identity };
    const { code } = await failed({ ...task, tables: task.tables.map((table) => ({ ...table, files: [file] })) });
    assert.equal(code, 'LOCATION_NOT_ALLOWED');
  });

  it('is to be tried again where the store failed for now', async (test) => {
    let failures = 0;
    beforeGet = async () => {
      failures += 1;
      if (failures === 2) throw new FabricError('STORE_FAILED', 'the connection was reset', { retryable: true });
    };
    test.after(() => {
      beforeGet = async () => {};
    });
    await input('flaky.parquet');
    const task = taskOver(scan(tableColumns('id', 'pad')), ['flaky.parquet']);
    const { code, message, retryable } = await failed(task);
    assert.deepEqual([code, retryable], ['STORE_FAILED', true]);
    assert.match(message, /flaky\.parquet cannot be fetched: the connection was reset/);
    assert.equal(resultOf(await fetching.run(task, NEVER)).rows, 12_288);
  });

  it('ends when it is cancelled, though the store does not answer, and leaves the next one alone', async (test) => {
    let answer: () => void = () => {};
    const silence = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const cancel = new AbortController();
    beforeGet = () => {
      cancel.abort();
      return silence;
    };
    test.after(answer);
    await input('silent.parquet');
    const task = taskOver(scan(tableColumns('id')), ['silent.parquet']);
    assert.equal((await fetching.run(task, cancel.signal)).kind, 'lost');
    assert.deepEqual(readdirSync(scratch), []);
    beforeGet = async () => {};
    const next = fetching.run(task, NEVER);
    answer();
    assert.equal(resultOf(await next).rows, 12_288);
    assert.deepEqual(readdirSync(scratch), []);
  });
});
