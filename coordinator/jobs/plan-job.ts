import { FabricError } from '../../engine/errors.ts';
import type { StageGraph } from '../../engine/plan/stage.ts';
import type { BinderClient, BindOptions } from '../binder/binder-client.ts';
import { type Catalog, type CatalogSources, createCatalog } from '../catalog/discover.ts';
import { checkTables, withTables } from '../catalog/requested-tables.ts';
import { distribute } from '../planner/distribute.ts';
import { isSurelyOneTask } from '../planner/fanout/choose-fanout.ts';
import type { JobRequest, JobSettings } from '../scheduler/job.ts';
import { type Settings, withSettings } from '../settings.ts';
import type { Deployment } from './deployment.ts';

/** What a job computes, and how. */
export interface PlannedJob {
  readonly graph: StageGraph;
  readonly settings: JobSettings;
}

/** What a coordinator plans its jobs with. */
export interface JobPlanning {
  readonly binder: BinderClient;
  /** Where tables come from. They are looked up again for every job. */
  readonly sources: CatalogSources;
  /** The defaults for what a request does not set. */
  readonly settings: Settings;
  readonly deployment: Deployment;
}

/** How long a coordinator keeps the result of a job that does not set `result_ttl`. */
const DEFAULT_RESULT_TTL_MS = 3_600_000;
/** Results up to this size come back with the outcome, and no object is written. */
const INLINE_LIMIT_BYTES = 256 * 1024;
/** A job's retry budget, in multiples of what one task has. */
const RETRY_BUDGET_FACTOR = 4;

/**
 * Plans a coordinator's job. Rejects with the error that the job then fails with: those of `createCatalog` and `planScript`,
 * `INVALID_QUERY` for SQL that gives no rows, and `CANCELLED` if the signal aborts.
 */
export async function planJob(request: JobRequest, planning: JobPlanning, signal: AbortSignal): Promise<PlannedJob> {
  const catalog = await withTables(await createCatalog(planning.sources), request.tables);
  const settings = withSettings(planning.settings, request.settings);
  const result = { resultFormat: 'arrow', resultTtlMs: DEFAULT_RESULT_TTL_MS } as const;
  const planned = await planScript({ sql: request.sql, catalog, settings, ...result, signal }, planning);
  if (planned.kind !== 'query') throw givesNoRows(planned.kind);
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

/** A script to plan, and what becomes of its result. */
export interface ScriptToPlan {
  readonly sql: string;
  /** The tables and locations it may read. */
  readonly catalog: Catalog;
  /** The settings that hold unless the script's SETs change them. */
  readonly settings: Settings;
  readonly resultFormat: 'arrow' | 'parquet';
  /** How long the result is kept unless `result_ttl` is set. Absent: it is read at once and never kept, and `result_ttl` is refused. */
  readonly resultTtlMs?: number;
  /** Plans the query as if EXPLAIN stood before it. */
  readonly explain?: boolean;
  readonly signal?: AbortSignal;
}

export type PlannedScript =
  /** The script holds only views and settings. */
  | { readonly kind: 'nothing' }
  /** The stages are to be shown, not run. */
  | { readonly kind: 'explain'; readonly graph: StageGraph }
  /** `settings` include the script's SETs. */
  | { readonly kind: 'query'; readonly job: PlannedJob; readonly settings: Settings };

/**
 * Plans a script: binds it, applies its settings, distributes it over the deployed executors, and admits it as a job. Rejects as
 * `BinderClient.bind`, `Deployment.model` and `distribute` do, with `INVALID_SETTING` for a `result_ttl` that has no effect, and with
 * `PLAN_UNSUPPORTED` for a Parquet result of several tasks.
 */
export async function planScript(
  script: ScriptToPlan,
  { binder, deployment }: Pick<JobPlanning, 'binder' | 'deployment'>,
): Promise<PlannedScript> {
  const bound = await binder.bind(script.sql, script.catalog, bindOptions(script, deployment));
  if (bound.kind === 'nothing') return { kind: 'nothing' };
  const settings = withSettings(script.settings, bound.settings);
  if (script.resultTtlMs === undefined) refuseResultTtl(settings);
  const fabric = deployment.model(settings);
  const graph = distribute(bound.plan, { layout: bound.layout, fabric, settings });
  if (script.explain === true || bound.kind === 'explain') return { kind: 'explain', graph };
  return { kind: 'query', job: { graph, settings: admit(graph, settings, script, deployment) }, settings };
}

/** DuckDB's estimates cost a second optimization. They are left out where one task does it all, unless the plan is to be shown. */
function bindOptions({ settings, explain, signal }: ScriptToPlan, deployment: Deployment): BindOptions {
  const { timeZone, timeoutMs } = settings;
  return {
    timeZone,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    wantsEstimates: (inputBytes, sets) => {
      if (explain === true) return true;
      const all = withSettings(settings, sets);
      return !isSurelyOneTask(inputBytes, deployment.model(all), all);
    },
    ...(signal === undefined ? {} : { signal }),
  };
}

/** Resolves a job's settings, so that every later owner decides as the first would have. */
function admit(graph: StageGraph, settings: Settings, script: ScriptToPlan, deployment: Deployment): JobSettings {
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
function checkParquet({ stages }: StageGraph, resultFormat: 'arrow' | 'parquet'): void {
  const last = stages.at(-1);
  if (resultFormat !== 'parquet' || last === undefined || last.taskCount === 1) return;
  throw new FabricError(
    'PLAN_UNSUPPORTED',
    `The result comes from ${last.taskCount} tasks, which cannot write one Parquet file together. Add ORDER BY or LIMIT, set fanout=1, or use --format arrow.`,
  );
}

function givesNoRows(kind: 'explain' | 'nothing'): FabricError {
  const message =
    kind === 'nothing'
      ? 'The SQL holds only views and settings. Add one statement that gives rows.'
      : 'EXPLAIN is not available over HTTP. Run it with volley sql --explain.';
  return new FabricError('INVALID_QUERY', message);
}
