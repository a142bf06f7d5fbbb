import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { coalesce, neededBytes, planReads, without } from '../../../engine/scan/byte-ranges.ts';
import type { ParquetFile } from '../../../engine/scan/parquet-file.ts';
import type { ByteRange } from '../../../engine/store/object-store.ts';

const anyRanges = fc.array(
  fc
    .record({ start: fc.nat(50_000), length: fc.nat(3000) })
    .map(({ start, length }) => ({ start, end: start + length })),
  { maxLength: 30 },
);
const covers = (ranges: readonly ByteRange[], offset: number): boolean =>
  ranges.some(({ start, end }) => start <= offset && offset < end);

test('planReads returns ordered, disjoint reads within the size limit that cover every needed byte and no large gap', () => {
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
  { what: 'returns no reads for no ranges', ranges: [], reads: [] },
  {
    what: 'reads through a gap of at most the limit',
    ranges: [
      { start: 0, end: 10 },
      { start: 60, end: 70 },
    ],
    reads: [{ start: 0, end: 70 }],
  },
  {
    what: 'does not read through a larger gap',
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
    what: 'splits a long range into even reads',
    ranges: [{ start: 100, end: 1200 }],
    reads: [
      { start: 100, end: 650 },
      { start: 650, end: 1200 },
    ],
  },
];

for (const { what, ranges, reads } of readCases) {
  test(`planReads ${what}`, () => assert.deepEqual(planReads(ranges, { gapBytes: 100, maxReadBytes: 1000 }), reads));
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
    { firstRow: 0, rows: 10, chunks: [chunk('a', 4, 1000), { ...chunk('b', 1004, 1000), bloomFilterStart: 7000 }] },
    { firstRow: 10, rows: 20, chunks: [chunk('a', 2004, 1000), { ...chunk('b', 3004, 1000), bloomFilterStart: 8000 }] },
  ],
  footerBytes: 500,
};
const needed = (
  columns: readonly string[],
  rows?: { readonly start: number; readonly end: number },
  layout = file,
  sizeBytes = 10_000,
) => neededBytes(layout, sizeBytes, [{ columns: new Set(columns), ...(rows === undefined ? {} : { rows }) }]);

test('neededBytes returns the chunks of the requested columns and row groups, with some slack', () => {
  assert.deepEqual(needed(['a'], { start: 0, end: 10 }).ranges, [{ start: 4, end: 1132 }]);
  assert.deepEqual(needed(['a', 'b'], { start: 0, end: 10 }).ranges, [{ start: 4, end: 2132 }]);
  assert.deepEqual(needed([]), { ranges: [], bloomFilters: [] });
});

test('neededBytes merges the bytes of overlapping reads', () => {
  const reads = [
    { columns: new Set(['a', 'b']), rows: { start: 0, end: 10 } },
    { columns: new Set(['a']) },
    { columns: new Set(['b']), rows: { start: 10, end: 30 } },
  ];
  assert.deepEqual(neededBytes(file, 10_000, reads).ranges, [{ start: 4, end: 4132 }]);
});

test('neededBytes lists the Bloom filters of a column in every row group', () => {
  assert.deepEqual(needed(['a']).bloomFilters, []);
  assert.deepEqual(needed(['b'], { start: 10, end: 30 }), {
    ranges: [{ start: 3004, end: 4132 }],
    bloomFilters: [7000, 8000],
  });
});

for (const [what, first, second] of [
  ['the data to read', 3500, 8000],
  ['the footer', 7000, 9480],
  ['the end of the file', 7000, 20_000],
  ['another Bloom filter', 7000, 7040],
] as const) {
  test(`neededBytes returns the whole file if a Bloom filter overlaps ${what}`, () => {
    const rowGroups = file.rowGroups.map((group, index) => ({
      ...group,
      chunks: group.chunks.map((each) =>
        each.column === 'b' ? { ...each, bloomFilterStart: index === 0 ? first : second } : each,
      ),
    }));
    assert.deepEqual(needed(['b'], { start: 10, end: 30 }, { ...file, rowGroups }), {
      ranges: [{ start: 0, end: 10_000 }],
      bloomFilters: [],
    });
  });
}

test('neededBytes adds no slack after the end of the data', () => {
  const rowGroups = file.rowGroups.map((group) => ({
    ...group,
    chunks: group.chunks.map(({ column, start, sizeBytes }) => chunk(column, start, sizeBytes)),
  }));
  assert.deepEqual(needed(['b'], { start: 10, end: 30 }, { ...file, rowGroups }, 4504 + 20).ranges, [
    { start: 3004, end: 4024 },
  ]);
});

test('neededBytes throws for rows that split a row group', () => {
  assert.throws(() => needed(['a'], { start: 0, end: 15 }), /split the row group that starts at row 10/);
});

test('without() subtracts a range from other ranges', () => {
  const ranges = [
    { start: 0, end: 10 },
    { start: 20, end: 30 },
    { start: 40, end: 50 },
  ];
  assert.deepEqual(without(ranges, { start: 25, end: 45 }), [
    { start: 0, end: 10 },
    { start: 20, end: 25 },
    { start: 45, end: 50 },
  ]);
  assert.deepEqual(without([{ start: 0, end: 10 }], { start: 3, end: 5 }), [
    { start: 0, end: 3 },
    { start: 5, end: 10 },
  ]);
});

test('coalesce() joins overlapping and adjacent ranges', () => {
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
