import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createHttpInvoker } from '../../../coordinator/invoke/http.ts';
import type { Invoker } from '../../../coordinator/invoke/invoker.ts';
import { createLambdaInvoker } from '../../../coordinator/invoke/lambda.ts';
import { createLocalInvoker } from '../../../coordinator/invoke/local.ts';
import type { ObjectStore } from '../../../engine/store/object-store.ts';
import { startLocalLambda } from '../../../localstack/lambda/invoke-api.ts';
import { startVolleyExecutor } from '../../../scripts/servers/volley-executor.ts';
import { EXECUTOR_MEMORY_MIB as memoryMiB, taskKey } from '../executors/open-invokers.ts';
import type { S3Buckets } from './buckets.ts';

/** Executors of one kind that store objects in S3. */
export interface S3Executors {
  readonly kind: 'child' | 'standalone' | 'function';
  readonly invoker: Invoker;
  /** The coordinator's store. */
  readonly store: ObjectStore;
  close(): Promise<void>;
}

interface S3ExecutorOptions {
  readonly buckets: S3Buckets;
  /** Locations that the executors may read. */
  readonly allow: readonly string[];
  readonly scratch: string;
}

const executorEntry = fileURLToPath(new URL('../../../dist/executor.js', import.meta.url));
const STORE = 's3://jobs';

/** Starts the built executors with the same S3 settings that a user would choose. */
export async function openS3Executors(kind: S3Executors['kind'], options: S3ExecutorOptions): Promise<S3Executors> {
  mkdirSync(options.scratch, { recursive: true });
  const store = options.buckets.jobs;
  return { kind, store, ...(await startExecutors(kind, options)) };
}

async function startExecutors(
  kind: S3Executors['kind'],
  { buckets, allow, scratch }: S3ExecutorOptions,
): Promise<Pick<S3Executors, 'invoker' | 'close'>> {
  const { environment } = buckets;
  switch (kind) {
    case 'child': {
      const folders = { storeRoot: STORE, scratchRoot: scratch, inputRoots: allow };
      const invoker = createLocalInvoker({ executorEntry, environment, count: 1, memoryMiB, ...folders });
      return { invoker, close: () => invoker.close() };
    }
    case 'standalone': {
      const executor = await startVolleyExecutor({
        store: STORE,
        allow,
        scratch,
        key: taskKey,
        memoryMiB,
        environment,
      });
      const executors = { kind: 'list', urls: [executor.endpoint] } as const;
      const invoker = createHttpInvoker({ executors, key: Buffer.from(taskKey), healthMs: 100 });
      const close = async () => {
        await invoker.close();
        await executor.close();
      };
      return { invoker, close };
    }
    case 'function': {
      const own = { VOLLEY_STORE: STORE, VOLLEY_SCRATCH: scratch, VOLLEY_ALLOW: allow.join(',') };
      const command = [process.execPath, executorEntry];
      const executor = { command, environment: { ...environment, ...own }, memoryMiB, timeoutSeconds: 20 };
      const lambda = await startLocalLambda({ functions: { executor } });
      const invoker = createLambdaInvoker({
        functionName: 'executor',
        region: 'us-east-1',
        endpoint: lambda.endpoint,
        credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
        concurrency: 1,
      });
      const close = async () => {
        await invoker.close();
        await lambda.close();
      };
      return { invoker, close };
    }
    default:
      return kind satisfies never;
  }
}
