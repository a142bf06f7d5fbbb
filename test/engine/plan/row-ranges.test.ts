import assert from 'node:assert/strict';
import test from 'node:test';
import { joinRanges, type RowRange } from '../../../engine/plan/row-ranges.ts';

interface Part {
  readonly file: string;
  readonly rows?: RowRange;
}

const part = (file: string, start: number, end: number): Part => ({ file, rows: { start, end } });
const whole = (file: string): Part => ({ file });

const cases: readonly { readonly title: string; readonly parts: readonly Part[]; readonly joined: readonly Part[] }[] =
  [
    {
      title: 'joins adjacent parts of a file',
      parts: [part('a', 0, 5), part('a', 5, 9), part('a', 9, 10)],
      joined: [part('a', 0, 10)],
    },
    {
      title: 'does not join parts with a gap between them or parts of different files',
      parts: [part('a', 0, 5), part('a', 6, 9), part('b', 9, 10)],
      joined: [part('a', 0, 5), part('a', 6, 9), part('b', 9, 10)],
    },
    { title: 'does not join whole files', parts: [whole('a'), whole('a')], joined: [whole('a'), whole('a')] },
  ];

for (const { title, parts, joined } of cases) {
  test(title, () => {
    const join = ({ file }: Part, _second: Part, rows: RowRange): Part => ({ file, rows });
    assert.deepEqual(joinRanges(parts, { fileOf: ({ file }) => file, join }), joined);
  });
}
