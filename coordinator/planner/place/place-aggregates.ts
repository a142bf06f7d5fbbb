import { canonicalText, column, columnsOfTypes } from '../../../engine/plan/columns.ts';
import type { AggregateCall, Expression } from '../../../engine/plan/expression.ts';
import type { Relation } from '../../../engine/plan/relation.ts';
import { isVolatileOperator, sameEstimate } from '../../../engine/plan/transform.ts';
import { BIGINT, type DataType } from '../../../engine/plan/types.ts';
import { gather, partition } from './exchange.ts';
import {
  type Distribution,
  isUnpartitioned,
  movedDistribution,
  type PlaceContext,
  type PlacedRelation,
} from './placed-relation.ts';
import { type TwoPhase, twoPhase } from './two-phase-aggregate.ts';

type Aggregate = Extract<Relation, { kind: 'aggregate' }>;

/**
 * Places an aggregate by the first rule that applies:
 * - If its input rows are in one task or already partitioned on some of its groups, it runs unchanged.
 * - If all calls can be merged, it runs in two phases around an exchange of partial results.
 * - If it has groups and calls that cannot be merged (DISTINCT, ordered or holistic), the rows are partitioned on the groups.
 * - If all DISTINCT calls are over the same value, the rows are partitioned on that value.
 * - Otherwise, the rows are gathered.
 *
 *     aggregate avg(b) by a        project a, sum / count
 *       scan t                       aggregate sum(sum), sum(count) by a
 *                              ->      partition by a
 *                                        aggregate sum(b), count(b) by a
 *                                          scan t
 */
export function placeAggregate(
  aggregate: Aggregate,
  input: PlacedRelation,
  { partitions }: PlaceContext,
): PlacedRelation {
  if (isUnpartitioned(input) || isVolatileOperator(aggregate)) return unchanged(aggregate, gather(input));
  const common = commonGroups(aggregate);
  if (isPartitionedOn(aggregate, common, input.distribution)) {
    return { ...unchanged(aggregate, input), distribution: groupDistribution(aggregate, common, input.distribution) };
  }
  const merges = twoPhaseCalls(aggregate, false);
  if (merges !== undefined) return inTwoPhases(aggregate, merges, input, partitions);
  if (common.length > 0) return overPartitionedRows(aggregate, common, input, partitions);
  return overDistinctValues(aggregate, input, partitions) ?? unchanged(aggregate, gather(input));
}

function unchanged(aggregate: Aggregate, { relation, distribution }: PlacedRelation): PlacedRelation {
  return { relation: { ...aggregate, input: relation }, distribution };
}

function isPlainGrouping(aggregate: Aggregate): boolean {
  const [only, ...more] = aggregate.groupingSets;
  return more.length === 0 && (only === undefined || only.length === aggregate.groups.length);
}

/**
 * Returns the positions of the groups that are in every grouping set. All input rows of one output row have the same values in these
 * groups.
 */
function commonGroups(aggregate: Aggregate): readonly number[] {
  const positions = [...aggregate.groups.keys()];
  if (isPlainGrouping(aggregate)) return positions;
  return positions.filter((position) => aggregate.groupingSets.every((groups) => groups.includes(position)));
}

function isPartitionedOn(aggregate: Aggregate, common: readonly number[], distribution: Distribution): boolean {
  if (distribution.kind !== 'hashed') return false;
  return distribution.keys.every((key) => common.some((position) => isColumnAmong(aggregate.groups[position], key)));
}

function isColumnAmong(expression: Expression | undefined, positions: readonly number[]): boolean {
  return expression?.kind === 'column' && positions.includes(expression.index);
}

function groupDistribution(aggregate: Aggregate, common: readonly number[], distribution: Distribution): Distribution {
  return movedDistribution(distribution, (position) =>
    common.filter((group) => isColumnAmong(aggregate.groups[group], [position])),
  );
}

/** Returns the two-phase form of every call, or `undefined` if a call has no such form. */
function twoPhaseCalls(aggregate: Aggregate, isDisjoint: boolean): readonly TwoPhase[] | undefined {
  // A partial row identifies its grouping set by its GROUPING number. Two identical sets have the same number, so they cannot be told
  // apart.
  const sets = new Set(aggregate.groupingSets.map((groups) => [...groups].sort((a, b) => a - b).join()));
  if (sets.size < aggregate.groupingSets.length) return undefined;
  const calls = aggregate.aggregates.flatMap((call) => twoPhase(call, isDisjoint) ?? []);
  return calls.length === aggregate.aggregates.length ? calls : undefined;
}

function overPartitionedRows(
  aggregate: Aggregate,
  common: readonly number[],
  input: PlacedRelation,
  partitions: number,
): PlacedRelation {
  const keys = common.flatMap((position) => aggregate.groups[position] ?? []);
  const { relation } = partition(input, keys, partitions);
  const distribution: Distribution = {
    kind: 'hashed',
    keys: common.map((position) => [position]),
    tasks: partitions,
  };
  return { relation: { ...aggregate, input: relation }, distribution };
}

