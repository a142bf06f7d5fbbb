import {
  aggregateExpressions,
  collectColumns,
  mapAggregateCall,
  mapSortKeys,
  mapWindowCall,
  remapColumns,
  windowExpressions,
} from '../../../engine/plan/columns.ts';
import type { Expression, SortKey } from '../../../engine/plan/expression.ts';
import type { JoinCondition, Relation, SharedId } from '../../../engine/plan/relation.ts';
import { mapInputs, sameEstimate, selectColumns } from '../../../engine/plan/transform.ts';
import { BOOLEAN, type DataType } from '../../../engine/plan/types.ts';
import { rowWidth } from './estimate-rows.ts';

/**
 * Works from the top down and drops every column that no operator above reads. Scans then read, and exchanges carry, only the needed
 * columns.
 * DuckDB's own pass for this is disabled, because it produces plans that cannot be serialized.
 *
 *     aggregate sum(b) by a              aggregate sum(b) by a
 *       filter c < 5               ->      project a, b
 *         scan t [a b c d e]                 filter c < 5
 *                                              scan t [a b c]
 */
export function pruneColumns(root: Relation): Relation {
  return narrow(root, allOf(root), new Map());
}

type Kind<K extends Relation['kind']> = Extract<Relation, { kind: K }>;
type Needed = ReadonlySet<number>;
/** For each definition, the columns needed by the readers visited so far. */
type SharedNeeds = Map<SharedId, Set<number>>;

/**
 * Returns the relation with exactly the wanted columns, in their original order. If no column is wanted, because only the number of rows
 * matters, keeps the cheapest column.
 */
function narrow(relation: Relation, wanted: Needed, shared: SharedNeeds): Relation {
  if (wanted.size === 0 && relation.kind === 'scan') return onlyRows(relation);
  if (wanted.size === 0 && relation.kind === 'project') return narrow(relation.input, wanted, shared);
  const needed = wanted.size > 0 || relation.types.length === 0 ? wanted : new Set([cheapest(relation)]);
  const kept = ascending(needed);
  const all = (input: Relation) => narrow(input, allOf(input), shared);
  switch (relation.kind) {
    case 'scan':
      return narrowScan(relation, kept);
    case 'table-function': {
      const output = kept.flatMap((position) => relation.output[position] ?? []);
      return { ...relation, types: pick(relation.types, kept), output };
    }
    case 'values':
      return { ...relation, types: pick(relation.types, kept), rows: relation.rows.map((row) => pick(row, kept)) };
    case 'project': {
      const expressions = pick(relation.expressions, kept);
      const { input, remap } = narrowInput(relation.input, collectColumns(expressions), shared);
      return { ...relation, types: pick(relation.types, kept), input, expressions: expressions.map(remap) };
    }
    case 'filter': {
      const { input, remap, at } = narrowInput(relation.input, collectColumns(relation.predicates, set(kept)), shared);
      const predicates = relation.predicates.map(remap);
      return selectColumns({ ...relation, types: input.types, input, predicates }, kept.map(at));
    }
    case 'sort': {
      const { input, remap, at } = narrowInput(relation.input, withKeys(relation.keys, set(kept)), shared);
      return selectColumns(
        { ...relation, types: input.types, input, keys: mapSortKeys(relation.keys, remap) },
        kept.map(at),
      );
    }
    case 'distinct':
      return relation.on === undefined
        ? selectColumns(mapInputs(relation, all), kept)
        : narrowDistinctOn(relation, relation.on, kept, shared);
    case 'aggregate':
      return narrowAggregate(relation, kept, shared);
    case 'join':
    case 'asof-join':
      return narrowJoin(relation, kept, shared);
    case 'window':
      return narrowWindow(relation, kept, shared);
    case 'unnest':
      return narrowUnnest(relation, kept, shared);
    case 'set-operation':
      return relation.operation === 'union' && relation.all
        ? {
            ...relation,
            types: pick(relation.types, kept),
            inputs: relation.inputs.map((input) => narrow(input, set(kept), shared)),
          }
        : selectColumns(mapInputs(relation, all), kept);
    case 'with':
      return narrowWith(relation, set(kept), shared);
    case 'shared': {
      const needs = shared.get(relation.id) ?? new Set();
      for (const position of kept) needs.add(position);
      shared.set(relation.id, needs);
      return selectColumns(relation, kept);
    }
    case 'sample':
    case 'positional-join':
    case 'lateral-function':
    case 'recursive':
    case 'input':
      return selectColumns(mapInputs(relation, all), kept);
    default:
      return relation satisfies never;
  }
}

/** Narrows an input to the needed columns. Also returns functions that map old column positions to new ones. */
function narrowInput(input: Relation, needed: Needed, shared: SharedNeeds) {
  const positions = ascending(needed);
  const at = (index: number) => positions.indexOf(index);
  return {
    input: narrow(input, needed, shared),
    at,
    remap: (expression: Expression) => remapColumns(expression, at),
  };
}

