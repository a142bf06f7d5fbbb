import type { Invoker } from '../../coordinator/invoke/invoker.ts';
import type { JobStore } from '../../coordinator/jobs/delete-objects.ts';
import { type Deployment, fixedMemory } from '../../coordinator/jobs/deployment.ts';
import { openFileJournal } from '../../coordinator/journal/file.ts';
import { openFolderProbe } from '../../coordinator/journal/folder-probe.ts';
import { openIntentFiles } from '../../coordinator/journal/intent-files.ts';
import type { SharedJournal } from '../../coordinator/journal/journal.ts';
import { lockRun, type RunLock } from '../../coordinator/journal/lock.ts';
import { soleJournal } from '../../coordinator/journal/sole.ts';
import { FabricError } from '../../engine/errors.ts';
import { makeFolder } from '../../engine/store/make-folder.ts';
import { silenceSdk } from '../config/s3-settings.ts';
import { locationText } from '../config/store-location.ts';
import { readMachine } from '../process/machine.ts';
import { Opened } from '../process/opened.ts';
import type { ExecutorsConfig, FabricConfig } from './fabric-config.ts';
import { lambdaModel, standaloneModel } from './fabric-models.ts';
import { servedExecutors } from './local-executors.ts';
import { openStore } from './open-store.ts';

/** The store, journal and executors that jobs run on. Must be closed. */
export interface OpenFabric extends OpenExecutors {
  readonly store: JobStore;
  readonly journal: SharedJournal;
  /** Stops the executors and closes all parts. Idempotent. */
  close(): Promise<void>;
}

export interface FabricFolders {
  /** The locations that local executors may read: local files and folders, and `s3://bucket/prefix`. */
  readonly inputRoots: readonly string[];
  /** A folder that only this process uses. */
  readonly scratch: string;
  /** Shows a line to the operator of the executors. */
  readonly report?: (line: string) => void;
}

/** The default memory of a remote executor: the smallest size of a Lambda function with one full vCPU. */
const DEFAULT_EXECUTOR_MEMORY_MIB = 1769;
/**
 * The attempt timeout of standalone executors. It bounds how late an abandoned attempt can still write objects, which
 * must be swept.
 */
const STANDALONE_ATTEMPT_TIMEOUT_MS = 3_600_000;
/** The maximum run time of a Lambda function. */
const FUNCTION_ATTEMPT_TIMEOUT_MS = 900_000;

const JOURNAL_IS_LOCKED =
  'Another coordinator uses this journal folder. Stop it, choose another folder (--journal), or use etcd.';

interface OpenExecutors {
  readonly invoker: Invoker;
  readonly deployment: Deployment;
}

/**
 * Opens the store, journal and executors of `volley serve`. Only the modules of the configured kinds are loaded. Rejects with `RUN_LOCKED`
 * if another process uses the journal's folder, with `STORE_FAILED` if that folder is not usable, with `USAGE` if standalone executors have
 * no task key, and as `publishedVersion` does.
 */
export async function openFabric(config: FabricConfig, folders: FabricFolders): Promise<OpenFabric> {
  const store = await openStore(config.store, config.s3.settings);
  const opened = new Opened();
  try {
    const journal = await openJournal(config, store, opened);
    const executors = await openExecutors(config, folders);
    opened.add(executors.invoker);
    return { store, journal, ...executors, close: () => closeAll(opened) };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

/** Closes every part. If any part failed to close, then rejects with the first error. */
async function closeAll(opened: Opened): Promise<void> {
  const errors = await opened.close();
  if (errors.length > 0) throw errors[0];
}

async function openJournal(
  { journal: location, name, leaseSeconds, etcd }: FabricConfig,
  store: JobStore,
  opened: Opened,
): Promise<SharedJournal> {
  switch (location.kind) {
    case 'folder': {
      const { path } = location;
      const lock = await lockJournal(path);
      opened.add({ close: () => lock.release() });
      return opened.add(soleJournal(openFileJournal(path), name, openIntentFiles(path), openFolderProbe(path)));
    }
    case 'etcd': {
      const { openEtcdJournal } = await import('../../coordinator/journal/etcd/etcd-journal.ts');
      const { endpoints, prefix } = location;
      return opened.add(openEtcdJournal({ endpoints, prefix, store, owner: name, leaseSeconds, ...etcd }));
    }
    default:
      return location satisfies never;
  }
}

/** Creates and locks the journal's folder. Rejects with `RUN_LOCKED` or `STORE_FAILED`. */
async function lockJournal(path: string): Promise<RunLock> {
  try {
    makeFolder(path, 0o700);
    return await lockRun(path, JOURNAL_IS_LOCKED);
  } catch (cause) {
    if (cause instanceof FabricError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `The journal's folder ${path} cannot be used: ${reason}. Specify a writable folder with --journal.`;
    throw new FabricError('STORE_FAILED', message, { cause });
  }
}

async function openExecutors(config: FabricConfig, folders: FabricFolders): Promise<OpenExecutors> {
  const { executors, executorMemoryMiB: memoryMiB = DEFAULT_EXECUTOR_MEMORY_MIB } = config;
  switch (executors.kind) {
    case 'local':
      return openLocal(config, folders);
    case 'http':
      return openHttp(config, executors, memoryMiB, folders.report);
    case 'lambda':
      return openLambda(config, executors, memoryMiB);
    default:
      return executors satisfies never;
  }
}

/** Standalone executors. */
async function openHttp(
  { taskKey: key, store }: FabricConfig,
  { addresses }: Extract<ExecutorsConfig, { kind: 'http' }>,
  memoryMiB: number,
  report: FabricFolders['report'],
): Promise<OpenExecutors> {
  if (key === undefined) {
    throw new FabricError(
      'USAGE',
      'Standalone executors accept only signed tasks. Set VOLLEY_TASK_KEY or VOLLEY_TASK_KEY_FILE.',
    );
  }
  const { createHttpInvoker } = await import('../../coordinator/invoke/http.ts');
  const invoker = createHttpInvoker({ executors: addresses, key, ...(report && { report }) });
  const model = () => standaloneModel(invoker.concurrency, memoryMiB, store);
  return { invoker, deployment: { ...fixedMemory(model), attemptTimeoutMs: STANDALONE_ATTEMPT_TIMEOUT_MS } };
}

/**
 * A Lambda function, pinned to the version published now. Only coordinators that start after a deployment use the new
 * version.
 */
async function openLambda(
  { functionConcurrency: concurrency, region, lambdaEndpoint }: FabricConfig,
  { functionName, version: qualifier, unpublished }: Extract<ExecutorsConfig, { kind: 'lambda' }>,
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
      attemptTimeoutMs: FUNCTION_ATTEMPT_TIMEOUT_MS,
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
