import type { StageGraph } from '../../engine/plan/stage.ts';
import type { BindOptions, BoundScript } from '../binder/binder-client.ts';
import { distribute } from '../planner/distribute.ts';
import { isSurelyOneTask } from '../planner/fanout/choose-fanout.ts';
import type { FabricModel } from '../price/fabric-model.ts';
import { type Settings, withSettings } from '../settings.ts';
import type { PlannedJob } from './job-runner.ts';
import { jobSettings, type OfThisJob } from './job-settings.ts';

/** What a job is planned from, and for. */
export interface JobToPlan {
  /** Plans the script itself, as `BinderClient.plan` does. */
  readonly planScript: (options: BindOptions) => Promise<BoundScript>;
  /** What holds where the script sets nothing else. */
  readonly settings: Settings;
  /** The fabric that settings choose. Throws where there is none. */
  readonly modelFor: (settings: Settings) => FabricModel;
  /** Settles what the settings leave open, the script's SETs included. Throws where they cannot be. */
  readonly settle: (settings: Settings) => Settings;
  /** What the executors and the asker say of the job. */
  readonly ofThisJob: (settings: Settings, graph: StageGraph) => OfThisJob;
  /** DuckDB's estimates also where one task does it all. */
  readonly alwaysEstimate?: boolean;
  readonly signal?: AbortSignal;
}

/** A script, planned for a fabric. */
export type PlannedForFabric =
  /** It holds views and settings only. */
  | { readonly kind: 'nothing' }
  /** `settings`: those that hold for the job, its SETs included. */
  | { readonly kind: 'query' | 'explain'; readonly job: PlannedJob; readonly settings: Settings };

/** Plans a script into the stages and settings of a job. Rejects as its parts do, with what the job then fails with. */
export async function planJob(to: JobToPlan): Promise<PlannedForFabric> {
  const { planScript, settings: asked, modelFor, settle, ofThisJob, alwaysEstimate, signal } = to;
  const planned = await planScript({
    ...bindOptions(asked, modelFor),
    ...(alwaysEstimate === true && { wantsEstimates: () => true }),
    ...(signal !== undefined && { signal }),
  });
  if (planned.kind === 'nothing') return { kind: 'nothing' };
  const settings = settle(withSettings(asked, planned.settings));
  const graph = distribute(planned.plan, { layout: planned.layout, fabric: modelFor(settings), settings });
  const job = { graph, settings: jobSettings(settings, ofThisJob(settings, graph)) };
  return { kind: planned.kind, job, settings };
}

/**
 * How a script is planned under settings, which its SETs add to, for the fabric that they then choose. DuckDB's estimates are
 * left out where one task does it all.
 */
function bindOptions(settings: Settings, modelFor: (settings: Settings) => FabricModel): BindOptions {
  const { timeZone, timeoutMs } = settings;
  return {
    timeZone,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    wantsEstimates: (inputBytes, set) => {
      const all = withSettings(settings, set);
      return !isSurelyOneTask(inputBytes, modelFor(all), all);
    },
  };
}
