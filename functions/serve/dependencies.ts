import type { Clock } from '../../coordinator/clock.ts';
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
import { storeDependency } from '../fabric/store-dependency.ts';

// What a coordinator stands on, as `/readyz` and stderr tell of it.

/** A load balancer waits longer for an answer. */
const READY_MS = 2000;
const OTHERS_EVERY_MS = 1000;

/** Whether requests can be answered, and what of the coordinator's dependencies can be used. */
export interface Readiness {
  readonly isReady: boolean;
  readonly dependencies: Readonly<Record<'journal' | 'store' | 'executors', DependencyState>>;
}

/** The dependencies of a coordinator, looked after. */
export interface WatchedDependencies {
  /** Asks the journal, and tells what is known of the others. */
  readiness(): Promise<Readiness>;
  /** Rejects where one was never reached and cannot be as things are set; settles never otherwise. */
  readonly wrong: Promise<never>;
  close(): Promise<void>;
}

/**
 * Begins to look after the journal, the store and the executors. Rejects where one of them answers that it cannot be used as it is set:
 * no such bucket, no right to write, no right to read the journal. What does not answer may be started later, and is waited for.
 */
export async function watchDependencies(
  config: FabricConfig,
  fabric: Pick<OpenFabric, 'journal' | 'invoker'>,
  clock: Clock,
  report: (line: string) => void,
): Promise<WatchedDependencies> {
  const watch = (dependency: Dependency) => new DependencyWatch(dependency, clock, report);
  const journal = watch(journalDependency(config, fabric));
  const store = watch(await storeDependency(config.store, config.s3.settings));
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

function journalDependency({ journal: location }: FabricConfig, { journal }: Pick<OpenFabric, 'journal'>): Dependency {
  const where = location.kind === 'etcd' ? `etcd at ${location.endpoints.join(', ')}` : location.path;
  return {
    name: `journal (${where})`,
    meaning: 'Until it does, requests are answered with 503 and jobs stand still; none is lost.',
    everyMs: OTHERS_EVERY_MS,
    // One check tries for some seconds by itself.
    failuresToTell: 1,
    check: () => journal.check(),
  };
}

/** Undefined for a function: to ask it costs an invocation. */
function executorsDependency(
  { executors }: FabricConfig,
  { invoker }: Pick<OpenFabric, 'invoker'>,
): Dependency | undefined {
  if (executors.kind === 'lambda') return undefined;
  return {
    name: `executors (${executorsText(executors)})`,
    meaning: 'Until one is there, no task runs; those that are due wait for one, for some minutes.',
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
