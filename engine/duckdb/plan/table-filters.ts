import type { Expression } from '../../plan/expression.ts';
import { BOOLEAN, type DataType, VARCHAR } from '../../plan/types.ts';
import { readConstant } from './constants.ts';
import { readComparison, readExpression } from './expressions.ts';
import { objectField, objectsField, refuseOtherKeys, textField, unsupported } from './fields.ts';
import type { JsonObject } from './parse-json.ts';
import type { Scope } from './scope.ts';

const FILTER_KEYS = new Set([
  'filter_type',
  'comparison_type',
  'constant',
  'child_filters',
  'child_filter',
  'child_name',
  'child_idx',
  'values',
  'expr',
]);

/**
 * How to read a filter. `decided` reads the condition that selects rows. `implied` reads everything that holds for the selected rows,
 * including `OPTIONAL_FILTER`s.
 */
export type FilterReading = 'decided' | 'implied';

/**
 * Reads a scan's filter as an expression over the filtered column. Returns undefined if the filter implies nothing, for example because its
 * values are set at run time.
 */
export function readTableFilter(
  json: JsonObject,
  column: Expression,
  reading: FilterReading,
  scope: Scope,
): Expression | undefined {
  const kind = textField(json, 'filter_type');
  refuseOtherKeys(json, `the table filter ${kind}`, FILTER_KEYS);
  const read = (child: JsonObject): Expression | undefined => readTableFilter(child, column, reading, scope);
  switch (kind) {
    case 'CONSTANT_COMPARISON':
      return {
        kind: 'comparison',
        operator: readComparison(textField(json, 'comparison_type')),
        left: column,
        right: readConstant(json['constant']),
        type: BOOLEAN,
      };
    case 'IS_NULL':
      return { kind: 'operator', operator: 'is null', inputs: [column], type: BOOLEAN };
    case 'IS_NOT_NULL':
      return { kind: 'operator', operator: 'is not null', inputs: [column], type: BOOLEAN };
    case 'IN_FILTER':
      return {
        kind: 'operator',
        operator: 'in',
        inputs: [column, ...objectsField(json, 'values').map((value) => readConstant(value))],
        type: BOOLEAN,
      };
    case 'CONJUNCTION_AND': {
      const inputs = objectsField(json, 'child_filters')
        .map(read)
        .filter((child) => child !== undefined);
      return inputs.length > 1 ? { kind: 'conjunction', operator: 'and', inputs, type: BOOLEAN } : inputs[0];
    }
    case 'CONJUNCTION_OR': {
      const inputs: Expression[] = [];
      for (const child of objectsField(json, 'child_filters')) {
        const input = read(child);
        if (input === undefined) return undefined;
        inputs.push(input);
      }
      return { kind: 'conjunction', operator: 'or', inputs, type: BOOLEAN };
    }
    case 'STRUCT_EXTRACT':
      return readTableFilter(objectField(json, 'child_filter'), fieldOf(column, json), reading, scope);
    case 'EXPRESSION_FILTER':
      return readExpression(objectField(json, 'expr'), { ...scope, reference: () => column });
    case 'OPTIONAL_FILTER':
      return reading === 'implied' && json['child_filter'] !== undefined
        ? read(objectField(json, 'child_filter'))
        : undefined;
    case 'DYNAMIC_FILTER':
    case 'BLOOM_FILTER':
      return undefined;
    default:
      throw unsupported(`the table filter ${kind}`);
  }
}

function fieldOf(column: Expression, json: JsonObject): Expression {
  const name = textField(json, 'child_name');
  const type: DataType | undefined =
    column.type.kind === 'struct' ? column.type.fields.find((field) => field.name === name)?.type : undefined;
  if (type === undefined) throw unsupported('a filter on a STRUCT field that the column does not have');
  return {
    kind: 'function',
    name: 'struct_extract',
    inputs: [column, { kind: 'constant', type: VARCHAR, value: name }],
    type,
  };
}
