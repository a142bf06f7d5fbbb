import type { Clock } from '../../coordinator/clock.ts';
import type { JobStore } from '../../coordinator/jobs/delete-objects.ts';
import { FabricError } from '../../engine/errors.ts';
import {
  beginWatches,
  type Dependency,
  type DependencyState,
  DependencyWatch,
  withTimeout,
} from '../fabric/dependency-watch.ts';
import type { FabricConfig } from '../fabric/fabric-config.ts';
import type { OpenFabric } from '../fabric/open-fabric.ts';
import { sweepProbes } from '../fabric/probe-store.ts';
import { storeDependency } from '../fabric/store-dependency.ts';

// The dependencies of a coordinator, for `/readyz` and stderr.

/** Shorter than the timeout of common load balancers. */
const READY_MS = 2000;
const OTHERS_EVERY_MS = 1000;
/** The interval is long because listing costs money. */
const PROBES_SWEPT_EVERY_MS = 3_600_000;

/** Whether the coordinator can serve requests, and the state of its dependencies. */
export interface Readiness {
  readonly isReady: boolean;
  readonly dependencies: Readonly<Record<'journal' | 'store' | 'executors', DependencyState>>;
}

/** The dependencies of a coordinator, watched. */
export interface WatchedDependencies {
  /** Checks the journal, and reports the last known state of the others. */
  readiness(): Promise<Readiness>;
  /** Rejects if a dependency that was never reached has invalid settings. Otherwise never settles. */
  readonly wrong: Promise<never>;
  close(): Promise<void>;
}

/**
 * Starts watching the journal, the store and the executors. Rejects if a response shows invalid settings: no such
 * bucket, no permission to write, no permission to read the journal. Waits in the background for a dependency that does
 * not respond, because it may start later.
 */
export async function watchDependencies(
  config: FabricConfig,
  fabric: Pick<OpenFabric, 'journal' | 'invoker' | 'store'>,
  clock: Clock,
  report: (line: string) => void,
): Promise<WatchedDependencies> {
  const watch = (dependency: Dependency) => new DependencyWatch(dependency, clock, report);
  const journal = watch(journalDependency(config, fabric));
  const store = watch(sweepingProbes(await storeDependency(config.store, config.s3.settings), fabric.store, clock));
  const executorDependency = executorsDependency(config, fabric);
  const executors = executorDependency === undefined ? undefined : watch(executorDependency);
  const all = [journal, store, ...(executors === undefined ? [] : [executors])];
  const { wrong, close } = await beginWatches(all);
  return {
    wrong,
    close: async () => close(),
    readiness: async () => {
      const answers = await withTimeout(fabric.journal.check(), READY_MS, 'The journal').then(
        () => true,
        () => false,
      );
      return {
        isReady: answers && all.every(({ wasReached }) => wasReached),
        dependencies: {
          journal: answers ? 'answers' : 'away',
          store: store.state,
          executors: executors?.state ?? 'not asked',
        },
      };
    },
  };
}

/** Extends a store's checks: about once an hour, a successful check is followed by a sweep of the probes of killed processes. */
function sweepingProbes(dependency: Dependency, store: JobStore, clock: Clock): Dependency {
  let nextAt = 0;
  return {
    ...dependency,
    check: async (isFirst) => {
      await dependency.check(isFirst);
      if (clock.now() < nextAt) return;
      nextAt = clock.now() + PROBES_SWEPT_EVERY_MS;
      // Best effort: the next sweep deletes any probes that remain.
      void sweepProbes(store, clock.now()).catch(() => undefined);
    },
  };
}

function journalDependency({ journal: location }: FabricConfig, { journal }: Pick<OpenFabric, 'journal'>): Dependency {
  const where = location.kind === 'etcd' ? `etcd at ${location.endpoints.join(', ')}` : location.path;
  return {
    name: `journal (${where})`,
    meaning: 'Until it answers, requests return 503 and jobs pause. No job is lost.',
    everyMs: OTHERS_EVERY_MS,
    // Each check already retries for several seconds.
    failuresToTell: 1,
    check: () => journal.check(),
  };
}

/** Returns `undefined` for a Lambda function, because a check would cost an invocation. */
function executorsDependency(
  { executors }: FabricConfig,
  { invoker }: Pick<OpenFabric, 'invoker'>,
): Dependency | undefined {
  if (executors.kind === 'lambda') return undefined;
  return {
    name: `executors (${executorsText(executors)})`,
    meaning: 'Until one is available, no tasks run. Jobs wait several minutes before they fail.',
    everyMs: OTHERS_EVERY_MS,
    failuresToTell: 2,
    check: async () => {
      const reason = invoker.unavailableReason?.();
      if (reason !== undefined) throw new FabricError('EXECUTOR_LOST', reason, { retryable: true });
    },
  };
}

function executorsText(executors: Exclude<FabricConfig['executors'], { kind: 'lambda' }>): string {
  if (executors.kind === 'local') return 'local';
  const { addresses } = executors;
  return addresses.kind === 'list' ? addresses.urls.join(', ') : `dns:${addresses.host}:${addresses.port}`;
}
