import type { Invoker } from '../../coordinator/invoke/invoker.ts';
import { createLocalInvoker } from '../../coordinator/invoke/local.ts';
import { createLocalLambdaInvoker } from '../../coordinator/invoke/local-lambda.ts';
import { type Deployment, fixedMemory } from '../../coordinator/jobs/deployment.ts';
import type { Settings } from '../../coordinator/settings.ts';
import { isObjectLocation } from '../../engine/scan/object-location.ts';
import { type FabricChoice, functionSize, type LambdaLimits } from '../config/fabric-choice.ts';
import type { S3Access } from '../config/s3-settings.ts';
import { executorProgram } from '../process/executor-program.ts';
import { allExecutorsMemoryMiB, type Machine } from '../process/machine.ts';
import { lambdaModel, localModel } from './fabric-models.ts';

/** The options for starting executors on this machine. */
export interface ExecutorsOptions {
  /** The location of the jobs' objects: an absolute path or `s3://bucket/prefix`. */
  readonly storeRoot: string;
  /** A folder that only this process uses. */
  readonly scratchRoot: string;
  /** The locations that tasks may read: local folders and files, and `s3://bucket/prefix`. */
  readonly inputRoots: readonly string[];
  /** Passed to the executors only if the store or an input is in S3. */
  readonly s3: S3Access;
  /** The memory of one executor. */
  readonly memoryMiB: number;
  /** The number of executors to start before they are needed. */
  readonly startNow: number;
}

/** Executors that are children of this process. */
export interface LocalExecutors extends Deployment {
  /**
   * Returns the memory of one executor under these settings. Throws `INVALID_SETTING` if the settings request more
   * memory than any executor can have.
   */
  executorMemoryMiB(settings: Pick<Settings, 'memoryMiB'>): number;
  open(options: ExecutorsOptions): Invoker;
}

/** Attempts on this machine have no time limit. */
const ATTEMPT_TIMEOUT_MS = 24 * 3_600_000;
/** Local executors end with the process that started them, and are killed if they do not stop. */
const LATE_WRITE_MS = 30_000;

/** The executors of `volley sql`. Each statement can set their memory. */
export function localExecutors(choice: FabricChoice, machine: Machine): LocalExecutors {
  switch (choice.kind) {
    case 'local':
      return sharedMachine(machine);
    case 'lambda':
      return underLambdaLimits(choice.limits, machine);
    default:
      return choice satisfies never;
  }
}

/** The executors of `volley serve`: one for each core, shared by all jobs, with a fixed memory. `memoryMiB` defaults to an equal share of the machine. */
export function servedExecutors(
  machine: Machine,
  memoryMiB = Math.floor(allExecutorsMemoryMiB(machine) / machine.cores),
): LocalExecutors {
  return {
    ...fixedMemory(() => ({ ...localModel(machine), memoryMiBPerTask: memoryMiB })),
    attemptTimeoutMs: ATTEMPT_TIMEOUT_MS,
    lateWriteMs: LATE_WRITE_MS,
    executorMemoryMiB: () => memoryMiB,
    open: (options) => openProcesses(options, machine),
  };
}

/** Executors are processes that share the machine. */
function sharedMachine(machine: Machine): LocalExecutors {
  return {
    model: () => localModel(machine),
    taskMemoryMiB: ({ memoryMiB }, tasks) =>
      memoryMiB ?? Math.floor(allExecutorsMemoryMiB(machine) / Math.min(machine.cores, tasks)),
    attemptTimeoutMs: ATTEMPT_TIMEOUT_MS,
    executorMemoryMiB: ({ memoryMiB }) => memoryMiB ?? allExecutorsMemoryMiB(machine),
    open: (options) => openProcesses(options, machine),
  };
}

/**
 * Executors are processes on this machine, each under the limits of a Lambda function. Queries are planned as for
 * Lambda.
 */
function underLambdaLimits(limits: LambdaLimits, machine: Machine): LocalExecutors {
  const sizeOf = ({ memoryMiB }: Pick<Settings, 'memoryMiB'>) => functionSize(limits, memoryMiB);
  const { timeoutMs, scratchMiB, accountConcurrency } = limits;
  return {
    model: (settings) => lambdaModel(sizeOf(settings), accountConcurrency),
    taskMemoryMiB: sizeOf,
    attemptTimeoutMs: ATTEMPT_TIMEOUT_MS,
    executorMemoryMiB: sizeOf,
    open: (options) =>
      createLocalLambdaInvoker({
        ...programOf(options),
        size: { memoryMiB: sizeOf(options), timeoutMs, scratchMiB },
        concurrency: machine.cores,
        accountConcurrency,
      }),
  };
}

function openProcesses(options: ExecutorsOptions, { cores }: Machine): Invoker {
  const { memoryMiB, startNow } = options;
  return createLocalInvoker({ ...programOf(options), count: cores, memoryMiB, startNow });
}

function programOf({ storeRoot, scratchRoot, inputRoots, s3 }: ExecutorsOptions) {
  const usesS3 = [storeRoot, ...inputRoots].some(isObjectLocation);
  return { ...executorProgram(usesS3 ? s3.environment : {}), storeRoot, scratchRoot, inputRoots };
}
