import { readFileSync, statSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { readPlan } from '../../engine/duckdb/plan/read-plan.ts';
import { distribute } from '../../coordinator/planner/distribute.ts';
import { explain } from '../../coordinator/planner/explain.ts';
import { scalar } from '../../engine/plan/types.ts';
const dir='/tmp/tpch/sf1';
const instance = await DuckDBInstance.create(':memory:');
const c = await instance.connect();
const tables=['customer','lineitem','nation','orders','part','partsupp','region','supplier'];
for (const t of tables) await c.run(`create view ${t} as select * from read_parquet('${dir}/${t}.parquet')`);
await c.run(`SET disabled_optimizers = 'column_lifetime,compressed_materialization,late_materialization'`);
await c.run(`SET explain_output='optimized_only'`);
const layouts=new Map<string, any>();
for (const t of tables) {
  const rows=(await c.runAndReadAll(`select row_group_id, row_group_num_rows, path_in_schema, total_compressed_size from parquet_metadata('${dir}/${t}.parquet')`)).getRowsJS();
  const groups=new Map<number, any>();
  for (const [g,n,col,size] of rows as any[]) { const k=Number(g); if(!groups.has(k)) groups.set(k,{rows:Number(n),chunks:[]}); groups.get(k).chunks.push({column:col,start:0,sizeBytes:Number(size),statistics:{}}); }
  let first=0; const rg=[...groups.keys()].sort((a,b)=>a-b).map(k=>{const g=groups.get(k); const r={firstRow:first,...g}; first+=g.rows; return r;});
  layouts.set(`${dir}/${t}.parquet`,{rows:first,rowGroups:rg,footerBytes:0});
}
for (const q of process.argv[2]!.split(',')) {
  const sql=readFileSync(`test/tpch/queries/q${q.padStart(2,'0')}.sql`,'utf8').replace(/;\s*$/,'');
  const planJson=String((await c.runAndReadAll(`select json_serialize_plan('${sql.replaceAll("'","''")}', skip_default := true, optimize := true)`)).getRowsJS()[0]![0]);
  const explainJson=String((await c.runAndReadAll(`explain (format json) ${sql}`)).getRowsJS()[0]![1]);
  const prepared=await c.prepare(sql);
  const res=await c.runAndReadAll(`describe ${sql}`);
  const { readType } = await import('../../engine/duckdb/plan/types.ts');
  const columns=res.getRowsJS().map((r:any)=>{const m=/^DECIMAL\((\d+),(\d+)\)$/.exec(r[1]); return {name:r[0], type: m?{kind:'decimal' as const,width:+m[1]!,scale:+m[2]!}:scalar(r[1])};});
  const plan=readPlan({planJson,explainJson,columns,timeZone:'UTC',resolveFile:(p)=>({location:p,identity:{sizeBytes:statSync(p).size,version:'1'},table:p.split('/').at(-1)!.split('.')[0]!})});
  const shapes: any = { auto:{fanout:'auto',broadcastLimitBytes:10e6}, f4:{fanout:4,broadcastLimitBytes:10e6}, f4b0:{fanout:4,broadcastLimitBytes:0} };
  for (const s of (process.argv[3]??'f4,f4b0').split(',')) {
    const graph=distribute(plan,{layout:(t,f)=>layouts.get(plan.tables[t]!.files[f]!.location),fabric:{concurrency:2,coresPerTask:2,memoryMiBPerTask:4096,readBytesPerSecond:500e6,invokeSeconds:0.005,sharedCores:true},settings:shapes[s]});
    console.log(`--- q${q} ${s}\n`+explain(graph));
  }
}
