import type { Relation } from '../../plan/relation.ts';
import { countField, flagField, listField, refuseOtherKeys, twoChildren, unsupported } from './fields.ts';
import type { JsonObject } from './parse-json.ts';
import {
  type BoundRelation,
  type Environment,
  ownBindings,
  type PlanReading,
  type SharedDefinition,
} from './reading.ts';
import { readType } from './types.ts';

const CTE_KEYS = new Set(['type', 'children', 'table_index', 'column_count', 'ctename', 'materialize']);
const RECURSIVE_KEYS = new Set(['type', 'children', 'table_index', 'column_count', 'ctename', 'union_all']);
const REFERENCE_KEYS = new Set(['type', 'children', 'table_index', 'cte_index', 'chunk_types', 'bound_columns']);

function defining(environment: Environment, table: number, definition: SharedDefinition): Environment {
  return { ...environment, ctes: new Map([...environment.ctes, [table, definition]]) };
}

/** Reads a MATERIALIZED_CTE. Its first child is the definition, and its second child reads the definition. */
export function readMaterialized(node: JsonObject, environment: Environment, reading: PlanReading): BoundRelation {
  refuseOtherKeys(node, 'LOGICAL_MATERIALIZED_CTE', CTE_KEYS);
  const [definitionNode, bodyNode] = twoChildren(node);
  const definition = reading.read(definitionNode, environment).relation;
  const id = reading.nextSharedId();
  const inner = defining(environment, countField(node, 'table_index'), { id, types: definition.types });
  const body = reading.read(bodyNode, inner);
  const relation: Relation = { kind: 'with', id, definition, body: body.relation, types: body.relation.types };
  return { relation, bindings: body.bindings };
}

/** Reads a RECURSIVE_CTE. Its first child is the initial query, and its second child reads the rows of the previous iteration. */
export function readRecursive(node: JsonObject, environment: Environment, reading: PlanReading): BoundRelation {
  if (listField(node, 'key_targets').length > 0) throw unsupported('WITH RECURSIVE .. USING KEY');
  refuseOtherKeys(node, 'LOGICAL_RECURSIVE_CTE', RECURSIVE_KEYS);
  const [anchorNode, stepNode] = twoChildren(node);
  const anchor = reading.read(anchorNode, environment).relation;
  const id = reading.nextSharedId();
  const table = countField(node, 'table_index');
  const step = reading.read(stepNode, defining(environment, table, { id, types: anchor.types })).relation;
  const relation: Relation = {
    kind: 'recursive',
    id,
    all: flagField(node, 'union_all'),
    anchor,
    step,
    types: anchor.types,
  };
  return { relation, bindings: ownBindings(table, anchor.types.length) };
}

/** Reads a CTE_REF. */
export function readReference(node: JsonObject, environment: Environment): BoundRelation {
  refuseOtherKeys(node, 'LOGICAL_CTE_REF', REFERENCE_KEYS);
  const definition = environment.ctes.get(countField(node, 'cte_index'));
  if (definition === undefined) throw unsupported('a reference to a CTE outside its scope');
  const types = listField(node, 'chunk_types').map(readType);
  return {
    relation: { kind: 'shared', id: definition.id, types },
    bindings: ownBindings(countField(node, 'table_index'), types.length),
  };
}
