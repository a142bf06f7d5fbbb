import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { test } from 'node:test';
import { difference } from '../../scripts/fuzz/answers.ts';
import { choicesFrom } from '../../scripts/fuzz/choices.ts';
import { generateQuery } from '../../scripts/fuzz/generate.ts';
import { querySql } from '../../scripts/fuzz/query.ts';
import { fuzz } from '../../scripts/fuzz/run.ts';
import type { Table } from '../../scripts/fuzz/tables.ts';

const { openEmbedded }: typeof import('../../functions/embedded/session.ts') = await import(
  new URL('../../dist/session.js', import.meta.url).href
);

/** The number of random queries, which take a few seconds. `npm run fuzz` runs more. */
const QUERIES = 40;

test('returns the same rows as plain DuckDB for random queries in three plan shapes', async (t) => {
  const seed = randomInt(2 ** 31);
  const say = (line: string): void => t.diagnostic(line);
  say(`seed ${seed}: npm run fuzz -- --seed ${seed} --queries ${QUERIES}`);
  const { different, queries } = await fuzz({ seed, queries: QUERIES, open: openEmbedded, say });
  assert.equal(queries, QUERIES);
  assert.deepEqual(different, [], `seed ${seed}`);
});

test('makes the same choices with the same seed, and different choices with another seed', () => {
  const draw = (seed: number): number[] => {
    const choices = choicesFrom(seed);
    return Array.from({ length: 50 }, () => choices.below(1000));
  };
  assert.deepEqual(draw(7), draw(7));
  assert.notDeepEqual(draw(7), draw(8));
});

/** A table with one column of each kind that queries combine. */
const TABLE: Table = {
  name: 'p1',
  columns: [
    { name: 'id', kind: 'int' },
    { name: 'k', kind: 'int' },
    { name: 's', kind: 'text' },
    { name: 'b', kind: 'bool' },
    { name: 'l', kind: 'list' },
    { name: 'dt', kind: 'date' },
  ],
  isLarge: false,
  isTiny: false,
  reader: 'p1',
  isCopied: false,
};

for (const construct of [
  /\[t\d+\.s COLLATE \w+/,
  /\{a: t\d+\.s COLLATE \w+/,
  /ORDER BY t\d+\.\w+[A-Z ]* RANGE BETWEEN \d+ PRECEDING/,
  /RANGE BETWEEN .*INTERVAL 1 MONTH FOLLOWING/,
  /WITH RECURSIVE .* UNION ALL SELECT/,
  /LEFT JOIN unnest\(t\d+\.l\)/,
  /WITH ORDINALITY/,
  /LIMIT NULL/,
  /LIMIT 2 \+ 3/,
  /OFFSET nullif/,
  /SELECT DISTINCT .* ORDER BY c\d IS NULL/,
  /alias\(/,
  /BETWEEN \[1\] AND/,
]) {
  test(`generates queries with ${construct.source}`, () => {
    const hasOne = Array.from({ length: 4000 }, (_, seed) => seed).some((seed) =>
      construct.test(querySql(generateQuery(choicesFrom(seed), [TABLE]))),
    );
    assert.ok(hasOne);
  });
}

for (const [name, left, right, comparison, isSame] of [
  [
    'compares the order of rows if the query defines it',
    [['1'], ['2']],
    [['2'], ['1']],
    { isOrdered: true, folds: false },
    false,
  ],
  [
    'ignores the order of rows if the query does not define it',
    [['1'], ['2']],
    [['2'], ['1']],
    { isOrdered: false, folds: false },
    true,
  ],
  [
    'compares how often a row occurs',
    [['1'], ['1'], ['2']],
    [['1'], ['2'], ['2']],
    { isOrdered: false, folds: false },
    false,
  ],
  ['distinguishes NULL from empty text', [[null]], [['']], { isOrdered: false, folds: false }, false],
  ['distinguishes upper case from lower case', [['a']], [['A']], { isOrdered: false, folds: false }, false],
  ['ignores case and accents if a collation does', [['a']], [['\u00c1']], { isOrdered: false, folds: true }, true],
] as const) {
  test(name, () => {
    const answer = (rows: readonly (readonly (string | null)[])[]) =>
      ({ kind: 'rows', columns: ['c VARCHAR'], rows }) as const;
    assert.equal(difference(answer(left), answer(right), comparison) === undefined, isSame);
  });
}
