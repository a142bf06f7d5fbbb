import { lambdaLimits } from '../../coordinator/invoke/lambda-limits.ts';
import { runJob } from '../../coordinator/jobs/run-job.ts';
import { type Architecture, awsPrices } from '../../coordinator/price/price-table.ts';
import { type Receipt, receiptFor } from '../../coordinator/price/receipt.ts';
import { addRequests } from '../../coordinator/price/usage.ts';
import type { StageGraph } from '../../engine/plan/stage.ts';
import type { JobId } from '../../engine/task/task.ts';
import { lambdaModel } from '../../functions/fabric/fabric-models.ts';
import { MemoryJournal } from '../../test/coordinator/journal/memory-journal.ts';
import { seeded } from '../../test/coordinator/scheduler/graph.ts';
import { type CriticalStage, criticalPath } from './critical-path.ts';
import { awsModel } from './model.ts';
import { PrefixRates } from './prefix-rates.ts';
import { planQuery, type QueryName } from './query.ts';
import { lognormal } from './random.ts';
import { type AttemptRun, SimInvoker } from './sim-invoker.ts';
import { SimStore } from './sim-store.ts';
import { VirtualClock } from './virtual-clock.ts';

export interface SimulationOptions {
  readonly query: QueryName;
  readonly fanout: 'auto' | number;
  /** The number of files per table, and the size of each file. */
  readonly files: number;
  readonly fileBytes: number;
  readonly shuffledShare: number;
  readonly memoryMiB: number;
  readonly concurrency: number;
  readonly architecture: Architecture;
  readonly stragglers: number;
  readonly slowness: number;
  readonly seed: number;
}

/** A simulated job. */
export interface SimulatedJob {
  readonly graph: StageGraph;
  readonly attempts: readonly AttemptRun[];
  readonly receipt: Receipt;
  /** The time on the virtual clock from the job's submission until the job has ended and its objects are deleted. */
  readonly wallMs: number;
  readonly path: readonly CriticalStage[];
  readonly environments: number;
  readonly journal: { readonly appends: number; readonly records: number };
  /** The number of objects that remain after the job is released. */
  readonly objectsLeft: number;
}

const START_MS = Date.UTC(2026, 0, 1);
const RETRIES = 3;
const ATTEMPT_TIMEOUT_MS = 900_000;
const INLINE_LIMIT_BYTES = 256 * 1024;

/**
 * Plans a query and runs it with the real planner, scheduler, journal codec and job owner, on simulated functions, a
 * simulated store and a virtual clock. The same options always produce the same job. Rejects as the planner does.
 */
export async function simulate(options: SimulationOptions): Promise<SimulatedJob> {
  const { memoryMiB, concurrency, seed } = options;
  const fabric = lambdaModel(memoryMiB, concurrency);
  const graph = planQuery({ ...options, fabric });
  const clock = new VirtualClock(START_MS);
  const random = seeded(seed);
  const getMs = lognormal(awsModel.get, random);
  const putMs = lognormal(awsModel.put, random);
  const store = new SimStore(clock, getMs, putMs);
  const world = {
    model: awsModel,
    stages: graph.stages,
    getMs,
    putMs,
    reads: new PrefixRates(awsModel.readsPerSecondPerPrefix),
    writes: new PrefixRates(awsModel.writesPerSecondPerPrefix),
    shuffledShare: options.shuffledShare,
    cores: memoryMiB / lambdaLimits.memoryMiBPerCore,
  };
  const invoker = new SimInvoker({ ...options, clock, store, world, random });
  const journal = new MemoryJournal();
  const appended = { appends: 0, records: 0 };
  journal.beforeAppend = (records) => {
    appended.appends += 1;
    appended.records += records.length;
    return clock.sleep(awsModel.journalMs);
  };
  const settings = {
    retries: RETRIES,
    retryBudget: 4 * RETRIES,
    attemptTimeoutMs: ATTEMPT_TIMEOUT_MS,
    taskMemoryMiB: memoryMiB,
    inlineLimitBytes: INLINE_LIMIT_BYTES,
    resultFormat: 'arrow',
  } as const;
  const ended = await clock.run(
    runJob({ job: `sim-${seed}` as JobId, graph, settings, journal, invoker, store, clock, random }),
  );
  if (ended.state.end?.kind !== 'succeeded') {
    throw new Error(`The simulated job did not succeed: ${JSON.stringify(ended.state.end)}`);
  }
  const jobEndedAt = ended.state.endedAt ?? clock.now();
  await clock.run(ended.release());
  const { inputs, job } = ended.requests();
  const usage = {
    invocations: invoker.attempts.length,
    gbSeconds: invoker.gbSeconds,
    requests: addRequests(inputs.requests, job.requests),
    readBytes: inputs.readBytes + job.readBytes,
    writtenBytes: inputs.writtenBytes + job.writtenBytes,
  };
  return {
    graph,
    attempts: invoker.attempts,
    receipt: receiptFor(usage, awsPrices[options.architecture]),
    wallMs: jobEndedAt - START_MS,
    path: criticalPath(graph, invoker.attempts, START_MS, jobEndedAt),
    environments: invoker.environments,
    journal: appended,
    objectsLeft: store.objectCount,
  };
}
