import { FabricError } from '../../engine/errors.ts';
import type { StageGraph } from '../../engine/plan/stage.ts';
import type { StoredFormat } from '../../engine/task/stored-formats.ts';
import type { BinderClient, BindOptions } from '../binder/binder-client.ts';
import { type Catalog, type CatalogSources, createCatalog } from '../catalog/discover.ts';
import { checkTables, withTables } from '../catalog/requested-tables.ts';
import { distribute } from '../planner/distribute.ts';
import { isSurelyOneTask } from '../planner/fanout/choose-fanout.ts';
import type { JobRequest, JobSettings } from '../scheduler/job.ts';
import { DEFAULT_RESULT_TTL_MS, type Settings, withSettings } from '../settings.ts';
import type { Deployment } from './deployment.ts';

/** A job's plan and its settings. */
export interface PlannedJob {
  readonly graph: StageGraph;
  readonly settings: JobSettings;
}

/** The services and defaults for planning a coordinator's jobs. */
export interface JobPlanning {
  readonly binder: BinderClient;
  /** The sources of tables, which are looked up again for every job. */
  readonly sources: CatalogSources;
  /** The defaults for settings that a request omits. */
  readonly settings: Settings;
  readonly deployment: Deployment;
}

/** Results up to this size come back with the outcome, and no object is written. */
const INLINE_LIMIT_BYTES = 256 * 1024;
/** A job's retry budget, in multiples of what one task has. */
const RETRY_BUDGET_FACTOR = 4;

/**
 * Plans a coordinator's job. Rejects with the job's final error: any error of `createCatalog` and `planScript`,
 * `INVALID_QUERY` for SQL that returns no rows, and `CANCELLED` if the signal aborts.
 */
export async function planJob(request: JobRequest, planning: JobPlanning, signal: AbortSignal): Promise<PlannedJob> {
  const catalog = await withTables(await createCatalog(planning.sources), request.tables);
  const settings = withSettings(planning.settings, request.settings);
  const result = { resultFormat: 'arrow', resultTtlMs: DEFAULT_RESULT_TTL_MS } as const;
  const planned = await planScript({ sql: request.sql, catalog, settings, ...result, signal }, planning);
  if (planned.kind !== 'query') throw withoutQuery(planned.kind);
  return planned.job;
}

/** Throws the errors of `planJob` that can be found without looking at the SQL or the inputs, so that a bad request is refused at once. */
export function checkRequest(
  { settings, tables }: JobRequest,
  planning: Omit<JobPlanning, 'binder' | 'sources'>,
): void {
  planning.deployment.model(withSettings(planning.settings, settings));
  checkTables(tables);
}

/** A script to plan, and the handling of its result. */
export interface ScriptToPlan {
  readonly sql: string;
  /** The tables and locations it may read. */
  readonly catalog: Catalog;
  /** The settings, which the script's SETs may change. */
  readonly settings: Settings;
  readonly resultFormat: StoredFormat;
  /** How long the result is kept unless `result_ttl` is set. Absent: it is read at once and never kept, and `result_ttl` is refused. */
  readonly resultTtlMs?: number;
  /** Plans the query as if it began with EXPLAIN. */
  readonly explain?: boolean;
  readonly signal?: AbortSignal;
}

export type PlannedScript =
  /** The script holds only views and settings. */
  | { readonly kind: 'no-query' }
  /** The stages are to be shown, not run. */
  | { readonly kind: 'explain'; readonly graph: StageGraph }
  /** `settings` include the script's SETs. */
  | { readonly kind: 'query'; readonly job: PlannedJob; readonly settings: Settings };

/**
 * Plans a script: binds it, applies its settings, distributes it over the deployed executors, and resolves the job's settings. Rejects as
 * `BinderClient.bind`, `Deployment.model` and `distribute` do, with `INVALID_SETTING` for a `result_ttl` that has no effect, and with
 * `PLAN_UNSUPPORTED` for a Parquet result of several tasks.
 */
export async function planScript(
  script: ScriptToPlan,
  { binder, deployment }: Pick<JobPlanning, 'binder' | 'deployment'>,
): Promise<PlannedScript> {
  const bound = await binder.bind(script.sql, script.catalog, bindOptions(script, deployment));
  if (bound.kind === 'no-query') return { kind: 'no-query' };
  const { settings } = bound;
  if (script.resultTtlMs === undefined) refuseResultTtl(settings);
  const fabric = deployment.model(settings);
  const graph = distribute(bound.plan, { layout: bound.layout, fabric, settings });
  if (script.explain === true || bound.kind === 'explain') return { kind: 'explain', graph };
  return { kind: 'query', job: { graph, settings: resolveJobSettings(graph, settings, script, deployment) }, settings };
}

/** DuckDB's estimates cost a second optimization. They are left out if one task runs the whole query, unless the plan is to be shown. */
function bindOptions({ settings, explain, signal }: ScriptToPlan, deployment: Deployment): BindOptions {
  return {
    settings,
    needsEstimates: (inputBytes, resolved) =>
      explain === true || !isSurelyOneTask(inputBytes, deployment.model(resolved), resolved),
    ...(signal === undefined ? {} : { signal }),
  };
}

/** Resolves a job's settings, so that every later owner decides as the first would have. */
function resolveJobSettings(
  graph: StageGraph,
  settings: Settings,
  script: ScriptToPlan,
  deployment: Deployment,
): JobSettings {
  checkParquet(graph, script.resultFormat);
  const { attemptTimeoutMs, lateWriteMs, functionVersion } = deployment;
  const { retries, timeoutMs, resultTtlMs = script.resultTtlMs } = settings;
  const tasks = graph.stages.reduce((total, { taskCount }) => total + taskCount, 0);
  return {
    retries,
    retryBudget: retries * RETRY_BUDGET_FACTOR,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    attemptTimeoutMs,
    taskMemoryMiB: deployment.taskMemoryMiB(settings, tasks),
    inlineLimitBytes: INLINE_LIMIT_BYTES,
    resultFormat: script.resultFormat,
    ...(resultTtlMs === undefined ? {} : { resultTtlMs }),
    ...(lateWriteMs === undefined ? {} : { lateWriteMs }),
    ...(functionVersion === undefined ? {} : { functionVersion }),
  };
}

/** Throws `INVALID_SETTING` if `result_ttl` is set although results are not kept. */
export function refuseResultTtl(settings: Settings): void {
  if (settings.resultTtlMs === undefined) return;
  const message =
    'The setting result_ttl has no effect in volley sql: only volley serve keeps results. Leave it unset.';
  throw new FabricError('INVALID_SETTING', message, { details: { setting: 'result_ttl' } });
}

/** A Parquet result is the file that one task wrote: the files of several tasks cannot be joined into one. */
function checkParquet({ stages }: StageGraph, resultFormat: StoredFormat): void {
  const last = stages.at(-1);
  if (resultFormat !== 'parquet' || last === undefined || last.taskCount === 1) return;
  throw new FabricError(
    'PLAN_UNSUPPORTED',
    `The result comes from ${last.taskCount} tasks, which cannot write one Parquet file together. Add ORDER BY or LIMIT, set fanout=1, or use --format arrow.`,
  );
}

function withoutQuery(kind: 'explain' | 'no-query'): FabricError {
  const message =
    kind === 'no-query'
      ? 'The SQL holds only views and settings. Add one statement that returns rows.'
      : 'EXPLAIN is not available over HTTP. Run it with volley sql --explain.';
  return new FabricError('INVALID_QUERY', message);
}
