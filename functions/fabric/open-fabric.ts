import type { Invoker } from '../../coordinator/invoke/invoker.ts';
import type { JobStore } from '../../coordinator/jobs/delete-objects.ts';
import { type Deployment, fixedMemory } from '../../coordinator/jobs/deployment.ts';
import { openFileJournal } from '../../coordinator/journal/file.ts';
import { openIntentFiles } from '../../coordinator/journal/intent-files.ts';
import type { SharedJournal } from '../../coordinator/journal/journal.ts';
import { lockRun } from '../../coordinator/journal/lock.ts';
import { soleJournal } from '../../coordinator/journal/sole.ts';
import { FabricError } from '../../engine/errors.ts';
import { makeFolder } from '../../engine/store/make-folder.ts';
import { silenceSdk } from '../config/s3-settings.ts';
import { locationText } from '../config/store-location.ts';
import { readMachine } from '../process/machine.ts';
import type { ExecutorsLocation, FabricConfig } from './fabric-config.ts';
import { lambdaModel, standaloneModel } from './fabric-models.ts';
import { servedExecutors } from './local-executors.ts';
import { openStore } from './open-store.ts';

/** What jobs run on, held open. */
export interface OpenFabric extends OpenExecutors {
  readonly store: JobStore;
  readonly journal: SharedJournal;
  /** Ends and closes all of it. Idempotent. */
  close(): Promise<void>;
}

export interface FabricFolders {
  /** What local executors may read: local files and folders, and `s3://bucket/prefix`. */
  readonly inputRoots: readonly string[];
  /** A folder of this process's own. */
  readonly scratch: string;
  /** Shows a line to the operator of the executors. */
  readonly report?: (line: string) => void;
}

/** The default memory of a remote executor: one vCPU's worth of a Lambda function. */
const DEFAULT_EXECUTOR_MEMORY_MIB = 1769;
/** The attempt timeout of standalone executors. It is bounded because objects written later must be swept up. */
const STANDALONE_ATTEMPT_MS = 3_600_000;
/** The longest that a Lambda function may run. */
const FUNCTION_ATTEMPT_MS = 900_000;

const JOURNAL_IS_LOCKED =
  'A journal in a folder is for one coordinator: end that one, give this one a folder of its own (--journal), or have both share jobs ' +
  'through etcd (--journal etcd://HOST:PORT/PREFIX).';

interface OpenExecutors {
  readonly invoker: Invoker;
  readonly deployment: Deployment;
}

/**
 * Opens what the jobs of `volley serve` run on: store, journal and executors. Only the modules of the configured kinds are loaded. Rejects
 * with `RUN_LOCKED` if another process uses the journal's folder, with `STORE_FAILED` if that folder is not usable, with `USAGE` if
 * standalone executors have no task key, and as `publishedVersion` does.
 */
export async function openFabric(config: FabricConfig, folders: FabricFolders): Promise<OpenFabric> {
  const store = await openStore(config.store, config.s3.settings);
  const { journal, release } = await openJournal(config, store);
  try {
    const executors = await openExecutors(config, folders);
    return {
      store,
      journal,
      ...executors,
      close: async () => {
        await executors.invoker.close();
        await journal.close();
        await release();
      },
    };
  } catch (error) {
    await journal.close();
    await release();
    throw error;
  }
}

async function openJournal(
  { journal: location, name, leaseSeconds, etcd }: FabricConfig,
  store: JobStore,
): Promise<{ readonly journal: SharedJournal; readonly release: () => Promise<void> }> {
  switch (location.kind) {
    case 'folder': {
      const { path } = location;
      try {
        makeFolder(path, 0o700);
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        const message = `The journal's folder ${path} cannot be used: ${reason}. Give --journal a folder that can be written.`;
        throw new FabricError('STORE_FAILED', message, { cause });
      }
      const lock = await lockRun(path, JOURNAL_IS_LOCKED);
      return {
        journal: soleJournal(openFileJournal(path), name, openIntentFiles(path)),
        release: () => lock.release(),
      };
    }
    case 'etcd': {
      const { openEtcdJournal } = await import('../../coordinator/journal/etcd/etcd-journal.ts');
      const { endpoints, prefix } = location;
      const journal = openEtcdJournal({ endpoints, prefix, store, owner: name, leaseSeconds, ...etcd });
      return { journal, release: async () => undefined };
    }
    default:
      return location satisfies never;
  }
}

async function openExecutors(config: FabricConfig, folders: FabricFolders): Promise<OpenExecutors> {
  const { report } = folders;
  const { executors, executorMemoryMiB: memoryMiB = DEFAULT_EXECUTOR_MEMORY_MIB } = config;
  switch (executors.kind) {
    case 'local':
      return openLocal(config, folders);
    case 'http': {
      const { taskKey: key } = config;
      if (key === undefined) {
        throw new FabricError(
          'USAGE',
          'Standalone executors take signed tasks only: set VOLLEY_TASK_KEY or VOLLEY_TASK_KEY_FILE.',
        );
      }
      const { createHttpInvoker } = await import('../../coordinator/invoke/http.ts');
      const invoker = createHttpInvoker({ executors: executors.addresses, key, ...(report && { report }) });
      const model = () => standaloneModel(invoker.concurrency, memoryMiB, config.store);
      return { invoker, deployment: { ...fixedMemory(model), attemptTimeoutMs: STANDALONE_ATTEMPT_MS } };
    }
    case 'lambda':
      return openFunction(config, executors, memoryMiB);
    default:
      return executors satisfies never;
  }
}

/** A Lambda function, at the version that is published now: what is deployed later is for the jobs of coordinators that start later. */
async function openFunction(
  { functionConcurrency: concurrency, region, lambdaEndpoint }: FabricConfig,
  { functionName, version: qualifier, unpublished }: Extract<ExecutorsLocation, { kind: 'lambda' }>,
  memoryMiB: number,
): Promise<OpenExecutors> {
  silenceSdk();
  const { createLambdaInvoker } = await import('../../coordinator/invoke/lambda.ts');
  const { publishedVersion } = await import('../../coordinator/invoke/lambda-version.ts');
  const place = { functionName, region, ...(lambdaEndpoint === undefined ? {} : { endpoint: lambdaEndpoint }) };
  const version = unpublished
    ? undefined
    : await publishedVersion({ ...place, ...(qualifier === undefined ? {} : { qualifier }) });
  return {
    invoker: createLambdaInvoker({ ...place, ...(version === undefined ? {} : { version }), concurrency }),
    deployment: {
      ...fixedMemory(() => lambdaModel(memoryMiB, concurrency)),
      attemptTimeoutMs: FUNCTION_ATTEMPT_MS,
      ...(version === undefined ? {} : { functionVersion: version }),
    },
  };
}

/** Executors that are children of this process. */
function openLocal(
  { store, s3, executorMemoryMiB }: FabricConfig,
  { inputRoots, scratch }: FabricFolders,
): OpenExecutors {
  const deployment = servedExecutors(readMachine(), executorMemoryMiB);
  const memoryMiB = deployment.executorMemoryMiB({});
  const storeRoot = locationText(store);
  const invoker = deployment.open({ storeRoot, scratchRoot: scratch, inputRoots, s3, memoryMiB, startNow: 1 });
  return { invoker, deployment };
}
