import { FabricError } from '../errors.ts';
import { inputsOf, type Relation } from '../plan/relation.ts';
import { type FetchedPartition, fetchPartition } from '../shuffle/read.ts';
import type { ObjectStore } from '../store/object-store.ts';
import type { Task } from '../task/task.ts';
import { shuffleFields } from './fragment-output.ts';
import type { KernelInput } from './kernel-protocol.ts';

export type InputRelation = Relation & { readonly kind: 'input' };

/**
 * Returns the other stages that a fragment reads as `volley_input(stage)`, by stage number. The layout of a stage's
 * output determines how it is read, so a fragment may read a stage in one mode only. Throws `INTERNAL` otherwise.
 */
function inputsOfFragment(root: Relation): ReadonlyMap<number, InputRelation> {
  const found = new Map<number, InputRelation>();
  const visit = (relation: Relation): void => {
    if (relation.kind === 'input') {
      const known = found.get(relation.stage) ?? relation;
      if (known.mode !== relation.mode) {
        throw new FabricError(
          'INTERNAL',
          `The fragment reads stage ${relation.stage} in two modes: ${known.mode} and ${relation.mode}.`,
        );
      }
      found.set(relation.stage, known);
    }
    for (const input of inputsOf(relation)) visit(input);
  };
  visit(root);
  return found;
}

export interface FetchedShuffles {
  readonly inputs: readonly KernelInput[];
  readonly rows: number;
  readonly bytes: number;
}

/**
 * Fetches the task's part of each input of its fragment. Rejects with the errors of `fetchPartition`. `isStopped`
 * returns whether the parts are no longer needed.
 */
export async function fetchShuffles(
  store: ObjectStore,
  task: Task,
  isStopped: () => boolean,
): Promise<FetchedShuffles> {
  const inputs: KernelInput[] = [];
  const partitions: FetchedPartition[] = [];
  // Inputs are fetched sequentially because each one already uses many concurrent requests.
  for (const [stage, relation] of inputsOfFragment(task.stage.root)) {
    const input = task.inputs.find((each) => each.stage === stage);
    if (input === undefined)
      throw new FabricError('INTERNAL', `The task reads stage ${stage}, but has no input from it.`);
    const partition = await fetchPartition({ store, input, mode: relation.mode, partition: task.index, isStopped });
    partitions.push(partition);
    inputs.push({ number: stage, fields: shuffleFields(relation.types), streams: partition.streams });
  }
  return {
    inputs,
    rows: sum(partitions.map(({ rows }) => rows)),
    bytes: sum(partitions.map(({ bytes }) => bytes)),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
