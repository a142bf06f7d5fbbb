import { inputsOf, type Relation } from '../../../engine/plan/relation.ts';
import type { Split, StageOutput } from '../../../engine/plan/stage.ts';

/** How the rows of a relation are distributed over the tasks that compute it. */
export type Distribution =
  /** One task has all rows. */
  | { readonly kind: 'single' }
  /** Small, and the same in every evaluation: any task of any stage can produce all rows for itself. */
  | { readonly kind: 'replicated' }
  /** Each row is in one of `tasks` tasks, in no known order. */
  | { readonly kind: 'split'; readonly tasks: number }
  /**
   * A row is in task `hash(keys) % tasks`. Each key is the set of columns that hold its value: after an inner join on `a = b`, either
   * column is the key. The order of the keys matters, because hashes of several values do not commute.
   */
  | { readonly kind: 'hashed'; readonly keys: readonly HashKey[]; readonly tasks: number };

/** Positions of the columns that hold one hash key. They have the same value in every row. */
type HashKey = readonly number[];

/** A part of a plan whose operators all run in one stage, with the distribution of its rows. Its leaves are scans, constant rows and `ExchangeReader`s. */
export interface PlacedRelation {
  readonly relation: Relation;
  readonly distribution: Distribution;
}

/** An edge of the plan on which rows move between tasks: the producer becomes a stage with this output. */
export interface Exchange {
  readonly producer: PlacedRelation;
  readonly output: Extract<StageOutput, { kind: 'hash' | 'single' }>;
}

/**
 * A leaf that reads an exchange. Leaves that hold the same `Exchange` object read the same stage. `stage` is
 * `UNNUMBERED` until `cutStages` numbers the stages.
 */
export type ExchangeReader = Extract<Relation, { kind: 'input' }> & { readonly exchange: Exchange };

/** Only reads an exchange. */
export interface PlacedReader extends PlacedRelation {
  readonly relation: ExchangeReader;
}

/** A definition that is a separate stage. Its readers are `ExchangeReader`s of the same exchange, so only the body remains. */
export type StagedWith = Extract<Relation, { kind: 'with' }> & { readonly exchange: Exchange };

/** The `stage` of an exchange reader before stages are cut. */
export const UNNUMBERED = -1;

/** The context of the rules that place operators. */
export interface PlaceContext {
  /** Partitions of every shuffle. */
  readonly partitions: number;
  /** The largest join side that is broadcast, in bytes. 0: broadcast only what cannot be shuffled. */
  readonly broadcastLimitBytes: number;
  /** The splits of every task, by table. */
  readonly splits: ReadonlyMap<number, readonly (readonly Split[])[]>;
}

export function isExchangeReader(relation: Relation): relation is ExchangeReader {
  return relation.kind === 'input' && 'exchange' in relation;
}

export function isStagedWith(relation: Relation): relation is StagedWith {
  return relation.kind === 'with' && 'exchange' in relation;
}

/** The exchanges that a relation reads. Shared definitions that it only declares are not among them. */
export function exchangeReaders(relation: Relation): readonly ExchangeReader[] {
  if (isExchangeReader(relation)) return [relation];
  if (isStagedWith(relation)) return exchangeReaders(relation.body);
  return inputsOf(relation).flatMap(exchangeReaders);
}

/** How many tasks compute a relation. */
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

/** Whether a task that computes the relation has all of its rows. */
export function isUnpartitioned({ distribution }: PlacedRelation): boolean {
  return distribution.kind === 'single' || distribution.kind === 'replicated';
}

/** The distribution above an operator that moves columns. `to` returns all new positions of an old column. */
export function movedDistribution(
  distribution: Distribution,
  to: (position: number) => readonly number[],
): Distribution {
  if (distribution.kind !== 'hashed') return distribution;
  const { tasks } = distribution;
  const keys = distribution.keys.map((key) => key.flatMap(to));
  return keys.every((key) => key.length > 0) ? { kind: 'hashed', keys, tasks } : { kind: 'split', tasks };
}
