import { FabricError } from '../../engine/errors.ts';
import type { FabricModel } from '../price/fabric-model.ts';
import type { Settings } from '../settings.ts';

/** Describes the executors that run a program's jobs, for use in planning. */
export interface Deployment {
  /** Returns the fabric model for these settings. Throws `INVALID_SETTING` if no executor has the memory that the settings require. */
  model(settings: Settings): FabricModel;
  /** Returns the memory of one task in a job with this many tasks. `model` must accept the settings. */
  taskMemoryMiB(settings: Settings, tasks: number): number;
  /** The time limit of one attempt. */
  readonly attemptTimeoutMs: number;
  /** How long an abandoned attempt may continue to write. If absent, it may write until its deadline. */
  readonly lateWriteMs?: number;
  /** The published function version that new jobs record and use for their tasks. Absent if the executors have no versions. */
  readonly functionVersion?: string;
}

/**
 * Describes executors with a fixed amount of memory. A job may request less memory, but not more. `model` returns the current fabric model.
 */
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
  const message =
    `The setting memory is ${memoryMiB} MiB, but executors have only ${deployedMiB} MiB. ` +
    `Set memory to at most ${deployedMiB} MiB.`;
  return new FabricError('INVALID_SETTING', message, { details: { setting: 'memory', value: memoryMiB } });
}
