import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { renderFragment } from '../../../../engine/duckdb/render/relations.ts';
import { inputsOf, type Relation } from '../../../../engine/plan/relation.ts';
import { quoteLiteral } from '../../../../engine/plan/types.ts';
import { generateTpch } from '../../../../scripts/tpch/generate.ts';
import { answerTo, contextOf, difference, openSession, planOf, type Session } from './session.ts';

const queries = new URL('../../../tpch/queries/', import.meta.url);
const names = readdirSync(queries)
  .filter((name) => name.endsWith('.sql'))
  .sort();
const textOf = (name: string): string => readFileSync(new URL(name, queries), 'utf8');

const ROW_GROUP = 2048;

let session: Session;
let directory: string;
before(async () => {
  directory = mkdtempSync(join(tmpdir(), 'volley-tpch-'));
  const tables: string[] = [];
  await generateTpch({ scale: 0.01, directory, rowGroupSize: ROW_GROUP }, (name) => tables.push(name));
  session = await openSession();
  for (const name of tables) {
    const file = quoteLiteral(join(directory, `${name}.parquet`));
    await session.binder.run(`CREATE VIEW ${name} AS FROM read_parquet(${file})`);
  }
});
after(() => rmSync(directory, { recursive: true, force: true }));

test('TPC-H has 22 queries', () => assert.equal(names.length, 22));

describe('SQL rendered from TPC-H plans', () => {
  for (const name of names) {
    test(`returns the same rows as DuckDB for ${name}`, async () => {
      const sql = textOf(name);
      const plan = await planOf(session, sql);
      const direct = await answerTo(session.binder, sql);
      const whole = await answerTo(session.executor, renderFragment(plan.root, contextOf(plan)));
      assert.equal(difference(direct, whole, false), undefined);
    });
  }

  test('returns the same rows as DuckDB if files are read in runs of row groups', async () => {
    const sql = textOf('q03.sql');
    const plan = await planOf(session, sql);
    const direct = await answerTo(session.binder, sql);
    const runs = [0, 1, 3, 30].map((group) => group * ROW_GROUP);
    const context = contextOf(plan, (file) =>
      runs.map((start, index) => ({ ...file, rows: { start, end: runs[index + 1] ?? Number.MAX_SAFE_INTEGER } })),
    );
    const cut = await answerTo(session.executor, renderFragment(plan.root, context));
    assert.equal(difference(direct, cut, false), undefined);
  });

  test('comes from plans in which every scan has a row estimate', async () => {
    for (const name of names) {
      const { root } = await planOf(session, textOf(name));
      for (const relation of relationsOf(root)) {
        if (relation.kind === 'scan')
          assert.ok((relation.estimatedRows ?? 0) > 0, `${name}: ${JSON.stringify(relation.columns)}`);
      }
    }
  });
});

function relationsOf(relation: Relation): readonly Relation[] {
  return [relation, ...inputsOf(relation).flatMap(relationsOf)];
}
