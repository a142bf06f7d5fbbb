import type { Invoker } from '../../coordinator/invoke/invoker.ts';
import { createLocalInvoker } from '../../coordinator/invoke/local.ts';
import { createLocalLambdaInvoker } from '../../coordinator/invoke/local-lambda.ts';
import type { FabricModel } from '../../coordinator/price/fabric-model.ts';
import type { Settings } from '../../coordinator/settings.ts';
import { type FabricChoice, functionSize, type LambdaLimits } from '../config/fabric-choice.ts';
import { executorProgram } from '../process/executor-program.ts';
import { allExecutorsMemoryMiB, type Machine } from '../process/machine.ts';
import { lambdaModel, localModel } from './fabric-models.ts';
import type { OwnedRun } from './run-directory.ts';

export interface ExecutorsOptions {
  readonly run: OwnedRun;
  /** What tasks may read: local folders and files, and `s3://bucket/prefix`. */
  readonly inputRoots: readonly string[];
  /** Of the executors, beside what they always have. */
  readonly environment: Readonly<Record<string, string>>;
  /** Of one executor. */
  readonly memoryMiB: number;
  /** Executors to start before they are needed. */
  readonly startNow: number;
}

/** The kind of executors that the jobs of this process run on; they are its children. */
export interface LocalExecutors {
  /** What the planner reckons with. */
  model(settings: Settings): FabricModel;
  /** Memory of one executor. Throws `INVALID_SETTING` where there is none with as much as is set. */
  executorMemoryMiB(settings: Pick<Settings, 'memoryMiB'>): number;
  /** Memory of one task, of so many that a job has. */
  taskMemoryMiB(settings: Settings, tasks: number): number;
  open(options: ExecutorsOptions): Invoker;
}

/** Those of the fabric that was chosen, on this machine. */
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

/** Executors are processes that share the machine. */
function sharedMachine(machine: Machine): LocalExecutors {
  return {
    model: () => localModel(machine),
    executorMemoryMiB: ({ memoryMiB }) => memoryMiB ?? allExecutorsMemoryMiB(machine),
    taskMemoryMiB: ({ memoryMiB }, tasks) =>
      memoryMiB ?? Math.floor(allExecutorsMemoryMiB(machine) / Math.min(machine.cores, tasks)),
    open: (options) => createLocalInvoker({ ...options, ...shared(options), count: machine.cores }),
  };
}

/** Executors are processes too, each under the limits of a Lambda function; queries are planned as they would be for Lambda. */
function underLambdaLimits(limits: LambdaLimits, machine: Machine): LocalExecutors {
  const sizeOf = ({ memoryMiB }: Pick<Settings, 'memoryMiB'>) => functionSize(limits, memoryMiB);
  const { timeoutMs, scratchMiB, accountConcurrency } = limits;
  return {
    model: (settings) => lambdaModel(sizeOf(settings), accountConcurrency),
    executorMemoryMiB: sizeOf,
    taskMemoryMiB: sizeOf,
    open: (options) =>
      createLocalLambdaInvoker({
        ...shared(options),
        size: { memoryMiB: sizeOf(options), timeoutMs, scratchMiB },
        concurrency: machine.cores,
        accountConcurrency,
      }),
  };
}

function shared({ run, inputRoots, environment }: ExecutorsOptions) {
  return {
    ...executorProgram(environment),
    storeRoot: run.store,
    scratchRoot: run.scratch,
    inputRoots,
  };
}
