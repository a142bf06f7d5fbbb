import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type DistributeSettings, distribute } from '../../../coordinator/planner/distribute.ts';
import { explain } from '../../../coordinator/planner/explain.ts';
import type { ParquetFile } from '../../../engine/scan/parquet-file.ts';
import { answerTo, difference, openSession, planOf, type Session } from '../../engine/duckdb/plan/session.ts';
import { type EdgeCaseData, writeEdgeCaseData } from './edge-case-data.ts';
import { layoutOf, readLayouts } from './layouts.ts';
import { LAPTOP } from './plans.ts';
import { runDistributed } from './run-distributed.ts';

const SHAPES: Readonly<Record<string, DistributeSettings>> = {
  default: { fanout: 'auto', broadcastLimitBytes: 1e6 },
  'fanout=4': { fanout: 4, broadcastLimitBytes: 1e6 },
  'fanout=4 broadcast_limit=0': { fanout: 4, broadcastLimitBytes: 0 },
  'fanout=3 broadcast_limit=500': { fanout: 3, broadcastLimitBytes: 500 },
};

/** Statements to compare with plain DuckDB. The order of the rows counts only if a statement ends with ORDER BY. */
const CASES: Readonly<Record<string, readonly string[]>> = {
  'aggregates without groups': [
    'SELECT count(*), count(d), sum(i), min(g), max(f), avg(d), avg(i), avg(f) FROM x',
    'SELECT count(*), count(d), sum(i), min(g), avg(d), bool_and(i > 0), first(g), any_value(g) FROM nothing',
    "SELECT count(*), sum(d), avg(n) FROM x WHERE g = 'no such group'",
    'SELECT sum(d) FILTER (WHERE bo), count(*) FILTER (WHERE i > 1000), avg(d) FILTER (WHERE i < 3) FROM x',
    'SELECT bool_and(bo), bool_or(bo), bit_and(i), bit_or(i), bit_xor(i), product(1 + i / 1e6) FROM x',
    'SELECT avg(wide), sum(wide), avg(wide::DECIMAL(38,12)), avg(d::DECIMAL(4,0)), avg(i::HUGEINT) FROM x',
    'SELECT any_value(l) IS NOT NULL, first(i) FILTER (WHERE i = 398), last(i) FILTER (WHERE i = 3) FROM x',
    'SELECT count(DISTINCT g), sum(DISTINCT n), avg(DISTINCT d), min(DISTINCT i) FROM x',
    'SELECT count(DISTINCT n), sum(DISTINCT n), avg(DISTINCT n), count(*), sum(i), max(DISTINCT d) FROM x',
    'SELECT count(DISTINCT n) FILTER (WHERE i > 100), count(DISTINCT n) FROM x',
    'SELECT count(DISTINCT f), count(DISTINCT (g, bo)) FROM x',
    'SELECT count(DISTINCT n) FROM nothing',
    'SELECT stddev(d), var_pop(i), median(d), quantile_cont(d, 0.25), mode(bo), corr(i, n) FROM x',
    "SELECT string_agg(g, ',' ORDER BY i), list(i ORDER BY i DESC) FROM x WHERE i < 30",
    'SELECT arg_min(g, i), arg_max(i, d), max(i, 3) FROM x WHERE d IS NOT NULL AND i <> 0',
    'SELECT 1 FROM x HAVING count(*) > 10',
    'SELECT approx_count_distinct(i) > 100 FROM x',
  ],
  'grouped aggregates': [
    'SELECT g, count(*), count(d), sum(d), avg(d), avg(i), min(dt), max(ts) FROM x GROUP BY g',
    'SELECT g, bo, sum(i), avg(wide) FROM x GROUP BY ALL',
    'SELECT f, count(*) FROM x GROUP BY f',
    'SELECT i % 10, sum(n) FROM x GROUP BY 1',
    'SELECT g, count(DISTINCT n), sum(DISTINCT d), count(*) FROM x GROUP BY g',
    "SELECT g, string_agg(i::VARCHAR, '-' ORDER BY i), median(d), stddev(i) FROM x GROUP BY g",
    'SELECT g, count(*) FROM nothing GROUP BY g',
    'SELECT g, sum(s) FROM (SELECT g, n, sum(i) AS s FROM x GROUP BY g, n) GROUP BY g',
    'SELECT n, count(*) FROM (SELECT g, n FROM x GROUP BY g, n) GROUP BY n',
    'SELECT g, sum(d) FROM x GROUP BY g HAVING sum(d) > 0 AND count(*) > 3',
    'SELECT l, count(*) FROM x GROUP BY l',
    'SELECT g FROM x GROUP BY g, n',
    'SELECT dt, first(g) IS NULL OR true, avg(i) FILTER (WHERE bo) FROM x GROUP BY dt',
    "SELECT date_trunc('month', dt) AS m, extract(year FROM ts), count(*) FROM x GROUP BY ALL",
  ],
  'grouping sets': [
    'SELECT g, bo, sum(i), avg(d), count(*) FROM x GROUP BY ROLLUP (g, bo)',
    'SELECT g, bo, grouping(g), grouping(bo), grouping(g, bo), grouping(bo, g), sum(i) FROM x GROUP BY CUBE (g, bo)',
    'SELECT g, n, bo, count(*) FROM x GROUP BY GROUPING SETS ((g, n), (g, bo), (g))',
    'SELECT g, n, count(DISTINCT i) FROM x GROUP BY GROUPING SETS ((g, n), (g))',
    'SELECT g, n, median(i) FROM x GROUP BY GROUPING SETS ((g), (n), ())',
    'SELECT g, sum(i) FROM x GROUP BY GROUPING SETS ((g), (g), ())',
    'SELECT g, sum(d), count(*) FROM nothing GROUP BY ROLLUP (g)',
    'SELECT sum(d), count(*) FROM nothing GROUP BY GROUPING SETS ((), ())',
    "SELECT g, count(*) FROM x WHERE g = 'none' GROUP BY CUBE (g)",
  ],
  joins: [
    'SELECT x.i, y.s FROM x JOIN y ON x.i = y.i',
    'SELECT x.i, y.s FROM x LEFT JOIN y ON x.n = y.n AND x.g = y.g',
    'SELECT x.i, y.s FROM x RIGHT JOIN y ON x.n = y.n AND x.g = y.g AND x.i < 50',
    'SELECT x.i, y.s FROM x FULL JOIN y ON x.i = y.i + 30',
    'SELECT x.i, y.s FROM x FULL JOIN y ON x.n = y.n AND x.g = y.g',
    'SELECT x.g, y.g, count(*) FROM x FULL JOIN y ON x.i = y.i GROUP BY ALL',
    'SELECT y.i, count(*), count(x.i) FROM x RIGHT JOIN y ON x.i = y.i GROUP BY y.i',
    'SELECT x.i, count(*) FROM x LEFT JOIN y ON x.i = y.i GROUP BY x.i',
    'SELECT y.i, count(*) FROM x LEFT JOIN y ON x.i = y.i GROUP BY y.i',
    'SELECT x.f, count(*) FROM x JOIN y ON x.f = y.f GROUP BY x.f',
    'SELECT x.g, count(*) FROM x JOIN y ON x.g IS NOT DISTINCT FROM y.g GROUP BY ALL',
    'SELECT x.i, y.i FROM x JOIN y ON x.i < y.i AND x.i > y.i - 3',
    'SELECT x.i, y.s FROM x LEFT JOIN y ON x.i < y.i - 55',
    'SELECT x.i, y.s FROM x JOIN y ON x.d = y.d',
    'SELECT x.i, y.s FROM x JOIN y ON x.i + 1 = y.n AND y.s <> x.g',
    'SELECT x.i, y.s FROM x LEFT JOIN y ON x.i = y.i AND x.d > y.d',
    'SELECT a.i, b.i FROM x a JOIN x b ON a.n = b.n AND a.i < b.i',
    'SELECT x.i, one.n FROM x, one WHERE x.i < one.i',
    'SELECT x.i, nothing.g FROM x LEFT JOIN nothing ON x.i = nothing.i',
    'SELECT x.i, nothing.g FROM x RIGHT JOIN nothing ON x.i = nothing.i',
    'SELECT x.i FROM x JOIN nothing ON x.i = nothing.i',
    'SELECT x.i, y.s, nulls.k FROM x JOIN y ON x.i = y.i JOIN nulls ON nulls.i = x.i',
    'SELECT x.i, y.s, nulls.k FROM x LEFT JOIN y ON x.i = y.i LEFT JOIN nulls ON nulls.i = y.i',
    'SELECT count(*) FROM x, y',
    'SELECT x.i, z.s FROM x JOIN (SELECT n, max(s) AS s FROM y GROUP BY n) z ON x.n = z.n',
    'SELECT * FROM (SELECT n, count(*) c FROM x GROUP BY n) a FULL JOIN (SELECT n, sum(d) s FROM y GROUP BY n) b USING (n)',
    'SELECT x.i, y.s FROM x ASOF JOIN (SELECT g, i, min(s) AS s FROM y GROUP BY ALL) y ON x.g = y.g AND x.i >= y.i',
    'SELECT a.i, b.i FROM (SELECT i FROM x ORDER BY i LIMIT 9) a POSITIONAL JOIN (SELECT i FROM y ORDER BY s LIMIT 5) b',
  ],
  subqueries: [
    'SELECT i FROM x WHERE i IN (SELECT i FROM y)',
    'SELECT i FROM x WHERE i NOT IN (SELECT i FROM y)',
    'SELECT i FROM x WHERE i NOT IN (SELECT i FROM nulls)',
    'SELECT i FROM x WHERE n NOT IN (SELECT n FROM y WHERE n < 5)',
    'SELECT i FROM x WHERE i NOT IN (SELECT i FROM nothing)',
    'SELECT i, i IN (SELECT i FROM nulls) FROM x',
    'SELECT i, n IN (SELECT n FROM y WHERE y.g = x.g) FROM x',
    'SELECT i, EXISTS (SELECT 1 FROM y WHERE y.i = x.i AND y.d > x.d) FROM x',
    'SELECT i FROM x WHERE EXISTS (SELECT 1 FROM y WHERE y.g = x.g) AND NOT EXISTS (SELECT 1 FROM nulls WHERE nulls.i = x.n)',
    'SELECT i FROM x WHERE i > ALL (SELECT n FROM y)',
    'SELECT i FROM x WHERE i < ANY (SELECT n FROM y WHERE n IS NOT NULL)',
    'SELECT i FROM x WHERE d = (SELECT max(d) FROM x)',
    'SELECT i, (SELECT sum(d) FROM y WHERE y.i = x.i) FROM x',
    'SELECT i, (SELECT count(*) FROM y WHERE y.n = x.n AND y.i > x.i) FROM x',
    "SELECT i, (SELECT s FROM y WHERE y.s = 's' || x.i) FROM x",
    'SELECT i FROM x WHERE d > (SELECT avg(d) FROM x z WHERE z.g = x.g)',
    'SELECT (SELECT count(*) FROM x), (SELECT max(i) FROM y), (SELECT min(i) FROM nothing)',
    'SELECT i FROM x WHERE (i, n) IN (SELECT i, n FROM y)',
    "SELECT i FROM x WHERE g IN ('g1', 'g3', 'zz') AND n IN (1,2,3,4,5,6,7,8,9,10,11,12)",
    'SELECT i, (SELECT n FROM one) FROM x WHERE i < 10',
  ],
  'sorts and limits': [
    'SELECT i, d FROM x ORDER BY d DESC NULLS LAST, i LIMIT 7',
    'SELECT i, d FROM x ORDER BY d NULLS FIRST, i LIMIT 5 OFFSET 3',
    'SELECT i FROM x ORDER BY i DESC',
    'SELECT i FROM x ORDER BY i OFFSET 390',
    'SELECT i FROM x ORDER BY i LIMIT 10 OFFSET 398',
    'SELECT count(*) FROM (SELECT i FROM x LIMIT 17 OFFSET 5)',
    'SELECT count(*) FROM (SELECT i FROM x LIMIT 0)',
    'SELECT sum(i) FROM (SELECT i FROM x ORDER BY f, i LIMIT 50)',
    'SELECT g, i FROM (SELECT g, i FROM x ORDER BY i LIMIT 20) ORDER BY i',
    'SELECT x.i FROM x JOIN (SELECT i FROM y ORDER BY s LIMIT 10) t ON x.i = t.i',
    'SELECT g, sum(i) FROM x GROUP BY g ORDER BY 2 DESC, g LIMIT 3',
    'SELECT i, -d AS e FROM x ORDER BY e, i LIMIT 4',
    'SELECT i FROM x ORDER BY i LIMIT (SELECT max(n) FROM x WHERE false) %',
    'SELECT i FROM x ORDER BY i LIMIT (SELECT max(i) FROM nothing) OFFSET (SELECT max(n) FROM one)',
    'SELECT i FROM x ORDER BY i LIMIT (SELECT max(n) FROM one) OFFSET (SELECT max(i) FROM nothing)',
    'SELECT i FROM x ORDER BY i LIMIT (SELECT 33.4 FROM one) % OFFSET 3',
    'SELECT i FROM x ORDER BY i LIMIT NULL OFFSET NULL',
    'SELECT i FROM nothing ORDER BY i LIMIT (SELECT 101 FROM one) %',
  ],
  distinct: [
    'SELECT DISTINCT g FROM x',
    'SELECT DISTINCT g, n FROM x',
    'SELECT DISTINCT f FROM x',
    'SELECT DISTINCT ON (g) g, i FROM x ORDER BY g, i DESC',
    'SELECT DISTINCT ON (n % 3) n % 3, i, g FROM x ORDER BY n % 3, i',
    'SELECT count(*) FROM (SELECT DISTINCT g, bo FROM x)',
    'SELECT DISTINCT l FROM x',
    'SELECT DISTINCT g FROM x ORDER BY g, i',
    'SELECT DISTINCT g FROM x ORDER BY g, i DESC LIMIT 3',
    'SELECT DISTINCT n % 3 AS m FROM x ORDER BY m, n, i',
    'SELECT count(*) FROM (SELECT DISTINCT upper(g) COLLATE NOCASE FROM x UNION ALL SELECT g FROM x)',
    'SELECT DISTINCT lower(c) FROM (SELECT DISTINCT c COLLATE NOCASE AS c FROM (SELECT g AS c FROM x UNION ALL SELECT upper(g) FROM x))',
    'SELECT lower(c) FROM (SELECT g COLLATE NOCASE AS c FROM x UNION SELECT upper(g) FROM y)',
    'SELECT count(*) FROM (SELECT DISTINCT g COLLATE NOCASE, n FROM x)',
    'SELECT lower(c) FROM (SELECT upper(g) COLLATE NOCASE AS c FROM x EXCEPT SELECT g FROM y)',
    'SELECT lower(c) FROM (SELECT upper(g) COLLATE NOCASE AS c FROM x INTERSECT SELECT g FROM y)',
    'SELECT lower(c), n FROM (SELECT upper(g) COLLATE NOCASE AS c, n FROM x INTERSECT SELECT g, n FROM y)',
    'SELECT lower(c) FROM (SELECT upper(g) COLLATE NOCASE AS c FROM x EXCEPT ALL SELECT g FROM y)',
    'SELECT lower(c) FROM (SELECT upper(g) COLLATE NOCASE AS c FROM x INTERSECT ALL SELECT g FROM y)',
    'SELECT lower(c) FROM (SELECT g COLLATE NOCASE AS c FROM x EXCEPT SELECT upper(g) FROM y)',
    'SELECT lower(c) FROM (SELECT upper(g) AS c FROM x EXCEPT SELECT g COLLATE NOCASE FROM y)',
    'SELECT lower(c) FROM (SELECT upper(g) COLLATE NOCASE.NOACCENT AS c FROM x INTERSECT SELECT g FROM y WHERE i > 3)',
  ],
  windows: [
    'SELECT i, row_number() OVER (PARTITION BY g ORDER BY i), sum(d) OVER (PARTITION BY g ORDER BY i) FROM x',
    'SELECT i, sum(i) OVER (PARTITION BY g, bo ORDER BY i), count(*) OVER (PARTITION BY g) FROM x',
    'SELECT i, rank() OVER (ORDER BY d, i) FROM x',
    'SELECT i, lag(i, 2, -1) OVER (PARTITION BY n ORDER BY i), sum(i) OVER (PARTITION BY bo) FROM x',
    'SELECT i, avg(d) OVER (PARTITION BY g ORDER BY i ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) FROM x',
    'SELECT * FROM (SELECT i, g, row_number() OVER (PARTITION BY g ORDER BY i) AS r FROM x) WHERE r <= 2',
    'SELECT g, s, rank() OVER (ORDER BY s) FROM (SELECT g, sum(i) AS s FROM x GROUP BY g)',
    'SELECT i, sum(i) OVER (PARTITION BY i % 4 ORDER BY i) FROM x QUALIFY row_number() OVER (PARTITION BY i % 4 ORDER BY i) < 5',
    'SELECT g, n, sum(i), sum(sum(i)) OVER (PARTITION BY g) FROM x GROUP BY g, n',
  ],
  'set operations': [
    'SELECT i FROM x UNION ALL SELECT i FROM y',
    'SELECT i FROM x UNION SELECT i FROM y',
    'SELECT g FROM x EXCEPT SELECT g FROM y',
    'SELECT n FROM x INTERSECT SELECT n FROM y',
    'SELECT g FROM x EXCEPT ALL SELECT g FROM y',
    'SELECT g FROM x INTERSECT ALL SELECT g FROM y',
    "SELECT i, g FROM x UNION ALL SELECT 1, 'one' UNION ALL SELECT max(i), 'max' FROM y",
    'SELECT g, count(*) FROM (SELECT g FROM x UNION ALL SELECT g FROM y UNION ALL SELECT g FROM nothing) GROUP BY g',
    'SELECT g, sum(i) FROM x GROUP BY g UNION ALL SELECT g, sum(i) FROM y GROUP BY g',
    'SELECT i, n FROM one UNION ALL SELECT i, n FROM x',
    'SELECT count(*) FROM (SELECT i FROM one UNION ALL SELECT i FROM one UNION ALL SELECT i FROM y WHERE i < 3)',
    'SELECT f FROM x UNION SELECT f FROM y',
    '(SELECT i FROM x ORDER BY i LIMIT 3) UNION ALL (SELECT i FROM y ORDER BY i DESC LIMIT 3)',
    'SELECT * FROM ((SELECT i FROM x) UNION ALL (SELECT i FROM y)) t JOIN nulls ON nulls.i = t.i',
    'SELECT i FROM x EXCEPT SELECT i FROM nothing',
  ],
  'shared definitions': [
    'WITH c AS MATERIALIZED (SELECT g, sum(i) AS s FROM x GROUP BY g) SELECT a.g, b.s FROM c a JOIN c b ON a.s >= b.s',
    'WITH c AS MATERIALIZED (SELECT i, n FROM x WHERE bo) SELECT a.i, b.i FROM c a JOIN c b ON a.n = b.n',
    'WITH c AS MATERIALIZED (SELECT i, n, g FROM x) SELECT a.g, count(*) FROM c a JOIN c b ON a.i = b.i GROUP BY a.g',
    'WITH c AS MATERIALIZED (SELECT i, n FROM x) SELECT count(*) FROM c WHERE n > (SELECT avg(n) FROM c)',
    'WITH c AS MATERIALIZED (SELECT i FROM x), e AS MATERIALIZED (SELECT i + 1 AS i FROM c) SELECT (SELECT count(*) FROM c), (SELECT sum(i) FROM e), (SELECT max(i) FROM e)',
    'WITH c AS MATERIALIZED (SELECT i FROM x) SELECT i FROM c UNION ALL SELECT i FROM c',
    'WITH c AS MATERIALIZED (SELECT i, g FROM x) SELECT g FROM c EXCEPT SELECT g FROM c WHERE i > 3',
    'WITH c AS MATERIALIZED (SELECT i, random() AS r FROM x) SELECT count(*) FROM c a JOIN c b ON a.i = b.i WHERE a.r = b.r',
    'WITH c AS MATERIALIZED (SELECT i, uuid() AS u FROM x WHERE i < 50) SELECT count(DISTINCT u), count(*) FROM (SELECT u FROM c UNION ALL SELECT u FROM c)',
    'WITH c AS MATERIALIZED (SELECT i FROM x ORDER BY i LIMIT 5) SELECT a.i, b.i FROM c a, c b',
    'WITH c AS MATERIALIZED (SELECT i, g FROM nothing) SELECT * FROM c a FULL JOIN c b ON a.i = b.i',
    'WITH RECURSIVE r AS (SELECT 0 AS k UNION ALL SELECT k + 1 FROM r WHERE k < 20) SELECT x.i, k FROM r JOIN x ON x.i = k',
    'WITH RECURSIVE r AS (SELECT min(i) AS k FROM x UNION ALL SELECT k + (SELECT max(n) FROM one) FROM r WHERE k < 20) SELECT k FROM r',
  ],
  'unnest and table functions': [
    'SELECT i, unnest(l) FROM x',
    'SELECT g, count(*) FROM (SELECT g, unnest(l) AS e FROM x) GROUP BY g',
    'SELECT x.i, r.r FROM x JOIN range(10) r(r) ON x.i = r.r',
    'SELECT i, e FROM x, unnest(l) t(e) WHERE e % 2 = 0',
    'SELECT i, k FROM x, range(i % 3) t(k)',
    'SELECT i, (SELECT sum(e) FROM unnest(l) t(e)) FROM x',
    'SELECT 1, 2 UNION ALL SELECT 3, 4',
    'SELECT count(*) FROM (SELECT random() AS r FROM x) WHERE r BETWEEN 0 AND 1',
    'SELECT count(*) FROM x USING SAMPLE 10 ROWS',
  ],
};

let session: Session;
let data: EdgeCaseData;
let layouts: ReadonlyMap<string, ParquetFile>;

before(async () => {
  session = await openSession();
  data = await writeEdgeCaseData(session.binder);
  layouts = await readLayouts(data.folder);
});

after(() => data.remove());

for (const [group, statements] of Object.entries(CASES)) {
  test(`returns the same rows as plain DuckDB in every plan shape: ${group}`, async (context) => {
    for (const sql of statements) {
      await context.test(sql, () => checkStatement(sql));
    }
  });
}

async function checkStatement(sql: string): Promise<void> {
  const plan = await planOf(session, sql);
  const expected = await answerTo(session.binder, sql);
  const ordered = / ORDER BY [^()]*$/.test(sql);
  for (const [shape, settings] of Object.entries(SHAPES)) {
    const graph = distribute(plan, { layout: layoutOf(plan, layouts), fabric: LAPTOP, settings });
    const actual = await runDistributed(session.executor, graph);
    assert.equal(difference(expected, actual, ordered), undefined, `${shape}\n${explain(graph)}`);
  }
}
