import { canonicalText, column, columnsOfTypes } from '../../engine/plan/columns.ts';
import type { AggregateCall, Expression } from '../../engine/plan/expression.ts';
import type { Relation } from '../../engine/plan/relation.ts';
import { isVolatileOperator, sameEstimate } from '../../engine/plan/transform.ts';
import { BIGINT, type DataType } from '../../engine/plan/types.ts';
import { gather, partition } from './exchange.ts';
import { type Distribution, type Fragment, isWhole, movedDistribution, type Placement } from './fragment.ts';
import { type TwoPhase, twoPhase } from './merge-aggregate.ts';

type Aggregate = Extract<Relation, { kind: 'aggregate' }>;

/**
 * Places an aggregate. In one task or over rows already partitioned on some of its groups it runs as it is; else in two phases around
 * an exchange of partial answers; else (DISTINCT, ordered and holistic calls) over raw rows partitioned on the groups; and with
 * neither groups nor a merge, gathered.
 */
export function placeAggregate(aggregate: Aggregate, input: Fragment, placement: Placement): Fragment {
  if (isWhole(input) || isVolatileOperator(aggregate)) return aggregated(aggregate, gather(input, placement));
  const common = commonGroups(aggregate);
  if (isPartitionedOn(aggregate, common, input.distribution)) {
    return { ...aggregated(aggregate, input), distribution: groupDistribution(aggregate, common, input, placement) };
  }
  const merges = mergesOf(aggregate, false);
  if (merges !== undefined) return inTwoPhases(aggregate, merges, input, placement);
  if (common.length > 0) return overRawRows(aggregate, common, input, placement);
  return overDistinctValues(aggregate, input, placement) ?? aggregated(aggregate, gather(input, placement));
}

function aggregated(aggregate: Aggregate, input: Fragment): Fragment {
  const distribution: Distribution = isWhole(input) ? { kind: 'single' } : input.distribution;
  return { relation: { ...aggregate, input: input.relation }, distribution };
}

function isPlainGrouping(aggregate: Aggregate): boolean {
  const [only, ...more] = aggregate.groupingSets;
  return more.length === 0 && (only === undefined || only.length === aggregate.groups.length);
}

/** Positions of the groups that are in every grouping set: rows of one output row agree on them. */
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

function groupDistribution(
  aggregate: Aggregate,
  common: readonly number[],
  input: Fragment,
  placement: Placement,
): Distribution {
  const groupsOf = (position: number) => common.filter((group) => isColumnAmong(aggregate.groups[group], [position]));
  return movedDistribution(input.distribution, groupsOf, placement);
}

/** The two-phase form of every call, or `undefined` if one of them has none. */
function mergesOf(aggregate: Aggregate, disjoint: boolean): readonly TwoPhase[] | undefined {
  // The grouping set of a partial row is known by its GROUPING number, which is the same for sets that are written twice.
  const sets = new Set(aggregate.groupingSets.map((groups) => [...groups].sort((a, b) => a - b).join()));
  if (sets.size < aggregate.groupingSets.length) return undefined;
  const merges: TwoPhase[] = [];
  for (const call of aggregate.aggregates) {
    const merge = twoPhase(call, disjoint);
    if (merge === undefined) return undefined;
    merges.push(merge);
  }
  return merges;
}

function overRawRows(aggregate: Aggregate, common: readonly number[], input: Fragment, placement: Placement): Fragment {
  const keys = common.flatMap((position) => aggregate.groups[position] ?? []);
  const partitioned = partition(input, keys, placement);
  const distribution: Distribution = { kind: 'hashed', keys: common.map((position) => [position]) };
  return { relation: { ...aggregate, input: partitioned.relation }, distribution };
}

/** DISTINCT calls over one and the same value, without groups: partitioned on that value no two tasks meet the same one. */
function overDistinctValues(aggregate: Aggregate, input: Fragment, placement: Placement): Fragment | undefined {
  if (aggregate.groups.length > 0) return undefined;
  const distinct = aggregate.aggregates.filter((call) => call.distinct);
  const values = distinct[0]?.inputs;
  const merges = mergesOf(aggregate, true);
  if (values === undefined || values.length === 0 || merges === undefined) return undefined;
  const text = canonicalText(values);
  if (!distinct.every((call) => canonicalText(call.inputs) === text)) return undefined;
  return inTwoPhases(aggregate, merges, partition(input, values, placement), placement);
}

/** The columns of the exchange between the phases: groups, then partial answers, then GROUPING numbers. */
interface PartialPhase {
  readonly relation: Relation;
  /** For each of the aggregate's calls, the columns of its partial answers. */
  readonly answers: readonly (readonly Expression[])[];
  /** What the grouping set of a row is known by, then the aggregate's own grouping calls. */
  readonly grouping: readonly Expression[];
}

function inTwoPhases(
  aggregate: Aggregate,
  merges: readonly TwoPhase[],
  input: Fragment,
  placement: Placement,
): Fragment {
  const groupTypes = aggregate.groups.map((group) => group.type);
  const partial = partialPhase(aggregate, merges, input.relation);
  const before: Fragment = { relation: partial.relation, distribution: input.distribution };
  const exchanged =
    groupTypes.length > 0 ? partition(before, columnsOfTypes(groupTypes), placement) : gather(before, placement);
  const groups = [...columnsOfTypes(groupTypes), ...partial.grouping];
  const finals = withoutRepeats(merges.map((merge, index) => merge.finals(partial.answers[index] ?? [])));
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
    groupTypes.length > 0 ? { kind: 'hashed', keys: groupTypes.map((_type, index) => [index]) } : { kind: 'single' };
  return { relation: finished(aggregate, merged, merges, finals.places), distribution };
}

function partialPhase(aggregate: Aggregate, merges: readonly TwoPhase[], input: Relation): PartialPhase {
  const groupCount = aggregate.groups.length;
  const { calls, places } = withoutRepeats(merges.map((merge) => merge.partials));
  const answers = places.map((own) => own.map((place) => columnOf(calls, place, groupCount)));
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
  return { relation, answers, grouping: columnsOfTypes(bigints, groupCount + calls.length) };
}

/** Each call once, and for every list of calls the places of its own. AVG and SUM of one column share their sum. */
function withoutRepeats(lists: readonly (readonly AggregateCall[])[]) {
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
  if (call === undefined) throw new RangeError(`No aggregate call ${place} among ${calls.length}.`);
  return column(from + place, call.type);
}

/** The aggregate's own columns, from those of the merging one. `places` are those of each call's final calls. */
function finished(
  aggregate: Aggregate,
  merged: Aggregate,
  merges: readonly TwoPhase[],
  places: readonly (readonly number[])[],
): Relation {
  const groupCount = aggregate.groups.length;
  const answers = merges.map((merge, index) =>
    merge.finish((places[index] ?? []).map((place) => columnOf(merged.aggregates, place, merged.groups.length))),
  );
  const ownGrouping = aggregate.groupingCalls.map((_call, index) => column(groupCount + 1 + index, BIGINT));
  const expressions = [...columnsOfTypes(aggregate.groups.map((group) => group.type)), ...answers, ...ownGrouping];
  return { kind: 'project', types: aggregate.types, ...sameEstimate(aggregate), input: merged, expressions };
}
