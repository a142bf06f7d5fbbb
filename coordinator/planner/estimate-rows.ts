import type { Relation, SharedId } from '../../engine/plan/relation.ts';
import { mapInputs } from '../../engine/plan/transform.ts';
import type { DataType, ScalarTypeName } from '../../engine/plan/types.ts';

/** What an operator is taken to keep of its input where nobody knows: the share of rows a filter or a semi join lets through. */
const FILTER_SELECTIVITY = 0.3;
const GROUP_SHARE = 0.1;

/** Rows expected of a relation that has been through `estimateRows`. */
export function rowsOf(relation: Relation): number {
  return relation.estimatedRows ?? 1000;
}

/** Bytes its rows take in an exchange. */
export function bytesOf(relation: Relation): number {
  return rowsOf(relation) * rowWidth(relation.types);
}

/**
 * Gives every operator an estimate: the optimizer's where it has one, else one from its inputs. `scanRows` are the rows of the files
 * of a table, before filters.
 */
export function estimateRows(root: Relation, scanRows: (table: number) => number): Relation {
  const definitions = new Map<SharedId, number>();
  const estimate = (relation: Relation): Relation => {
    if (relation.kind === 'with') {
      const definition = estimate(relation.definition);
      definitions.set(relation.id, rowsOf(definition));
      const body = estimate(relation.body);
      return { ...relation, definition, body, estimatedRows: relation.estimatedRows ?? rowsOf(body) };
    }
    const estimated = mapInputs(relation, estimate);
    return {
      ...estimated,
      estimatedRows: estimated.estimatedRows ?? expectedRows(estimated, scanRows, definitions),
    };
  };
  return estimate(root);
}

function expectedRows(
  relation: Relation,
  scanRows: (table: number) => number,
  definitions: ReadonlyMap<SharedId, number>,
): number {
  switch (relation.kind) {
    case 'scan':
      return Math.ceil(scanRows(relation.table) * (relation.filters.length > 0 ? FILTER_SELECTIVITY : 1));
    case 'values':
      return relation.rows.length;
    case 'table-function':
    case 'input':
      return 1000;
    case 'shared':
      return definitions.get(relation.id) ?? 1000;
    case 'filter':
      return Math.ceil(rowsOf(relation.input) * FILTER_SELECTIVITY);
    case 'aggregate':
      return relation.groups.length === 0 ? 1 : Math.ceil(rowsOf(relation.input) * GROUP_SHARE);
    case 'sort': {
      const rows = rowsOf(relation.input);
      return relation.limit === undefined ? rows : Math.min(rows, Number(relation.limit));
    }
    case 'join':
    case 'asof-join':
      return joinRows(relation.joinType, rowsOf(relation.left), rowsOf(relation.right), relation.conditions.length);
    case 'positional-join':
      return Math.max(rowsOf(relation.left), rowsOf(relation.right));
    case 'set-operation':
      return relation.inputs.reduce((sum, input) => sum + rowsOf(input), 0);
    case 'with':
      return rowsOf(relation.body);
    case 'recursive':
      return 10 * rowsOf(relation.anchor);
    case 'project':
    case 'distinct':
    case 'window':
    case 'unnest':
    case 'sample':
    case 'lateral-function':
      return rowsOf(relation.input);
    default:
      return relation satisfies never;
  }
}

function joinRows(
  type: Extract<Relation, { kind: 'join' }>['joinType'],
  left: number,
  right: number,
  conditions: number,
): number {
  switch (type) {
    case 'semi':
    case 'anti':
      return Math.ceil(left * FILTER_SELECTIVITY);
    case 'right-semi':
    case 'right-anti':
      return Math.ceil(right * FILTER_SELECTIVITY);
    case 'mark':
    case 'single':
      return left;
    case 'inner':
      return conditions === 0 ? left * right : Math.max(left, right);
    case 'left':
    case 'right':
    case 'full':
      return Math.max(left, right);
    default:
      return type satisfies never;
  }
}

const TEXT_WIDTH = 24;

const SCALAR_WIDTHS: Partial<Record<ScalarTypeName, number>> = {
  BOOLEAN: 1,
  TINYINT: 1,
  UTINYINT: 1,
  NULL: 1,
  SMALLINT: 2,
  USMALLINT: 2,
  INTEGER: 4,
  UINTEGER: 4,
  FLOAT: 4,
  DATE: 4,
  HUGEINT: 16,
  UHUGEINT: 16,
  UUID: 16,
  INTERVAL: 16,
  VARCHAR: TEXT_WIDTH,
  BLOB: TEXT_WIDTH,
  JSON: 2 * TEXT_WIDTH,
  BIT: TEXT_WIDTH,
  BIGNUM: TEXT_WIDTH,
};

/** Bytes one row of these types takes in an exchange, about: exact for fixed widths, a guess for text and nested values. */
export function rowWidth(types: readonly DataType[]): number {
  return types.reduce((sum, type) => sum + typeWidth(type), 0);
}

function typeWidth(type: DataType): number {
  switch (type.kind) {
    case 'scalar':
      return SCALAR_WIDTHS[type.name] ?? 8;
    case 'decimal':
      return 16;
    case 'enum':
      return TEXT_WIDTH;
    case 'list':
      return 4 + 4 * typeWidth(type.child);
    case 'array':
      return type.size * typeWidth(type.child);
    case 'struct':
      return rowWidth(type.fields.map((field) => field.type));
    case 'map':
      return 4 + 4 * (typeWidth(type.key) + typeWidth(type.value));
    case 'union':
      return 1 + Math.max(0, ...type.members.map((member) => typeWidth(member.type)));
    default:
      return type satisfies never;
  }
}
