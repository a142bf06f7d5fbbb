import { FabricError } from '../../engine/errors.ts';
import type { FabricModel } from '../price/fabric-model.ts';
import type { Settings } from '../settings.ts';

/** The executors that a program's jobs run on, as planning sees them. */
export interface Deployment {
  /** The fabric model for these settings. Throws `INVALID_SETTING` if no executor has the memory they set. */
  model(settings: Settings): FabricModel;
  /** Memory of one task of a job with this many tasks, under settings that `model` accepts. */
  taskMemoryMiB(settings: Settings, tasks: number): number;
  /** The time limit of one attempt. */
  readonly attemptTimeoutMs: number;
  /** How long an abandoned attempt may go on writing. By default, until its deadline. */
  readonly lateWriteMs?: number;
  /** The published function version that new jobs record and run on. Absent if the executors have no versions. */
  readonly functionVersion?: string;
}

/** Executors with a fixed amount of memory: a job may set less, but not more. `model` returns their current model. */
export function fixedMemory(model: () => FabricModel): Pick<Deployment, 'model' | 'taskMemoryMiB'> {
  return {
    model: ({ memoryMiB }) => {
      const fabric = model();
      const { memoryMiBPerTask } = fabric;
      if (memoryMiB !== undefined && memoryMiB > memoryMiBPerTask) throw tooMuchMemory(memoryMiB, memoryMiBPerTask);
      return fabric;
    },
    taskMemoryMiB: ({ memoryMiB }) => memoryMiB ?? model().memoryMiBPerTask,
  };
}

function tooMuchMemory(memoryMiB: number, deployedMiB: number): FabricError {
  const message = `The setting memory cannot be ${memoryMiB} MiB: executors have ${deployedMiB} MiB. Set at most that.`;
  return new FabricError('INVALID_SETTING', message, { details: { setting: 'memory', value: memoryMiB } });
}
