import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createHttpInvoker } from '../../../coordinator/invoke/http.ts';
import {
  createLambdaInvoker,
  type LambdaInvoker,
  type LambdaInvokerOptions,
} from '../../../coordinator/invoke/lambda.ts';
import { createLocalInvoker } from '../../../coordinator/invoke/local.ts';
import {
  createLocalLambdaInvoker,
  type LocalLambdaInvoker,
  type LocalLambdaOptions,
} from '../../../coordinator/invoke/local-lambda.ts';
import type { FunctionConfig } from '../../../localstack/lambda/functions.ts';
import { type LocalLambda, startLocalLambda } from '../../../localstack/lambda/invoke-api.ts';
import { startVolleyExecutor, type VolleyExecutor } from '../../../scripts/servers/volley-executor.ts';
import type { OpenInvoker } from '../../coordinator/invoke/conformance.ts';

/** The path of the built executor. */
export const executorEntry = fileURLToPath(new URL('../../../dist/executor.js', import.meta.url));
export const taskKey = 'a key that only the tests know';
export const EXECUTOR_MEMORY_MIB = 1024;

/** An invoker, and the folder of the store that its executors use. */
export interface OpenExecutors extends OpenInvoker {
  readonly store: string;
}

interface Folders {
  readonly store: string;
  readonly scratch: string;
  remove(): Promise<void>;
}

async function makeFolders(): Promise<Folders> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'volley-fabric-')));
  const [store, scratch] = [join(root, 'store'), join(root, 'scratch')];
  await Promise.all([mkdir(store), mkdir(scratch)]);
  return { store, scratch, remove: () => rm(root, { recursive: true, force: true }) };
}

/** Opens executors that are child processes of this process. */
export async function openLocal(allow: readonly string[] = []): Promise<OpenExecutors> {
  const { store, scratch, remove } = await makeFolders();
  const invoker = createLocalInvoker({
    executorEntry,
    count: 2,
    memoryMiB: EXECUTOR_MEMORY_MIB,
    storeRoot: store,
    scratchRoot: scratch,
    inputRoots: allow,
  });
  const close = async () => {
    await invoker.close();
    await remove();
  };
  return { invoker, store, scratch, pids: () => invoker.pids, close };
}

/** Opens executors that are child processes of this process and have the limits of Lambda. */
export async function openLocalLambda(
  changes: Partial<LocalLambdaOptions> = {},
): Promise<OpenExecutors & { readonly invoker: LocalLambdaInvoker }> {
  const { store, scratch, remove } = await makeFolders();
  const invoker = createLocalLambdaInvoker({
    executorEntry,
    size: { memoryMiB: EXECUTOR_MEMORY_MIB, timeoutMs: 20_000, scratchMiB: 512 },
    concurrency: 2,
    storeRoot: store,
    scratchRoot: scratch,
    inputRoots: [],
    ...changes,
  });
  const close = async () => {
    await invoker.close();
    await remove();
  };
  return { invoker, store, scratch, pids: () => invoker.pids, close };
}

export interface OpenLambda extends OpenExecutors {
  readonly invoker: LambdaInvoker;
  readonly lambda: LocalLambda;
}

/** Opens a local Lambda that runs at most two functions at the same time. The invoker tries to run eight. */
export async function openLambda(
  allow: readonly string[] = [],
  changes: Partial<FunctionConfig> = {},
  options: Partial<LambdaInvokerOptions> = {},
): Promise<OpenLambda> {
  const { store, scratch, remove } = await makeFolders();
  const executor: FunctionConfig = {
    command: [process.execPath, executorEntry],
    environment: { VOLLEY_STORE: store, VOLLEY_SCRATCH: scratch, VOLLEY_ALLOW: allow.join(',') },
    memoryMiB: EXECUTOR_MEMORY_MIB,
    timeoutSeconds: 20,
    reservedConcurrency: 2,
    ...changes,
  };
  const lambda = await startLocalLambda({ functions: { executor } });
  const invoker = createLambdaInvoker({ ...lambdaOptions(lambda.endpoint), ...options });
  const close = async () => {
    await invoker.close();
    await lambda.close();
    await remove();
  };
  return { invoker, lambda, store, scratch, pids: () => lambda.pids, close };
}

function lambdaOptions(endpoint: string): LambdaInvokerOptions {
  return {
    functionName: 'executor',
    region: 'us-east-1',
    endpoint,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    concurrency: 8,
    throttledTries: 20,
  };
}

export interface OpenHttp extends OpenExecutors {
  readonly executors: readonly VolleyExecutor[];
}

/** Starts two standalone executors that run one task at a time each. */
export async function openHttp(allow: readonly string[] = []): Promise<OpenHttp> {
  const { store, scratch, remove } = await makeFolders();
  const start = () => startVolleyExecutor({ store, allow, scratch, key: taskKey, memoryMiB: EXECUTOR_MEMORY_MIB });
  const executors = await Promise.all([start(), start()]);
  const urls = executors.map(({ endpoint }) => endpoint);
  const invoker = createHttpInvoker({ executors: { kind: 'list', urls }, key: Buffer.from(taskKey), healthMs: 100 });
  const close = async () => {
    await invoker.close();
    await Promise.all(executors.map((executor) => executor.close()));
    await remove();
  };
  const pids = () => executors.flatMap((executor) => executor.childPids());
  return { invoker, executors, store, scratch, pids, close };
}
