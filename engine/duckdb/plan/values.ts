import type { Expression } from '../../plan/expression.ts';
import type { Relation } from '../../plan/relation.ts';
import { type DataType, scalar } from '../../plan/types.ts';
import { readValue } from './constants.ts';
import { readExpression } from './expressions.ts';
import {
  countField,
  listField,
  objectField,
  objectOf,
  objectsField,
  refuseOtherKeys,
  textField,
  unsupported,
} from './fields.ts';
import type { JsonObject } from './parse-json.ts';
import { type BoundRelation, type Environment, ownBindings, type PlanReading, scopeOver } from './reading.ts';
import { readType } from './types.ts';

/** Reads a DUMMY_SCAN, which returns one row with a placeholder column. */
export function readDummy(node: JsonObject): BoundRelation {
  const type = scalar('INTEGER');
  const zero: Expression = { kind: 'constant', value: 0n, type };
  return {
    relation: { kind: 'values', rows: [[zero]], types: [type] },
    bindings: ownBindings(countField(node, 'table_index'), 1),
  };
}

/** Reads an EMPTY_RESULT: a relation with the given column types and no rows. */
export function readEmpty(node: JsonObject): BoundRelation {
  refuseOtherKeys(node, 'LOGICAL_EMPTY_RESULT', new Set(['type', 'children', 'return_types', 'bindings']));
  return {
    relation: { kind: 'values', rows: [], types: listField(node, 'return_types').map(readType) },
    bindings: objectsField(node, 'bindings').map(
      (binding) => `${countField(binding, 'table_index')}.${countField(binding, 'column_index')}`,
    ),
  };
}

/** Reads a CHUNK_GET, which returns constant rows that are stored by column. */
export function readChunk(node: JsonObject): BoundRelation {
  refuseOtherKeys(node, 'LOGICAL_CHUNK_GET', new Set(['type', 'children', 'table_index', 'chunk_types', 'collection']));
  const types = listField(node, 'chunk_types').map(readType);
  const columns = listField(objectField(node, 'collection'), 'values').map((json, index) => {
    const type = types[index];
    const values = Array.isArray(json) ? json : listField(objectOf(json, 'CHUNK_GET'), 'values');
    if (type === undefined) throw unsupported('a CHUNK_GET with more columns than types');
    return values.map(
      (value): Expression => ({ kind: 'constant', type, value: readValue(objectOf(value, 'CHUNK_GET'), type) }),
    );
  });
  const rows = (columns[0] ?? []).map((_, row) => columns.flatMap((column) => column[row] ?? []));
  return {
    relation: { kind: 'values', rows, types },
    bindings: ownBindings(countField(node, 'table_index'), types.length),
  };
}

/** Reads an EXPRESSION_GET, which returns rows of expressions. With an input, the expressions are evaluated for each input row. */
export function readExpressionRows(node: JsonObject, environment: Environment, reading: PlanReading): BoundRelation {
  refuseOtherKeys(
    node,
    'LOGICAL_EXPRESSION_GET',
    new Set(['type', 'children', 'table_index', 'expr_types', 'expressions']),
  );
  const [childNode] = objectsField(node, 'children');
  const types = listField(node, 'expr_types').map(readType);
  const bindings = ownBindings(countField(node, 'table_index'), types.length);
  const overInput = childNode !== undefined && textField(childNode, 'type') !== 'LOGICAL_DUMMY_SCAN';
  const input = overInput ? reading.read(childNode, environment) : undefined;
  const scope = scopeOver(reading, input === undefined ? [] : [input]);
  const rows = listField(node, 'expressions').map((row) =>
    (Array.isArray(row) ? row : []).map((cell) => readExpression(objectOf(cell, 'VALUES'), scope)),
  );
  const relation: Relation =
    input === undefined ? { kind: 'values', rows, types } : valuesOver(input.relation, rows, types, reading);
  return { relation, bindings };
}

function valuesOver(
  input: Relation,
  rows: readonly (readonly Expression[])[],
  types: readonly DataType[],
  reading: PlanReading,
): Relation {
  const id = reading.nextSharedId();
  const inputs = rows.map(
    (expressions): Relation => ({
      kind: 'project',
      input: { kind: 'shared', id, types: input.types },
      expressions,
      types,
    }),
  );
  const body: Relation = { kind: 'set-operation', operation: 'union', all: true, inputs, types };
  return { kind: 'with', id, definition: input, body, types };
}
