import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { coalesce, neededRanges, planReads } from '../../engine/scan/byte-ranges.ts';
import type { ParquetFile } from '../../engine/scan/parquet-file.ts';
import type { ByteRange } from '../../engine/store/object-store.ts';

const anyRanges = fc.array(
  fc
    .record({ start: fc.nat(50_000), length: fc.nat(3000) })
    .map(({ start, length }) => ({ start, end: start + length })),
  { maxLength: 30 },
);
const covers = (ranges: readonly ByteRange[], offset: number): boolean =>
  ranges.some(({ start, end }) => start <= offset && offset < end);

test('reads cover every byte that is needed, in order, without overlap, none over the limit or needless', () => {
  const shape = { gapBytes: 500, maxReadBytes: 1600 };
  fc.assert(
    fc.property(anyRanges, (ranges) => {
      const reads = planReads(ranges, shape);
      for (const { start, end } of ranges) {
        for (let offset = start; offset < end; offset += 97)
          assert.ok(covers(reads, offset), `byte ${offset} is not read`);
      }
      reads.forEach((read, index) => {
        assert.ok(read.end > read.start && read.end - read.start <= shape.maxReadBytes);
        assert.ok(read.start >= (reads[index - 1]?.end ?? 0));
        assert.ok(
          ranges.some((range) => range.start <= read.end + shape.gapBytes && range.end >= read.start - shape.gapBytes),
        );
      });
    }),
  );
});

const readCases: readonly {
  readonly what: string;
  readonly ranges: readonly ByteRange[];
  readonly reads: readonly ByteRange[];
}[] = [
  { what: 'nothing', ranges: [], reads: [] },
  {
    what: 'a gap under the limit is read through',
    ranges: [
      { start: 0, end: 10 },
      { start: 60, end: 70 },
    ],
    reads: [{ start: 0, end: 70 }],
  },
  {
    what: 'a gap over it is not',
    ranges: [
      { start: 0, end: 10 },
      { start: 111, end: 120 },
    ],
    reads: [
      { start: 0, end: 10 },
      { start: 111, end: 120 },
    ],
  },
  {
    what: 'a long run is cut into even reads',
    ranges: [{ start: 100, end: 1200 }],
    reads: [
      { start: 100, end: 650 },
      { start: 650, end: 1200 },
    ],
  },
];

for (const { what, ranges, reads } of readCases) {
  test(`planReads: ${what}`, () => assert.deepEqual(planReads(ranges, { gapBytes: 100, maxReadBytes: 1000 }), reads));
}

const chunk = (
  column: string,
  start: number,
  sizeBytes: number,
): ParquetFile['rowGroups'][number]['chunks'][number] => ({
  column,
  start,
  sizeBytes,
  statistics: {},
});

const file: ParquetFile = {
  rows: 30,
  rowGroups: [
    { firstRow: 0, rows: 10, chunks: [chunk('a', 4, 1000), chunk('b', 1004, 1000)] },
    {
      firstRow: 10,
      rows: 20,
      chunks: [chunk('a', 2004, 1000), { ...chunk('b', 3004, 1000), bloomFilter: { start: 8000, sizeBytes: 100 } }],
    },
  ],
  footerBytes: 500,
};

test('only chunks of the columns and row groups that are read are needed, with some slack behind each', () => {
  assert.deepEqual(neededRanges(file, 10_000, new Set(['a']), { start: 0, end: 10 }), [{ start: 4, end: 1132 }]);
  assert.deepEqual(neededRanges(file, 10_000, new Set(['a', 'b']), { start: 0, end: 10 }), [{ start: 4, end: 2132 }]);
  assert.deepEqual(neededRanges(file, 10_000, new Set([])), []);
});

test('a Bloom filter comes with its chunk', () => {
  assert.deepEqual(neededRanges(file, 10_000, new Set(['b']), { start: 10, end: 30 }), [
    { start: 3004, end: 4132 },
    { start: 8000, end: 8100 },
  ]);
});

test('nothing behind the data is needed', () => {
  assert.deepEqual(neededRanges(file, 4504 + 20, new Set(['b']), { start: 10, end: 30 }), [{ start: 3004, end: 4024 }]);
});

test('rows that cut a row group are a defect', () => {
  assert.throws(
    () => neededRanges(file, 10_000, new Set(['a']), { start: 0, end: 15 }),
    /cut the row group that starts at 10/,
  );
});

test('coalesce joins overlapping and touching ranges', () => {
  assert.deepEqual(
    coalesce(
      [
        { start: 5, end: 9 },
        { start: 0, end: 5 },
        { start: 7, end: 8 },
        { start: 20, end: 20 },
      ],
      0,
    ),
    [{ start: 0, end: 9 }],
  );
});
