import assert from 'node:assert/strict';
import test from 'node:test';
import type { ScanWork } from '../../../../coordinator/planner/fanout/measure-scans.ts';
import { singleTaskReason } from '../../../../coordinator/planner/fanout/single-task-reason.ts';
import type { Relation, ScanFormat } from '../../../../engine/plan/relation.ts';
import { join, scan } from '../plans.ts';

const FANOUT = { scanTasks: 4, bytesPerScanTask: 1000, partitions: 4 };
const CSV: ScanFormat = {
  kind: 'csv',
  options: { delimiter: ',', quote: '"', escape: '"', header: true, nullText: '' },
};
const JSON_LINES: ScanFormat = { kind: 'json', layout: 'newline-delimited' };
const PARQUET: ScanFormat = { kind: 'parquet' };

function scanOf(table: number, format: ScanFormat): Relation {
  const relation = scan(table, 1);
  return relation.kind === 'scan' ? { ...relation, format } : relation;
}

function workOf(table: number, pieces: number, rowGroups: number): ScanWork {
  const each = Array.from({ length: pieces }, (_none, file) => ({ file, sizeBytes: 100 }));
  return { table, pieces: each, rowGroups, sizeBytes: 100 * pieces, rows: 1, indivisible: false };
}

function reason(root: Relation, ...works: readonly ScanWork[]): string {
  const tables = ['a', 'b'].map((name) => ({ name, files: [], columns: [] }));
  return singleTaskReason(root, tables, new Map(works.map((work) => [work.table, work])), FANOUT);
}

const cases: readonly (readonly [string, ScanFormat, number, number])[] = [
  ['the input is a single CSV file, which cannot be split', CSV, 1, 1],
  ['the input is a single JSON file, which cannot be split', JSON_LINES, 1, 1],
  ['the input is a single Parquet row group, which cannot be split', PARQUET, 1, 1],
  ['the input has a single Parquet row group left after pruning, which cannot be split', PARQUET, 1, 9],
  ['the input has no rows to read', PARQUET, 0, 9],
  ['the input is too small to split', PARQUET, 3, 9],
];
for (const [expected, format, pieces, rowGroups] of cases) {
  test(`reports that ${expected}`, () =>
    assert.equal(reason(scanOf(0, format), workOf(0, pieces, rowGroups)), expected));
}

test('reports a reason for each of several inputs', () => {
  const root = join('inner', scanOf(0, CSV), scanOf(1, PARQUET), [[0, 0]]);
  assert.equal(
    reason(root, workOf(0, 1, 1), workOf(1, 1, 1)),
    'no input can be split: a is a single CSV file, which cannot be split; b is a single Parquet row group, which cannot be split',
  );
});

test('reports that a query reads no files', () => {
  assert.equal(reason({ kind: 'values', rows: [], types: [] }), 'it reads no files');
});