function narrowScan(scan: Kind<'scan'>, kept: readonly number[]): Relation {
  const output = pick(scan.output, kept);
  const read = ascending(collectColumns([...scan.filters, ...scan.pruning], set(output)));
  const remap = (expression: Expression) => remapColumns(expression, (index) => read.indexOf(index));
  return {
    ...scan,
    types: pick(scan.types, kept),
    columns: pick(scan.columns, read),
    filters: scan.filters.map(remap),
    pruning: scan.pruning.map(remap),
    output: output.map((index) => read.indexOf(index)),
  };
}

function narrowDistinctOn(
  distinct: Kind<'distinct'>,
  on: readonly Expression[],
  kept: readonly number[],
  shared: SharedNeeds,
): Relation {
  const needed = withKeys(distinct.orderBy, collectColumns(on, set(kept)));
  const { input, remap, at } = narrowInput(distinct.input, needed, shared);
  const orderBy = mapSortKeys(distinct.orderBy, remap);
  return selectColumns({ ...distinct, types: input.types, input, on: on.map(remap), orderBy }, kept.map(at));
}

/**
 * Narrows an aggregate. Keeps all groups, because they determine the rows. A projection directly above drops the groups that are not read.
 */
function narrowAggregate(aggregate: Kind<'aggregate'>, kept: readonly number[], shared: SharedNeeds): Relation {
  const groupCount = aggregate.groups.length;
  const callsFrom = groupCount + aggregate.aggregates.length;
  const aggregates = aggregate.aggregates.filter((_call, index) => kept.includes(groupCount + index));
  const groupingCalls = aggregate.groupingCalls.filter((_call, index) => kept.includes(callsFrom + index));
  const held = [...aggregate.groups.keys(), ...kept.filter((position) => position >= groupCount)];
  const read = collectColumns([...aggregate.groups, ...aggregates.flatMap(aggregateExpressions)]);
  const { input, remap } = narrowInput(aggregate.input, read, shared);
  const narrowed: Relation = {
    ...aggregate,
    types: pick(aggregate.types, held),
    input,
    groups: aggregate.groups.map(remap),
    aggregates: aggregates.map((call) => mapAggregateCall(call, remap)),
    groupingCalls,
  };
  return selectColumns(
    narrowed,
    kept.map((position) => held.indexOf(position)),
  );
}

function narrowJoin(join: Kind<'join'> | Kind<'asof-join'>, kept: readonly number[], shared: SharedNeeds): Relation {
  const rightOnly = join.joinType === 'right-semi' || join.joinType === 'right-anti';
  const hasMark = join.joinType === 'mark';
  const leftCount = rightOnly ? 0 : join.outputLeft.length;
  const outputLeft = rightOnly ? [] : join.outputLeft.filter((_from, index) => kept.includes(index));
  const rightGiven = join.joinType === 'semi' || join.joinType === 'anti' || hasMark ? [] : join.outputRight;
  const outputRight = rightGiven.filter((_from, index) => kept.includes(leftCount + index));
  const leftWidth = join.left.types.length;
  const residual = join.residual === undefined ? [] : ascending(collectColumns([join.residual]));
  const leftRead = collectColumns(
    join.conditions.map((condition) => condition.left),
    set([...outputLeft, ...residual.filter((index) => index < leftWidth)]),
  );
  const rightRead = collectColumns(
    join.conditions.map((condition) => condition.right),
    set([...outputRight, ...residual.filter((index) => index >= leftWidth).map((index) => index - leftWidth)]),
  );
  const left = narrowInput(join.left, leftRead, shared);
  const right = narrowInput(join.right, rightRead, shared);
  const newLeftWidth = left.input.types.length;
  const acrossBoth = (index: number) =>
    index < leftWidth ? left.at(index) : newLeftWidth + right.at(index - leftWidth);
  const conditions: readonly JoinCondition[] = join.conditions.map((condition) => ({
    ...condition,
    left: left.remap(condition.left),
    right: right.remap(condition.right),
  }));
  // The mark follows the left columns. A mark join always returns it.
  const held = hasMark ? [...kept.filter((position) => position < leftCount), leftCount] : kept;
  const narrowed: Relation = {
    ...join,
    types: pick(join.types, held),
    left: left.input,
    right: right.input,
    conditions,
    ...(join.residual === undefined ? {} : { residual: remapColumns(join.residual, acrossBoth) }),
    outputLeft: outputLeft.map(left.at),
    outputRight: outputRight.map(right.at),
  };
  return selectColumns(
    narrowed,
    kept.map((position) => held.indexOf(position)),
  );
}

