import assert from 'node:assert/strict';
import test from 'node:test';
import { cutScan, measureScans, type ScanWork } from '../../../coordinator/planner/choose-splits.ts';
import type { Relation } from '../../../engine/plan/relation.ts';
import type { PlanTable } from '../../../engine/plan/stage.ts';
import type { ParquetFile } from '../../../engine/scan/parquet-file.ts';
import { col, compare, int, parquetFile, scan } from './plans.ts';

function measure(relation: Relation, files: readonly (ParquetFile | undefined)[]): ScanWork {
  const table: PlanTable = {
    name: 't',
    columns: [],
    files: files.map((_file, index) => ({ location: `/t/${index}`, identity: { sizeBytes: 5000, version: '1' } })),
  };
  const work = measureScans(relation, [table], (_table, file) => files[file]).get(0);
  if (work === undefined) throw new Error('The scan was not measured.');
  return work;
}

function outline(tasks: ReturnType<typeof cutScan>): readonly string[] {
  return tasks.map((splits) =>
    splits.map(({ file, rows }) => `${file}:${rows ? `${rows.start}-${rows.end}` : 'whole'}`).join(' '),
  );
}

test('tasks read runs of whole row groups, in order, none empty, each row once', () => {
  for (let groups = 1; groups <= 12; groups += 1) {
    for (let wanted = 1; wanted <= 6; wanted += 1) {
      const tasks = cutScan(measure(scan(0, 1), [parquetFile(groups)]), wanted);
      assert.equal(tasks.length, Math.min(groups, wanted), `${groups} row groups for ${wanted}`);
      const rows = tasks.flat().map((split) => split.rows ?? { start: 0, end: groups * 1000 });
      assert.equal(rows.length, tasks.length, 'one run for each task');
      assert.equal(tasks[0]?.[0]?.rows === undefined, tasks.length === 1, 'a whole file is no range of rows');
      assert.deepEqual(
        rows.map((run) => run.start),
        [0, ...rows.slice(0, -1).map((run) => run.end)],
      );
      assert.equal(rows.at(-1)?.end, groups * 1000);
    }
  }
});

test('tasks are balanced by the bytes of the columns that are read', () => {
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
  assert.deepEqual(outline(cutScan(measure(scan(0, 1), [heavy]), 2)), ['0:0-1000', '0:1000-8000']);
});

test('row groups that statistics rule out are not read, and those next to each other are one split', () => {
  const relation = scan(0, 2);
  if (relation.kind !== 'scan') throw new Error('not a scan');
  const filters = [compare(col(0), '>', int(2500))];
  const pruning = [compare(col(1), '<', int(6000))];
  const work = measure({ ...relation, filters, pruning }, [parquetFile(8), parquetFile(1), parquetFile(3, 'ab', 5000)]);
  assert.deepEqual(outline(cutScan(work, 1)), ['0:2000-6000 2:0-1000']);
  assert.equal(work.rows, 5000);
  assert.equal(work.rowGroups, 12);
  // Column b serves only to prune: it is not among the bytes to read unless it is given.
  assert.equal(work.sizeBytes, 5 * 20_000);
  assert.equal(measure({ ...relation, filters, pruning, output: [0] }, [parquetFile(8)]).sizeBytes, 4 * 10_000);
});

test('files of other formats are read whole, and are what such a table is cut into', () => {
  const relation = scan(0, 1);
  const work = measure(relation, [undefined, undefined, undefined]);
  assert.deepEqual(outline(cutScan(work, 2)), ['0:whole', '1:whole 2:whole']);
  assert.equal(work.sizeBytes, 15_000);
});

test('nothing left to read is one task without splits', () => {
  assert.deepEqual(cutScan(measure(scan(0, 1), [parquetFile(0)]), 4), [[]]);
});

test('a scan with a random filter is not cut', () => {
  const relation = scan(0, 1);
  if (relation.kind !== 'scan') throw new Error('not a scan');
  const random = { kind: 'function', name: 'random', inputs: [], type: col(0).type } as const;
  const work = measure({ ...relation, filters: [compare(random, '<', int(1))] }, [parquetFile(8)]);
  assert.equal(cutScan(work, 4).length, 1);
});
