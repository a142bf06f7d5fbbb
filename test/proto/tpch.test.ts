import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { type DistributeSettings, distribute } from '../../coordinator/planner/distribute.ts';
import type { FabricModel } from '../../coordinator/price/fabric-model.ts';
import { quoteIdentifier, quoteLiteral } from '../../engine/plan/types.ts';
import { decodeLogicalPlan, decodeStageGraph } from '../../engine/plan/wire/decode-stages.ts';
import { encodeLogicalPlan, encodeStageGraph } from '../../engine/plan/wire/encode-stages.ts';
import { openLocalFile } from '../../engine/scan/local-file.ts';
import type { ParquetFile } from '../../engine/scan/parquet-file.ts';
import { readParquetFooter } from '../../engine/scan/parquet-footer.ts';
import { generateTpch } from '../../scripts/tpch/generate.ts';
import { layoutOf } from '../coordinator/planner/layouts.ts';
import { openSession, planOf, type Session } from '../engine/duckdb/plan/session.ts';
import { tpchQueries } from '../tpch/judge.ts';

const fabric: FabricModel = {
  concurrency: 4,
  coresPerTask: 1,
  memoryMiBPerTask: 2048,
  readBytesPerSecond: 500e6,
  invokeSeconds: 0.01,
  sharedCores: true,
};
const shapes: Readonly<Record<string, DistributeSettings>> = {
  'by the model': { fanout: 'auto', broadcastLimitBytes: 10e6 },
  'in four': { fanout: 4, broadcastLimitBytes: 10e6 },
  'in four without broadcasts': { fanout: 4, broadcastLimitBytes: 0 },
};

let directory: string;
let session: Session;
const layouts = new Map<string, ParquetFile>();

before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'volley-wire-'));
  await generateTpch({ scale: 0.002, directory, rowGroupSize: 2048 });
  session = await openSession();
  for (const name of readdirSync(directory)) {
    const path = join(directory, name);
    const table = quoteIdentifier(name.replace('.parquet', ''));
    await session.binder.run(`CREATE VIEW ${table} AS SELECT * FROM read_parquet(${quoteLiteral(path)})`);
    const file = await openLocalFile(path);
    const { layout } = await readParquetFooter(path, file.identity.sizeBytes, file.read);
    layouts.set(path, layout);
    await file.close();
  }
});

after(() => rm(directory, { recursive: true, force: true }));

for (const { name, sql } of tpchQueries)
  test(`the plans of ${name} survive encoding and decoding unchanged`, async () => {
    const plan = await planOf(session, sql.trim().replace(/;$/, ''));
    assert.deepStrictEqual(decodeLogicalPlan(encodeLogicalPlan(plan)), plan);
    const layout = layoutOf(plan, layouts);
    for (const [shape, settings] of Object.entries(shapes)) {
      const graph = distribute(plan, { layout, fabric, settings });
      assert.deepStrictEqual(decodeStageGraph(encodeStageGraph(graph)), graph, shape);
    }
  });
