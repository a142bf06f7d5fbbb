import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../coordinator/clock.ts';
import { FabricError } from '../../engine/errors.ts';
import type { FabricConfig } from '../fabric/fabric-config.ts';
import type { OpenFabric } from '../fabric/open-fabric.ts';
import { locationText, type StoreLocation } from '../storage/location.ts';
import { openStore } from '../storage/open-store.ts';
import { probeStore } from '../storage/probe-store.ts';
import type { S3Settings } from '../storage/s3-settings.ts';
import { type Place, type PlaceState, PlaceWatch } from './place-watch.ts';

// What a coordinator stands on, as `/readyz` and stderr tell of it.

/** A load balancer waits longer for an answer. */
const READY_MS = 2000;
const STORE_MS = 10_000;
/** A request to S3 costs money. */
const STORE_EVERY_MS = 30_000;
const OTHERS_EVERY_MS = 1000;
/** Requests of one check: a check that fails is made again anyway. */
const STORE_ATTEMPTS = 2;
/** How long a start waits for what does not answer: it may be started later than this process. */
const START_MS = 3000;

/** Whether requests can be answered, and what of the coordinator's places can be used. */
export interface Readiness {
  readonly isReady: boolean;
  readonly places: Readonly<Record<'journal' | 'store' | 'executors', PlaceState>>;
}

/** The places of a coordinator, looked after. */
export interface Places {
  /** Asks the journal, and tells what is known of the others. */
  readiness(): Promise<Readiness>;
  /** Rejects where a place was never reached and cannot be as things are set; settles never otherwise. */
  readonly wrong: Promise<never>;
  close(): Promise<void>;
}

/**
 * Begins to look after the journal, the store and the executors. Rejects where one of them answers that it cannot be used as it is set:
 * no such bucket, no right to write, no right to read the journal. What does not answer may be started later, and is waited for.
 */
export async function watchPlaces(
  config: FabricConfig,
  fabric: Pick<OpenFabric, 'journal' | 'invoker'>,
  clock: Clock,
  say: (line: string) => void,
): Promise<Places> {
  let fail: (error: unknown) => void = () => undefined;
  const wrong = new Promise<never>((_, reject) => {
    fail = reject;
  });
  wrong.catch(() => undefined);
  const watch = (place: Place) => new PlaceWatch(place, clock, say);
  const journal = watch(journalPlace(config, fabric));
  const store = watch(await storePlace(config.store, config.s3.settings));
  const executorPlace = executorsPlace(config, fabric);
  const executors = executorPlace === undefined ? undefined : watch(executorPlace);
  const all = [journal, store, ...(executors === undefined ? [] : [executors])];
  const begun = Promise.all(all.map((each) => each.begin(fail)));
  const close = async () => {
    for (const each of all) each.close();
  };
  begun.catch(fail);
  await Promise.race([begun, delay(START_MS, undefined, { ref: false })]).catch(async (error) => {
    await close();
    throw error;
  });
  return {
    wrong,
    close,
    readiness: async () => {
      const answers = await within(fabric.journal.check(), READY_MS, 'The journal').then(
        () => true,
        () => false,
      );
      return {
        isReady: answers && all.every(({ wasReached }) => wasReached),
        places: {
          journal: answers ? 'answers' : 'away',
          store: store.state,
          executors: executors?.state ?? 'not asked',
        },
      };
    },
  };
}

function journalPlace({ journal: location }: FabricConfig, { journal }: Pick<OpenFabric, 'journal'>): Place {
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

/** A store that tasks write to and read from. Its first check writes there, the later ones look something up. */
export async function storePlace(location: StoreLocation, s3: S3Settings): Promise<Place> {
  const text = locationText(location);
  // Of its own: a check is to fail soon, and what it asks is no job's.
  const store = await openStore(location, { ...s3, maxAttempts: STORE_ATTEMPTS });
  return {
    name: `store (${text})`,
    meaning: 'Until it does, tasks that write or read there fail and are tried again.',
    everyMs: STORE_EVERY_MS,
    failuresToTell: 2,
    check: (isFirst) => within(probeStore(store, text, isFirst ? 'write' : 'look up'), STORE_MS, 'The store'),
  };
}

/** Undefined for a function: to ask it costs an invocation. */
function executorsPlace({ executors }: FabricConfig, { invoker }: Pick<OpenFabric, 'invoker'>): Place | undefined {
  if (executors.kind === 'lambda') return undefined;
  return {
    name: `executors (${executorsText(executors)})`,
    meaning: 'Until one is there, no task runs; those that are due wait for one, for some minutes.',
    everyMs: OTHERS_EVERY_MS,
    failuresToTell: 2,
    check: async () => {
      const reason = invoker.absence?.();
      if (reason !== undefined) throw new FabricError('EXECUTOR_LOST', reason, { retryable: true });
    },
  };
}

function executorsText(executors: Exclude<FabricConfig['executors'], { kind: 'lambda' }>): string {
  if (executors.kind === 'local') return 'local';
  const { addresses } = executors;
  return addresses.kind === 'list' ? addresses.urls.join(', ') : `dns:${addresses.host}:${addresses.port}`;
}

/** Rejects where something takes too long. */
async function within<T>(work: Promise<T>, ms: number, what: string): Promise<T> {
  const controller = new AbortController();
  const late = delay(ms, undefined, { ref: false, signal: controller.signal }).then(() => {
    throw new FabricError('STORE_FAILED', `${what} has not answered in ${ms} ms.`, { retryable: true });
  });
  late.catch(() => undefined);
  work.catch(() => undefined);
  return Promise.race([work, late]).finally(() => controller.abort());
}
