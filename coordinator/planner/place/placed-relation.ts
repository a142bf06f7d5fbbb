import { inputsOf, type Relation } from '../../../engine/plan/relation.ts';
import type { Split, StageOutput } from '../../../engine/plan/stage.ts';

/** How the rows of a relation are distributed over the tasks that compute it. */
export type Distribution =
  /** One task has all rows. */
  | { readonly kind: 'single' }
  /** The relation is small and always has the same rows. Any task of any stage can compute all of its rows. */
  | { readonly kind: 'replicated' }
  /** Each row is in one of `tasks` tasks, in an unknown order. */
  | { readonly kind: 'split'; readonly tasks: number }
  /**
   * A row is in task `hash(keys) % tasks`. Each key is a set of columns with the same value. For example, either column is the key after an
   * inner join on `a = b`. The order of the keys matters, because the combined hash of several values depends on their order.
   */
  | { readonly kind: 'hashed'; readonly keys: readonly HashKey[]; readonly tasks: number };

/** Positions of the columns that contain one hash key. In every row, these columns have the same value. */
type HashKey = readonly number[];

/**
 * A part of a plan whose operators all run in one stage, and the distribution of its rows. Its leaves are scans, constant rows and
 * `ExchangeReader`s.
 */
export interface PlacedRelation {
  readonly relation: Relation;
  readonly distribution: Distribution;
}

/** An edge of the plan along which rows move between tasks. The producer becomes a stage with this output. */
export interface Exchange {
  readonly producer: PlacedRelation;
  readonly output: Extract<StageOutput, { kind: 'hash' | 'single' }>;
}

/**
 * A leaf that reads an exchange. Leaves with the same `Exchange` object read the same stage. `stage` is `UNNUMBERED` until `cutStages`
 * numbers the stages.
 */
export type ExchangeReader = Extract<Relation, { kind: 'input' }> & { readonly exchange: Exchange };

/** A placed relation that consists only of an exchange reader. */
export interface PlacedReader extends PlacedRelation {
  readonly relation: ExchangeReader;
}

/**
 * A `with` whose definition is a separate stage. The readers of the definition are `ExchangeReader`s of the same exchange, so only the body
 * remains in this stage.
 */
export type StagedWith = Extract<Relation, { kind: 'with' }> & { readonly exchange: Exchange };

/** The `stage` of an exchange reader before the stages are cut. */
export const UNNUMBERED = -1;

/** The context for placing operators. */
export interface PlaceContext {
  /** The number of partitions of every shuffle. */
  readonly partitions: number;
  /** The size in bytes up to which a join side is broadcast. If 0, a side is broadcast only if the join cannot be shuffled. */
  readonly broadcastLimitBytes: number;
  /** The splits of every task, by table index. */
  readonly splits: ReadonlyMap<number, readonly (readonly Split[])[]>;
}

export function isExchangeReader(relation: Relation): relation is ExchangeReader {
  return relation.kind === 'input' && 'exchange' in relation;
}

export function isStagedWith(relation: Relation): relation is StagedWith {
  return relation.kind === 'with' && 'exchange' in relation;
}

/** Returns the exchanges that a relation reads. Excludes definitions that it declares but does not read. */
export function exchangeReaders(relation: Relation): readonly ExchangeReader[] {
  if (isExchangeReader(relation)) return [relation];
  if (isStagedWith(relation)) return exchangeReaders(relation.body);
  return inputsOf(relation).flatMap(exchangeReaders);
}

/** Returns the number of tasks that compute a relation. */
export function taskCountOf({ distribution }: PlacedRelation): number {
  switch (distribution.kind) {
    case 'single':
    case 'replicated':
      return 1;
    case 'split':
    case 'hashed':
      return distribution.tasks;
    default:
      return distribution satisfies never;
  }
}

/** Returns whether each task that computes the relation has all of its rows. */
export function isUnpartitioned({ distribution }: PlacedRelation): boolean {
  return distribution.kind === 'single' || distribution.kind === 'replicated';
}

/** Returns the output distribution of an operator that changes column positions. `to` returns all new positions of a column. */
export function movedDistribution(
  distribution: Distribution,
  to: (position: number) => readonly number[],
): Distribution {
  if (distribution.kind !== 'hashed') return distribution;
  const { tasks } = distribution;
  const keys = distribution.keys.map((key) => key.flatMap(to));
  return keys.every((key) => key.length > 0) ? { kind: 'hashed', keys, tasks } : { kind: 'split', tasks };
}
