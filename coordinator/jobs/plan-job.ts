import { FabricError } from '../../engine/errors.ts';
import type { StageGraph } from '../../engine/plan/stage.ts';
import type { StoredFormat } from '../../engine/task/stored-formats.ts';
import { yieldToEvents } from '../../engine/timer.ts';
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

/** The services and default settings for planning a coordinator's jobs. */
export interface JobPlanning {
  readonly binder: BinderClient;
  /** The sources of tables. They are searched again for every job. */
  readonly sources: CatalogSources;
  /** The default values of settings that a request omits. */
  readonly settings: Settings;
  readonly deployment: Deployment;
}

/** Results up to this size are returned with the outcome instead of being written to an object. */
const INLINE_LIMIT_BYTES = 256 * 1024;
/**
 * The maximum size of the plan of a coordinator's job, in parts (see `countParts`). Receiving, distributing and encoding a plan of this
 * size takes about 70 to 110 ms each on the event loop, which also renews leases and answers other requests.
 */
const MAX_PLAN_PARTS = 50_000;
/** A job's retry budget, as a multiple of the retries of one task. */
const RETRY_BUDGET_FACTOR = 4;

/**
 * Plans a coordinator's job. Rejects with the job's final error. This can be any error of `createCatalog` or `planScript`, `INVALID_QUERY`
 * for SQL that returns no rows, or `CANCELLED` if the signal aborts.
 */
export async function planJob(request: JobRequest, planning: JobPlanning, signal: AbortSignal): Promise<PlannedJob> {
  const catalog = await withTables(await createCatalog(planning.sources), request.tables);
  const settings = withSettings(planning.settings, request.settings);
  const result = { resultFormat: 'arrow', resultTtlMs: DEFAULT_RESULT_TTL_MS } as const;
  const script = { sql: request.sql, catalog, settings, ...result, maxPlanParts: MAX_PLAN_PARTS, signal };
  const planned = await planScript(script, planning);
  if (planned.kind !== 'query') throw withoutQuery(planned.kind);
  return planned.job;
}

/** Throws those errors of `planJob` that do not depend on the SQL or the inputs, so that an invalid request is rejected immediately. */
export function checkRequest(
  { settings, tables }: JobRequest,
  planning: Omit<JobPlanning, 'binder' | 'sources'>,
): void {
  planning.deployment.model(withSettings(planning.settings, settings));
  checkTables(tables);
}

/** A script to plan, and options for its result. */
export interface ScriptToPlan {
  readonly sql: string;
  /** The tables and locations that the script may read. */
  readonly catalog: Catalog;
  /** The initial settings. SET statements in the script may change them. */
  readonly settings: Settings;
  readonly resultFormat: StoredFormat;
  /** How long the result is kept unless `result_ttl` is set. If absent, results are never kept, and `result_ttl` is rejected. */
  readonly resultTtlMs?: number;
  /** Whether to plan the query as if it began with EXPLAIN. */
  readonly explain?: boolean;
  /** The maximum size of the plan, as in `BindOptions`. */
  readonly maxPlanParts?: number;
  readonly signal?: AbortSignal;
}

export type PlannedScript =
  /** The script contains only views and settings. */
  | { readonly kind: 'no-query' }
  /** The script is an EXPLAIN query, so its stages are displayed and not run. */
  | { readonly kind: 'explain'; readonly graph: StageGraph }
  /** `settings` include the changes made by SET statements in the script. */
  | { readonly kind: 'query'; readonly job: PlannedJob; readonly settings: Settings };

/**
 * Plans a script in four steps: bind it, apply its settings, distribute the plan over the deployed executors, and resolve the job's
 * settings. Rejects with any error of `BinderClient.bind`, `Deployment.model` and `distribute`, with `INVALID_SETTING` for a `result_ttl`
 * that has no effect, and with `PLAN_UNSUPPORTED` for a Parquet result that several tasks would write.
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
  // Receiving, distributing and journaling a large plan are separate steps on the event loop.
  await yieldToEvents();
  const graph = distribute(bound.plan, { layout: bound.layout, fabric, settings });
  await yieldToEvents();
  if (script.explain === true || bound.kind === 'explain') return { kind: 'explain', graph };
  return { kind: 'query', job: { graph, settings: resolveJobSettings(graph, settings, script, deployment) }, settings };
}

/**
 * Row estimates require a second run of DuckDB's optimizer. They are omitted if one task runs the whole query, unless the plan is
 * displayed.
 */
function bindOptions({ settings, explain, maxPlanParts, signal }: ScriptToPlan, deployment: Deployment): BindOptions {
  return {
    settings,
    needsEstimates: (inputBytes, resolved) =>
      explain === true || !isSurelyOneTask(inputBytes, deployment.model(resolved), resolved),
    ...(maxPlanParts === undefined ? {} : { maxPlanParts }),
    ...(signal === undefined ? {} : { signal }),
  };
}

/** Resolves a job's settings, so that every later owner makes the same decisions as the first. */
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

/** Throws `PLAN_UNSUPPORTED` if several tasks would write a Parquet result. Their files cannot be joined into one file. */
function checkParquet({ stages }: StageGraph, resultFormat: StoredFormat): void {
  const last = stages.at(-1);
  if (resultFormat !== 'parquet' || last === undefined || last.taskCount === 1) return;
  throw new FabricError(
    'PLAN_UNSUPPORTED',
    `The result comes from ${last.taskCount} tasks, but only a single task can write a Parquet file. ` +
      'Add ORDER BY or LIMIT, set fanout=1, or use --format arrow.',
  );
}

function withoutQuery(kind: 'explain' | 'no-query'): FabricError {
  const message =
    kind === 'no-query'
      ? 'The SQL contains only views and settings. Add one statement that returns rows.'
      : 'EXPLAIN is not available over HTTP. Run it with volley sql --explain.';
  return new FabricError('INVALID_QUERY', message);
}
