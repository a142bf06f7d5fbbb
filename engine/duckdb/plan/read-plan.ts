import { FabricError } from '../../errors.ts';
import type { LogicalPlan } from '../../plan/logical-plan.ts';
import { sameType, typeSql } from '../../plan/types.ts';
import { readEstimates } from './estimates.ts';
import { flagField, objectOf, objectsField, textField, unsupported } from './fields.ts';
import { readOperator } from './operators.ts';
import { parseJson } from './parse-json.ts';
import type { PlanReading, ResolvedFile } from './reading.ts';

/** DuckDB's output for a bound statement. */
export interface PlanSource {
  /** The result of `json_serialize_plan(sql, skip_default := true, optimize := true)`. */
  readonly planJson: string;
  /** The result of `EXPLAIN (FORMAT JSON)` with `explain_output='optimized_only'`, for row estimates. */
  readonly explainJson?: string;
  /** Names and types of the result's columns, from the prepared statement. The plan contains no names. */
  readonly columns: LogicalPlan['columns'];
  readonly timeZone: string;
  /** Finds the input for a path that the statement was bound to. */
  readonly resolveFile: (path: string) => ResolvedFile;
}

/**
 * Reads the logical plan of a statement. Throws `PLAN_UNSUPPORTED`, naming the construct, for anything that the IR or this version does not
 * support. Throws `INVALID_QUERY` if DuckDB rejected the statement.
 */
export function readPlan(source: PlanSource): LogicalPlan {
  // DuckDB returns an empty string if a constant has no JSON form.
  if (source.planJson === '') throw unsupported('a constant that DuckDB cannot serialize');
  const answer = objectOf(parseJson(source.planJson), 'a plan');
  if (flagField(answer, 'error')) throw refusal(textField(answer, 'error_type'), textField(answer, 'error_message'));
  const [root, ...others] = objectsField(answer, 'plans');
  if (root === undefined || others.length > 0) throw unsupported('several statements');

  let [sharedIds, parameterNames] = [0, 0];
  const reading: PlanReading = {
    resolveFile: source.resolveFile,
    estimates: readEstimates(root, source.explainJson),
    tables: [],
    nextSharedId: () => sharedIds++,
    nextParameterName: () => `p${parameterNames++}`,
    read: (node, environment) => readOperator(node, environment, reading),
  };
  const { relation } = readOperator(root, { ctes: new Map() }, reading);
  checkColumns(relation.types, source.columns);
  return { root: relation, tables: reading.tables, columns: source.columns, timeZone: source.timeZone };
}

function refusal(type: string, message: string): FabricError {
  if (type === 'not implemented' || type === 'serialization' || type === 'internal') {
    return unsupported(`a construct that DuckDB cannot serialize (${message})`);
  }
  return new FabricError('INVALID_QUERY', message);
}

/** Checks the plan's types against the statement's types. A difference means that the plan was misread. */
function checkColumns(types: readonly Parameters<typeof typeSql>[0][], columns: LogicalPlan['columns']): void {
  if (types.length !== columns.length) {
    throw new FabricError('INTERNAL', `The plan has ${types.length} columns, but the statement has ${columns.length}.`);
  }
  columns.forEach((column, index) => {
    const type = types[index];
    if (type !== undefined && !sameType(type, column.type)) {
      const [planned, declared] = [typeSql(type), typeSql(column.type)];
      throw new FabricError(
        'INTERNAL',
        `Column ${column.name} has the type ${planned} in the plan, but ${declared} in the statement.`,
      );
    }
  });
}
