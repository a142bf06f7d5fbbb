import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type DistributeSettings, distribute } from '../../../coordinator/planner/distribute.ts';
import { explain } from '../../../coordinator/planner/explain.ts';
import type { FabricModel } from '../../../coordinator/price/fabric-model.ts';
import type { LogicalPlan } from '../../../engine/plan/logical-plan.ts';
import type { StageGraph } from '../../../engine/plan/stage.ts';
import { quoteIdentifier, quoteLiteral } from '../../../engine/plan/types.ts';
import type { ParquetFile } from '../../../engine/scan/parquet-file.ts';
import { generateTpch } from '../../../scripts/tpch/generate.ts';
import { answerTo, difference, openSession, planOf, type Session } from '../../engine/duckdb/plan/session.ts';
import { layoutOf, readLayouts } from './layouts.ts';
import { DEAR_READS, LAPTOP } from './plans.ts';
import { runDistributed } from './run-distributed.ts';

const DEFAULT: DistributeSettings = { fanout: 'auto', broadcastLimitBytes: 1e6 };
/** The broadcast limit is scaled down with the data, so that large tables exceed it as they would at full scale. */
const FORCED: Readonly<Record<string, DistributeSettings>> = {
  'fanout=4': { fanout: 4, broadcastLimitBytes: 1e6 },
  'fanout=4 broadcast_limit=0': { fanout: 4, broadcastLimitBytes: 0 },
};
const QUERIES = fileURLToPath(new URL('../../tpch/queries', import.meta.url));
const SNAPSHOTS = fileURLToPath(new URL('../../plans', import.meta.url));
const FABRIC: FabricModel = LAPTOP;
const TWO_LEVELS: DistributeSettings = { fanout: 8, broadcastLimitBytes: 0 };

let folder: string;
let session: Session;
let layouts: ReadonlyMap<string, ParquetFile>;
/** The queries whose plans had combining stages. */
const combined = new Set<string>();

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'volley-tpch-'));
  // All tables except supplier, nation and region have at least eight row groups.
  await generateTpch({ scale: 0.1, directory: folder, rowGroupSize: 2048 });
  session = await openSession();
  for (const name of await readdir(folder)) {
    const source = `read_parquet(${quoteLiteral(join(folder, name))})`;
    await session.binder.run(`CREATE VIEW ${quoteIdentifier(name.replace('.parquet', ''))} AS SELECT * FROM ${source}`);
  }
  layouts = await readLayouts(folder);
});

after(() => rm(folder, { recursive: true }));

for (let number = 1; number <= 22; number += 1) {
  const query = `q${String(number).padStart(2, '0')}`;

  test(`returns the same rows as plain DuckDB in every plan shape: ${query}`, async () => {
    const { plan, sql } = await planned(query);
    const expected = await answerTo(session.binder, sql);
    for (const [shape, settings] of Object.entries({ default: DEFAULT, ...FORCED })) {
      const actual = await runDistributed(session.executor, graphOf(plan, settings));
      assert.equal(difference(expected, actual, false), undefined, shape);
    }
    const graph = graphOf(plan, TWO_LEVELS, DEAR_READS);
    const actual = await runDistributed(session.executor, graph);
    assert.equal(difference(expected, actual, false), undefined, 'combined shuffles');
    if (graph.stages.some(({ output }) => output.kind === 'combined')) combined.add(query);
  });

  test(`runs ${query} on small data in one task by default and in several tasks if forced`, async () => {
    const { plan } = await planned(query);
    const [only, ...more] = graphOf(plan, DEFAULT).stages;
    assert.equal(more.length, 0);
    assert.equal(only?.taskCount, 1);
    for (const settings of Object.values(FORCED)) {
      const graph = graphOf(plan, settings);
      assert.equal(graph.singleTaskReason, undefined);
      for (const { table, cut } of splittableScans(graph)) assert.ok(cut, `the scan of ${table} is split`);
    }
  });

  test(`plans ${query} with the stages of its snapshot`, async () => {
    const { plan } = await planned(query);
    const sections = Object.entries(FORCED).map(
      ([shape, settings]) => `# ${shape}\n\n${explain(graphOf(plan, settings))}`,
    );
    const text = sections.join('\n');
    const path = join(SNAPSHOTS, `${query}.txt`);
    if (process.env['UPDATE_SNAPSHOTS'] === '1') await writeFile(path, text);
    assert.equal(text, await readFile(path, 'utf8'), 'set UPDATE_SNAPSHOTS=1 to rewrite the snapshots');
  });
}

test('combines shuffles in most queries', () => {
  assert.ok(combined.size >= 18, [...combined].join());
});

const plans = new Map<string, Promise<{ readonly plan: LogicalPlan; readonly sql: string }>>();

function planned(query: string) {
  const known = plans.get(query) ?? read(query);
  plans.set(query, known);
  return known;
}

async function read(query: string): Promise<{ readonly plan: LogicalPlan; readonly sql: string }> {
  const sql = (await readFile(join(QUERIES, `${query}.sql`), 'utf8')).trim().replace(/;$/, '');
  const plan = await planOf(session, sql, (location) => ({
    location,
    identity: { sizeBytes: 1, version: 'test' },
    table: location.slice(location.lastIndexOf('/') + 1).replace('.parquet', ''),
  }));
  return { plan, sql };
}

function graphOf(plan: LogicalPlan, settings: DistributeSettings, fabric = FABRIC): StageGraph {
  return distribute(plan, { layout: layoutOf(plan, layouts), fabric, settings });
}

/** Returns the scans of tables with more than one row group, and whether their tasks read different rows. */
function splittableScans(graph: StageGraph): readonly { readonly table: string; readonly cut: boolean }[] {
  return graph.stages.flatMap((stage) =>
    stage.scans.flatMap((scan) => {
      const table = graph.tables[scan.table];
      const rowGroups = layouts.get(table?.files[0]?.location ?? '')?.rowGroups.length ?? 0;
      const first = scan.tasks[0]?.flatMap((split) => (split.rows ? [split.rows.start] : []));
      const second = scan.tasks[1]?.flatMap((split) => (split.rows ? [split.rows.start] : []));
      const cut = scan.tasks.length > 1 && first?.join() !== second?.join();
      return rowGroups > 1 ? [{ table: table?.name ?? '?', cut }] : [];
    }),
  );
}
