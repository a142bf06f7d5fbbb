import assert from 'node:assert/strict';
import { readdirSync, statSync } from 'node:fs';
import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import type { Relation, ScanColumn } from '../../../engine/plan/relation.ts';
import { BIGINT, type DataType, scalar, VARCHAR } from '../../../engine/plan/types.ts';
import { type ParquetFooter, readParquetFooter } from '../../../engine/scan/parquet-footer.ts';
import { totalRequests } from '../../../engine/store/request-counts.ts';
import type { Task } from '../../../engine/task/task.ts';
import {
  COLUMNS,
  countOf,
  equals,
  INTEGER,
  NEVER,
  openFetchBench,
  resultOf,
  type Scan,
  scan,
  succeeded,
  tableColumns,
} from './fetch-bench.ts';
import { column, writeParquet } from './fixture.ts';

const bench = await openFetchBench();
after(() => bench.close());
const { data, scratch, inPlace, fetching, reads, taskOver } = bench;

const firstFive = (input: Relation): Relation => ({
  kind: 'sort',
  input,
  keys: [{ expression: column(0), descending: true, nullsFirst: false }],
  limit: 5n,
  types: input.types,
});

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
    what: 'row groups far apart',
    rows: 4096 + 2048,
    task: () =>
      taskOver(scan(tableColumns('id', 'low')), one, [
        [0, 0, 4096],
        [0, 8192, 10_240],
      ]),
  },
  {
    what: 'rows equal to a value in a column with a Bloom filter',
    rows: 7,
    task: () => taskOver(scan(tableColumns('id', 'low', 'name'), low), one, [[0, 8192, 10_240]]),
  },
  {
    what: 'rows filtered by columns outside the output',
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
    what: 'column names in a different case',
    rows: 2048,
    task: () => taskOver(scan(tableColumns('ID', 'St')), one, [[0, 4096, 6144]]),
  },
  {
    what: 'several files',
    rows: 12_288 + 4096,
    task: () => taskOver(scan(tableColumns('id', 'st')), two, [[1], [0, 6144, 10_240]]),
  },
  {
    what: 'several whole files',
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
    // With late materialization, DuckDB would read the remaining columns in a second scan, which ignores the row groups of the split.
    what: 'the top rows of an empty result',
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

describe('a task with fetched inputs returns the same rows as a task that reads in place', () => {
  for (const { what, rows, task } of cases) {
    it(`reads ${what}`, async () => {
      const expected = resultOf(await inPlace.run(task(), NEVER));
      assert.equal(expected.rows, rows);
      // In the second run, the footers are cached, so the files contain only the needed bytes.
      for (const time of ['first', 'second']) {
        const before = { ...reads };
        const outcome = await fetching.run(task(), NEVER);
        assert.deepEqual(resultOf(outcome), expected, `the ${time} run`);
        const { statistics } = succeeded(outcome);
        assert.equal(statistics.inputBytes, reads.bytes - before.bytes);
        assert.equal(totalRequests(statistics.requests.inputs), reads.requests - before.requests);
        assert.deepEqual(readdirSync(scratch), []);
      }
    });
  }

  it('reads whole files after earlier tasks have read sparse files', async () => {
    const task = () => taskOver(firstFive(scan(tableColumns('id', 'name', 'pad', 'st'))), two);
    assert.deepEqual(resultOf(await fetching.run(task(), NEVER)), resultOf(await inPlace.run(task(), NEVER)));
  });
});

describe('a task that fetches its inputs', () => {
  const FOOTER_READ_BYTES = 1 << 18;
  const fetchOf = async (task: Task): Promise<typeof reads> => {
    const { statistics } = succeeded(await fetching.run(task, NEVER));
    return { requests: totalRequests(statistics.requests.inputs), bytes: statistics.inputBytes };
  };

  it('fetches the footer once per file, and only the columns of its row groups', async () => {
    await copyFile(join(data, 'first.parquet'), join(data, 'once.parquet'));
    const task = () => taskOver(scan(tableColumns('id', 'name')), ['once.parquet'], [[0, 2048, 4096]]);
    const [cold, warm] = [await fetchOf(task()), await fetchOf(task())];
    const { rowGroups } = (await footerOf('once.parquet')).layout;
    const chunks = rowGroups[1]?.chunks.filter((chunk) => ['id', 'name'].includes(chunk.column)) ?? [];
    // A single read covers everything from the first to the last chunk, plus the slack.
    const [first, last] = [chunks[0], chunks.at(-1)];
    assert.ok(first !== undefined && last !== undefined);
    assert.deepEqual(warm, { requests: 1, bytes: last.start + last.sizeBytes + 128 - first.start });
    assert.deepEqual(cold, { requests: 2, bytes: warm.bytes + FOOTER_READ_BYTES });
    assert.ok(cold.bytes < statSync(join(data, 'once.parquet')).size / 10);
  });

  it('fetches nothing more if the footer read covered the file', async () => {
    writeParquet(join(data, 'small.parquet'), 'SELECT i AS id FROM range(10) r(i)');
    const sizeBytes = statSync(join(data, 'small.parquet')).size;
    assert.deepEqual(await fetchOf(taskOver(scan(tableColumns('id')), ['small.parquet'])), {
      requests: 1,
      bytes: sizeBytes,
    });
  });

  it('fetches no bytes if the cached footer is sufficient', async () => {
    const task = () => taskOver(countOf(scan([{ kind: 'none', type: BIGINT }], [], [])), one);
    await fetchOf(task());
    // The only request checks that the file is still the planned version.
    assert.deepEqual(await fetchOf(task()), { requests: 1, bytes: 0 });
  });
});
