import type { Relation, SharedId } from '../../../engine/plan/relation.ts';
import { mapInputs } from '../../../engine/plan/transform.ts';
import type { DataType, ScalarTypeName } from '../../../engine/plan/types.ts';

/**
 * Adds an estimated row count to every operator. Keeps the optimizer's estimates, and computes missing ones from the operator's inputs.
 *
 *     aggregate by a             aggregate by a      ~30 rows
 *       filter b < 5       ->      filter b < 5      ~300 rows
 *         scan t                     scan t          ~1000 rows
 */
export function estimateRows(root: Relation, scans: ReadonlyMap<number, MeasuredScan>): Relation {
  const scanRows = (table: number) => scans.get(table)?.rows ?? 0;
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

/** The share of rows that a filter or a semi join is assumed to keep. */
const FILTER_SELECTIVITY = 0.3;
/** The assumed number of groups, as a share of the input rows. */
const GROUP_SHARE = 0.1;

/** Returns the estimated rows of a relation to which `estimateRows` has been applied. */
export function rowsOf(relation: Relation): number {
  return relation.estimatedRows ?? 1000;
}

/** Returns the bytes that the estimated rows of a relation occupy in an exchange. */
export function bytesOf(relation: Relation): number {
  return rowsOf(relation) * rowWidth(relation.types);
}

/** The number of rows that a scan reads from its files after pruning and before filtering. */
interface MeasuredScan {
  readonly rows: number;
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

/**
 * Returns the bytes that one row of these types occupies in an exchange. The result is exact for fixed-width types, and a guess for text
 * and nested types.
 */
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
