import { wireField } from '../duckdb/wire-types.ts';
import { FabricError } from '../errors.ts';
import { inputsOf, type Relation } from '../plan/relation.ts';
import { type FetchedPartition, fetchPartition } from '../shuffle/read.ts';
import type { ObjectStore } from '../store/object-store.ts';
import type { KernelInput } from './kernel-protocol.ts';
import type { Task } from './task.ts';

export type InputRelation = Relation & { readonly kind: 'input' };

/** Names what an `input` reads: the same stage read in two ways is two inputs. */
export function inputName(relation: InputRelation): string {
  return `${relation.stage}:${relation.mode}`;
}

/** The different inputs of a fragment by name, in the order they are met; `volley_input(n)` is the nth. */
export function inputsOfFragment(root: Relation): ReadonlyMap<string, { readonly number: number; readonly relation: InputRelation }> {
  const found = new Map<string, { readonly number: number; readonly relation: InputRelation }>();
  const visit = (relation: Relation): void => {
    if (relation.kind === 'input' && !found.has(inputName(relation))) {
      found.set(inputName(relation), { number: found.size, relation });
    }
    for (const input of inputsOf(relation)) visit(input);
  };
  visit(root);
  return found;
}

export interface FetchedInputs {
  readonly inputs: readonly KernelInput[];
  readonly rows: number;
  readonly bytes: number;
  readonly requests: number;
}

/** Fetches the task's part of all inputs of its fragment. Rejects as `fetchPartition` does. */
export async function fetchInputs(store: ObjectStore, task: Task): Promise<FetchedInputs> {
  const wanted = [...inputsOfFragment(task.stage.root).values()];
  const fetched: { number: number; relation: InputRelation; partition: FetchedPartition }[] = [];
  // One after another: each is read with many requests in flight already, and memory is bounded by the largest.
  for (const { number, relation } of wanted) {
    const input = task.inputs.find((each) => each.stage === relation.stage);
    if (input === undefined) throw new FabricError('INTERNAL', `the task was given no output of stage ${relation.stage}, which it reads`);
    const partition = await fetchPartition({ store, input, mode: relation.mode, partition: task.index });
    fetched.push({ number, relation, partition });
  }
  return {
    inputs: fetched.map(({ number, relation, partition }) => ({
      number,
      fields: relation.types.map((type, index) => wireField(`c${index}`, type)),
      streams: partition.streams,
    })),
    rows: sum(fetched.map(({ partition }) => partition.rows)),
    bytes: sum(fetched.map(({ partition }) => partition.bytes)),
    requests: sum(fetched.map(({ partition }) => partition.requests)),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
