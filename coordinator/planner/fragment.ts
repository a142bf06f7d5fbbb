import type { Relation, SharedId } from '../../engine/plan/relation.ts';
import type { Split, StageOutput } from '../../engine/plan/stage.ts';

/** How the rows of a fragment lie over the tasks that will run it. */
export type Distribution =
  /** One task has all rows. */
  | { readonly kind: 'single' }
  /** Small and the same wherever it is evaluated: any task of any stage can have all rows for itself. */
  | { readonly kind: 'everywhere' }
  /** Rows lie anyhow over `tasks` tasks. */
  | { readonly kind: 'split'; readonly tasks: number }
  /**
   * A row is in partition `hash(keys) % partitions` of the plan's shuffles. Each key is the set of columns that hold its value: after
   * an inner join on `a = b` either column is the key. The order of the keys matters, as hashes of several values do not commute.
   */
  | { readonly kind: 'hashed'; readonly keys: readonly HashKey[] };

/** Positions of the columns that hold one hash key; all have the same value in every row. */
type HashKey = readonly number[];

/** A part of a plan whose operators all run in one stage, not yet cut off. */
export interface Fragment {
  readonly relation: Relation;
  readonly distribution: Distribution;
}

/** A stage as the rewrites leave it: what runs, in how many tasks, and where its rows go. Its id is its place in the list. */
export interface DraftStage {
  readonly relation: Relation;
  readonly taskCount: number;
  readonly output: StageOutput;
}

/** What the placing rewrites know, and the stages they have cut off so far. */
export interface Placement {
  /** Partitions of every shuffle. */
  readonly partitions: number;
  /** The most bytes that are copied to every task for a join; 0: only what cannot be done otherwise. */
  readonly broadcastLimitBytes: number;
  /** The splits of every task, by table, as chosen before. */
  readonly scans: ReadonlyMap<number, readonly (readonly Split[])[]>;
  /** Appended to as exchanges are placed, producers before their readers. */
  readonly stages: DraftStage[];
  /** What reads each definition that has been materialised. */
  readonly definitions: Map<SharedId, Fragment>;
  /** Stages that partition what another stage materialised, by that stage and the keys: the same partitioning is made once. */
  readonly repartitioned: Map<string, Fragment>;
  /** Stages that copy the output of another one, by that one: for fragments that would read it in two ways. */
  readonly copies: Map<number, number>;
}

/** How many tasks a fragment takes. */
export function taskCountOf(fragment: Fragment, placement: Placement): number {
  switch (fragment.distribution.kind) {
    case 'single':
    case 'everywhere':
      return 1;
    case 'split':
      return fragment.distribution.tasks;
    case 'hashed':
      return placement.partitions;
    default:
      return fragment.distribution satisfies never;
  }
}

/** Whether all rows are in one place. */
export function isWhole(fragment: Fragment): boolean {
  return fragment.distribution.kind === 'single' || fragment.distribution.kind === 'everywhere';
}

/** The distribution seen through an operator that moves columns; `to` gives every new position of an old one. */
export function movedDistribution(
  distribution: Distribution,
  to: (position: number) => readonly number[],
  placement: Placement,
): Distribution {
  if (distribution.kind !== 'hashed') return distribution;
  const keys = distribution.keys.map((key) => key.flatMap(to));
  return keys.every((key) => key.length > 0)
    ? { kind: 'hashed', keys }
    : { kind: 'split', tasks: placement.partitions };
}