/** Places DISTINCT calls without groups. Partitioning the rows on the calls' common value ensures that no value occurs in two tasks. */
function overDistinctValues(
  aggregate: Aggregate,
  input: PlacedRelation,
  partitions: number,
): PlacedRelation | undefined {
  if (aggregate.groups.length > 0) return undefined;
  const distinct = aggregate.aggregates.filter((call) => call.distinct);
  const values = distinct[0]?.inputs;
  const merges = twoPhaseCalls(aggregate, true);
  if (values === undefined || values.length === 0 || merges === undefined) return undefined;
  const text = canonicalText(values);
  if (!distinct.every((call) => canonicalText(call.inputs) === text)) return undefined;
  return inTwoPhases(aggregate, merges, partition(input, values, partitions), partitions);
}

/** The first phase. Its columns are the groups, the partial results and the GROUPING numbers. */
interface PartialPhase {
  readonly relation: Relation;
  /** The columns with partial results, for each call of the aggregate. */
  readonly results: readonly (readonly Expression[])[];
  /** The GROUPING number that identifies a row's grouping set, followed by the aggregate's own grouping calls. */
  readonly grouping: readonly Expression[];
}

function inTwoPhases(
  aggregate: Aggregate,
  merges: readonly TwoPhase[],
  input: PlacedRelation,
  partitions: number,
): PlacedRelation {
  const groupTypes = aggregate.groups.map((group) => group.type);
  const partial = partialPhase(aggregate, merges, input.relation);
  const before: PlacedRelation = { relation: partial.relation, distribution: input.distribution };
  const exchanged = groupTypes.length > 0 ? partition(before, columnsOfTypes(groupTypes), partitions) : gather(before);
  const groups = [...columnsOfTypes(groupTypes), ...partial.grouping];
  const finals = withoutDuplicates(merges.map((merge, index) => merge.finals(partial.results[index] ?? [])));
  const merged: Aggregate = {
    kind: 'aggregate',
    types: [...groups.map((group) => group.type), ...finals.calls.map((call) => call.type)],
    ...sameEstimate(aggregate),
    input: exchanged.relation,
    groups,
    groupingSets: groups.length > 0 ? [[...groups.keys()]] : aggregate.groupingSets,
    aggregates: finals.calls,
    groupingCalls: [],
  };
  const distribution: Distribution =
    groupTypes.length > 0
      ? { kind: 'hashed', keys: groupTypes.map((_type, index) => [index]), tasks: partitions }
      : { kind: 'single' };
  return { relation: finished(aggregate, merged, merges, finals.places), distribution };
}

function partialPhase(aggregate: Aggregate, merges: readonly TwoPhase[], input: Relation): PartialPhase {
  const groupCount = aggregate.groups.length;
  const { calls, places } = withoutDuplicates(merges.map((merge) => merge.partials));
  const results = places.map((own) => own.map((place) => columnOf(calls, place, groupCount)));
  const byAllGroups = [...aggregate.groups.keys()];
  const plain = isPlainGrouping(aggregate) && aggregate.groupingCalls.length === 0;
  const groupingCalls = plain ? [] : [byAllGroups, ...aggregate.groupingCalls];
  const bigints: readonly DataType[] = groupingCalls.map(() => BIGINT);
  const relation: Relation = {
    ...aggregate,
    types: [...aggregate.groups.map((group) => group.type), ...calls.map((call) => call.type), ...bigints],
    input,
    aggregates: calls,
    groupingCalls,
  };
  return { relation, results, grouping: columnsOfTypes(bigints, groupCount + calls.length) };
}

/**
 * Returns all calls without duplicates, and the positions of each list's calls in the result. For example, AVG and SUM of the same column
 * share a sum.
 */
function withoutDuplicates(lists: readonly (readonly AggregateCall[])[]) {
  const calls: AggregateCall[] = [];
  const known = new Map<string, number>();
  const places = lists.map((list) =>
    list.map((call) => {
      const text = canonicalText(call);
      const place = known.get(text) ?? calls.push(call) - 1;
      known.set(text, place);
      return place;
    }),
  );
  return { calls, places };
}

function columnOf(calls: readonly AggregateCall[], place: number, from: number): Expression {
  const call = calls[place];
  if (call === undefined)
    throw new RangeError(`Aggregate call ${place} is out of range: there are ${calls.length} calls.`);
  return column(from + place, call.type);
}

/**
 * Computes the aggregate's columns from the columns of the merging aggregate. `places` contains the positions of each call's final calls.
 */
function finished(
  aggregate: Aggregate,
  merged: Aggregate,
  merges: readonly TwoPhase[],
  places: readonly (readonly number[])[],
): Relation {
  const groupCount = aggregate.groups.length;
  const results = merges.map((merge, index) =>
    merge.finish((places[index] ?? []).map((place) => columnOf(merged.aggregates, place, merged.groups.length))),
  );
  const ownGrouping = aggregate.groupingCalls.map((_call, index) => column(groupCount + 1 + index, BIGINT));
  const expressions = [...columnsOfTypes(aggregate.groups.map((group) => group.type)), ...results, ...ownGrouping];
  return { kind: 'project', types: aggregate.types, ...sameEstimate(aggregate), input: merged, expressions };
}
