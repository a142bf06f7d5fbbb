import type { Expression } from '../../plan/expression.ts';
import type { Relation } from '../../plan/relation.ts';
import { BIGINT, type DataType } from '../../plan/types.ts';
import { readConstant } from './constants.ts';
import {
  countField,
  countOf,
  listField,
  objectOf,
  objectsField,
  refuseOtherKeys,
  textField,
  unsupported,
} from './fields.ts';
import type { JsonObject } from './parse-json.ts';
import { type BoundRelation, columnOf, type Environment, type PlanReading, select } from './reading.ts';
import { readParquetScan } from './scans.ts';
import { readType } from './types.ts';

const GET_KEYS = new Set([
  'type',
  'children',
  'table_index',
  'returned_types',
  'names',
  'projection_ids',
  'table_filters',
  'name',
  'arguments',
  'original_arguments',
  'catalog_name',
  'schema_name',
  'has_serialize',
  'function_data',
  'parameters',
  'named_parameters',
  'input_table_types',
  'input_table_names',
  'projected_input',
  'column_indexes',
  'ordinality_idx',
  // Describes bind-time pruning in the output of EXPLAIN.
  'extra_info',
]);

/** Table functions that depend only on their arguments and run anywhere. */
const PURE_FUNCTIONS = new Set([
  'range',
  'generate_series',
  'json_each',
  'json_tree',
  'unnest',
  'repeat',
  'repeat_row',
]);

/** Reads a GET. It is a scan of files, a table function over constants, or a table function called for each row of an input. */
export function readGet(node: JsonObject, environment: Environment, reading: PlanReading): BoundRelation {
  refuseOtherKeys(node, 'LOGICAL_GET', GET_KEYS);
  const name = textField(node, 'name');
  if (name === 'read_parquet' || name === 'parquet_scan') {
    if (node['ordinality_idx'] !== undefined) throw unsupported('a scan of files WITH ORDINALITY');
    return readParquetScan(node, reading);
  }
  if (!PURE_FUNCTIONS.has(name)) throw unsupported(`the table function ${name}`);
  if (objectsField(node, 'named_parameters').length > 0) throw unsupported(`${name} with named arguments`);
  if (objectsField(objectOf(node['table_filters'] ?? {}, name), 'filters').length > 0) {
    throw unsupported(`${name} with pushed-down filters`);
  }
  const [child, ...others] = objectsField(node, 'children');
  if (others.length > 0) throw unsupported(`${name} with several inputs`);
  return child === undefined
    ? readConstantCall(name, node)
    : readLateralCall(name, node, reading.read(child, environment));
}

function outputPositions(node: JsonObject): readonly number[] {
  const indexes = objectsField(node, 'column_indexes').map((entry) => countField(entry, 'index'));
  const projected = listField(node, 'projection_ids').map((position) => indexes[countOf(position, 'GET')]);
  return projected.length > 0 ? projected.filter((index) => index !== undefined) : indexes;
}

function typesAt(types: readonly DataType[], positions: readonly number[]): readonly DataType[] {
  return positions.map((position) => {
    const type = types[position];
    if (type === undefined) throw unsupported(`column ${position} of a table function with ${types.length} columns`);
    return type;
  });
}

function readConstantCall(name: string, node: JsonObject): BoundRelation {
  if (node['ordinality_idx'] !== undefined) throw unsupported(`${name} WITH ORDINALITY over constants`);
  const types = listField(node, 'returned_types').map(readType);
  const output = outputPositions(node);
  const relation: Relation = {
    kind: 'table-function',
    name,
    arguments: objectsField(node, 'parameters').map((parameter) => readConstant(parameter)),
    columnCount: types.length,
    output,
    types: typesAt(types, output),
  };
  const table = countField(node, 'table_index');
  return { relation, bindings: output.map((position) => `${table}.${position}`) };
}

/**
 * Reads a table function that is called for each row of its input. The input's first columns are the arguments. `projected_input` lists the
 * input columns that follow the function's columns in the output.
 */
function readLateralCall(name: string, node: JsonObject, input: BoundRelation): BoundRelation {
  const types = listField(node, 'returned_types').map(readType);
  const argumentTypes = listField(node, 'input_table_types');
  const calls = argumentTypes.map((_, index) => columnOf(input.relation, index));
  const kept = listField(node, 'projected_input').map((position) => countOf(position, name));
  const output = outputPositions(node);
  const ordinality = node['ordinality_idx'] === undefined ? undefined : countField(node, 'ordinality_idx');
  const lists = asLists(name, calls, types, ordinality);
  const width = input.relation.types.length;
  const table = countField(node, 'table_index');
  const ownNames = output.map((position) => `${table}.${position}`);
  if (lists !== undefined) {
    const unnested: BoundRelation = {
      relation: { kind: 'unnest', input: input.relation, lists, types: [...input.relation.types, ...types] },
      bindings: [...input.bindings, ...types.map((_, index) => `${table}.${index}`)],
    };
    return select(unnested, [...output.map((position) => width + position), ...kept]);
  }
  if (ordinality !== undefined) throw unsupported(`${name} WITH ORDINALITY`);
  const called: BoundRelation = {
    relation: {
      kind: 'lateral-function',
      input: input.relation,
      name,
      arguments: calls,
      columnCount: types.length,
      output,
      types: [...typesAt(types, output), ...input.relation.types],
    },
    bindings: [...ownNames, ...input.bindings],
  };
  return select(called, [...output.map((_, index) => index), ...kept.map((position) => output.length + position)]);
}

/**
 * Returns the lists that produce the function's columns when unnested, or undefined if the function has no equivalent lists. The ordinality
 * column is the list from 1 to the length.
 */
function asLists(
  name: string,
  calls: readonly Expression[],
  types: readonly DataType[],
  ordinality: number | undefined,
): readonly Expression[] | undefined {
  const [type] = types;
  if (type === undefined) return undefined;
  const list = listCall(name, calls, type);
  if (list === undefined) return undefined;
  if (ordinality === undefined) return types.length === 1 ? [list] : undefined;
  if (types.length !== 2 || ordinality !== 1) return undefined;
  const length: Expression = { kind: 'function', name: 'len', inputs: [list], type: BIGINT };
  const one: Expression = { kind: 'constant', value: 1n, type: BIGINT };
  const positions: Expression = {
    kind: 'function',
    name: 'generate_series',
    inputs: [one, length],
    type: { kind: 'list', child: BIGINT },
  };
  return [list, positions];
}

function listCall(name: string, calls: readonly Expression[], child: DataType): Expression | undefined {
  const [first] = calls;
  switch (name) {
    case 'unnest':
      return first;
    case 'range':
    case 'generate_series':
      return { kind: 'function', name, inputs: calls, type: { kind: 'list', child } };
    default:
      return undefined;
  }
}
