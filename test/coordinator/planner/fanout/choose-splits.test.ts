import assert from 'node:assert/strict';
import test from 'node:test';
import { splitScan } from '../../../../coordinator/planner/fanout/choose-splits.ts';
import { measureScans, type ScanWork } from '../../../../coordinator/planner/fanout/measure-scans.ts';
import type { Relation } from '../../../../engine/plan/relation.ts';
import type { PlanTable } from '../../../../engine/plan/stage.ts';
import type { ParquetFile } from '../../../../engine/scan/parquet-file.ts';
import { known } from '../layouts.ts';
import { col, compare, int, parquetFile, scan } from '../plans.ts';

function measure(relation: Relation, files: readonly (ParquetFile | undefined)[]): ScanWork {
  const table: PlanTable = {
    name: 't',
    columns: [],
    files: files.map((_file, index) => ({ location: `/t/${index}`, identity: { sizeBytes: 5000, version: '1' } })),
  };
  const work = measureScans(relation, [table], (_table, file) => known(files[file])).get(0);
  if (work === undefined) throw new Error('The scan was not measured.');
  return work;
}

function outline(tasks: ReturnType<typeof splitScan>): readonly string[] {
  return tasks.map((splits) =>
    splits.map(({ file, rows }) => `${file}:${rows ? `${rows.start}-${rows.end}` : 'whole'}`).join(' '),
  );
}

test('divides a scan into consecutive, non-empty runs of whole row groups that cover every row once', () => {
  for (let groups = 1; groups <= 12; groups += 1) {
    for (let wanted = 1; wanted <= 6; wanted += 1) {
      const tasks = splitScan(measure(scan(0, 1), [parquetFile(groups)]), wanted);
      assert.equal(tasks.length, Math.min(groups, wanted), `${groups} row groups for ${wanted}`);
      const rows = tasks.flat().map((split) => split.rows ?? { start: 0, end: groups * 1000 });
      assert.equal(rows.length, tasks.length, 'one run for each task');
      assert.equal(tasks[0]?.[0]?.rows === undefined, tasks.length === 1, 'a whole file has no range of rows');
      assert.deepEqual(
        rows.map((run) => run.start),
        [0, ...rows.slice(0, -1).map((run) => run.end)],
      );
      assert.equal(rows.at(-1)?.end, groups * 1000);
    }
  }
});

test('balances tasks by the size of the columns that they read', () => {
  const even = parquetFile(8);
  const heavy: ParquetFile = {
    ...even,
    rowGroups: even.rowGroups.map((group, index) => ({
      ...group,
      chunks: group.chunks.map((chunk) => ({
        ...chunk,
        sizeBytes: chunk.column === 'a' ? (index === 0 ? 700_000 : 100_000) : 1e9 * index,
      })),
    })),
  };
  assert.deepEqual(outline(splitScan(measure(scan(0, 1), [heavy]), 2)), ['0:0-1000', '0:1000-8000']);
});

test('skips row groups by their statistics and merges adjacent row groups into one split', () => {
  const relation = scan(0, 2);
  if (relation.kind !== 'scan') throw new Error('not a scan');
  const filters = [compare(col(0), '>', int(2500))];
  const pruning = [compare(col(1), '<', int(6000))];
  const work = measure({ ...relation, filters, pruning }, [parquetFile(8), parquetFile(1), parquetFile(3, 'ab', 5000)]);
  assert.deepEqual(outline(splitScan(work, 1)), ['0:2000-6000 2:0-1000']);
  assert.equal(work.rows, 5000);
  assert.equal(work.rowGroups, 12);
  // The filter on column b only prunes row groups, so the bytes of b count only if b is in the output.
  assert.equal(work.sizeBytes, 5 * 20_000);
  assert.equal(measure({ ...relation, filters, pruning, output: [0] }, [parquetFile(8)]).sizeBytes, 4 * 10_000);
});

test('distributes JSON files over the tasks without splitting a file', () => {
  const relation: Relation = scan(0, 1);
  if (relation.kind !== 'scan') throw new Error('not a scan');
  const json = { ...relation, format: { kind: 'json', layout: 'newline-delimited' } } as const;
  const work = measure(json, [undefined, undefined, undefined]);
  assert.deepEqual(outline(splitScan(work, 2)), ['0:whole', '1:whole 2:whole']);
  assert.equal(work.sizeBytes, 15_000);
});

test('plans one task without splits for a scan that has no rows to read', () => {
  assert.deepEqual(splitScan(measure(scan(0, 1), [parquetFile(0)]), 4), [[]]);
});

test('keeps a scan with a random filter in one task', () => {
  const relation = scan(0, 1);
  if (relation.kind !== 'scan') throw new Error('not a scan');
  const random = { kind: 'function', name: 'random', inputs: [], type: col(0).type } as const;
  const work = measure({ ...relation, filters: [compare(random, '<', int(1))] }, [parquetFile(8)]);
  assert.equal(splitScan(work, 4).length, 1);
});