function narrowWindow(window: Kind<'window'>, kept: readonly number[], shared: SharedNeeds): Relation {
  const width = window.input.types.length;
  const calls = window.calls.filter((_call, index) => kept.includes(width + index));
  const passed = kept.filter((position) => position < width);
  if (calls.length === 0) return narrow(window.input, set(passed), shared);
  const { input, remap, at } = narrowInput(
    window.input,
    collectColumns(calls.flatMap(windowExpressions), set(passed)),
    shared,
  );
  const narrowed: Relation = {
    ...window,
    types: [...input.types, ...calls.map((call) => call.type)],
    input,
    calls: calls.map((call) => mapWindowCall(call, remap)),
  };
  return selectColumns(narrowed, [...passed.map(at), ...calls.map((_call, index) => input.types.length + index)]);
}

/** Narrows an unnest. Keeps all lists, because each affects the number of rows. */
function narrowUnnest(unnest: Kind<'unnest'>, kept: readonly number[], shared: SharedNeeds): Relation {
  const width = unnest.input.types.length;
  const needed = collectColumns(unnest.lists, set(kept.filter((position) => position < width)));
  const { input, remap, at } = narrowInput(unnest.input, needed, shared);
  const narrowed: Relation = {
    ...unnest,
    types: [...input.types, ...unnest.types.slice(width)],
    input,
    lists: unnest.lists.map(remap),
  };
  return selectColumns(
    narrowed,
    kept.map((position) => (position < width ? at(position) : position - width + input.types.length)),
  );
}

/** Narrows a definition to the columns that its readers need. Drops a definition without readers. */
function narrowWith(relation: Kind<'with'>, needed: Needed, shared: SharedNeeds): Relation {
  const body = narrow(relation.body, needed, shared);
  const needs = shared.get(relation.id);
  if (needs === undefined) return body;
  const kept = ascending(needs);
  const definition = narrow(relation.definition, needs, shared);
  const types = body.types;
  if (kept.length === relation.definition.types.length) return { ...relation, types, definition, body };
  return { ...relation, types, definition, body: rereadShared(body, relation.id, kept, definition.types) };
}

/**
 * Updates the readers of a narrowed definition to its new column positions. A reader that needs only some of the columns is a projection
 * directly above `shared`.
 */
function rereadShared(relation: Relation, id: SharedId, kept: readonly number[], types: readonly DataType[]): Relation {
  if (relation.kind === 'project' && relation.input.kind === 'shared' && relation.input.id === id) {
    const remap = (expression: Expression) => remapColumns(expression, (index) => kept.indexOf(index));
    const input: Relation = { kind: 'shared', id, types, ...sameEstimate(relation.input) };
    const moved = relation.expressions.map(remap);
    const asIs = moved.length === types.length && moved.every((part, i) => part.kind === 'column' && part.index === i);
    return asIs ? input : { ...relation, input, expressions: moved };
  }
  return mapInputs(relation, (input) => rereadShared(input, id, kept, types));
}

function withKeys(keys: readonly SortKey[], into: Set<number>): Set<number> {
  return collectColumns(
    keys.map((key) => key.expression),
    into,
  );
}

function allOf(relation: Relation): Needed {
  return new Set(relation.types.keys());
}

function set(positions: readonly number[]): Set<number> {
  return new Set(positions);
}

function ascending(positions: Needed): readonly number[] {
  return [...positions].sort((left, right) => left - right);
}

function pick<T>(items: readonly T[], positions: readonly number[]): readonly T[] {
  return positions.map((position) => {
    const item = items[position];
    if (item === undefined)
      throw new RangeError(`Column ${position} is out of range: there are ${items.length} columns.`);
    return item;
  });
}

/** Returns a scan that produces the table's rows without any of its columns. */
function onlyRows(scan: Kind<'scan'>): Relation {
  const nothing = scan.columns.length;
  return narrowScan(
    { ...scan, columns: [...scan.columns, { kind: 'none', type: BOOLEAN }], output: [nothing], types: [BOOLEAN] },
    [0],
  );
}

/** Returns the column to keep if only the number of rows matters. Prefers the narrowest column that the operator reads anyway. */
function cheapest(relation: Relation): number {
  const read = positionsRead(relation);
  const candidates = read.length > 0 ? read : [...relation.types.keys()];
  const widths = candidates.map((position) => rowWidth(relation.types.slice(position, position + 1)));
  return candidates[widths.indexOf(Math.min(...widths))] ?? 0;
}

/** Returns the output positions of the columns that the operator itself reads. */
function positionsRead(relation: Relation): readonly number[] {
  if (relation.kind === 'filter') return ascending(collectColumns(relation.predicates));
  if (relation.kind !== 'join') return [];
  const left = collectColumns(relation.conditions.map((condition) => condition.left));
  const right = collectColumns(relation.conditions.map((condition) => condition.right));
  return [
    ...relation.outputLeft.flatMap((from, index) => (left.has(from) ? [index] : [])),
    ...relation.outputRight.flatMap((from, index) => (right.has(from) ? [relation.outputLeft.length + index] : [])),
  ];
}
