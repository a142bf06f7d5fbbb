import type { Expression } from '../../plan/expression.ts';
import { type DataType, scalar, VARCHAR } from '../../plan/types.ts';
import { erasedArguments } from './erased-arguments.ts';
import {
  flagField,
  listField,
  objectField,
  objectsField,
  optionalField,
  refuseOtherKeys,
  textField,
  textOf,
  unsupported,
} from './fields.ts';
import type { JsonObject } from './parse-json.ts';
import type { ReadExpression, Scope } from './scope.ts';
import { readType } from './types.ts';

/** The keys of a scalar function's `function_data`. Each key is read in this file or follows from the types. */
const FUNCTION_DATA_KEYS = new Set([
  'check_overflow',
  'return_type',
  'arguments',
  'variable_return_type',
  'lambda_expr',
  'has_index',
  'has_initial',
  'stype',
  'part_codes',
  'bind_data',
]);

/** Functions that SQL cannot call, or that read a catalog that executors do not have. */
const NOT_CALLABLE = /^(__internal|nextval$|currval$|getvariable$|current_setting$|combine$|finalize$)/;

/** The number of lambda parameters of list functions, without the index parameter. Other functions have one. */
const LAMBDA_PARAMETERS: Readonly<Record<string, number>> = {
  list_reduce: 2,
  array_reduce: 2,
  reduce: 2,
};

/** Reads a scalar function call. Restores arguments that DuckDB's binder removed. */
export function readFunction(json: JsonObject, scope: Scope, read: ReadExpression): Expression {
  const name = textField(json, 'name');
  if (NOT_CALLABLE.test(name)) throw unsupported(`the function ${name}`);
  const data = optionalField(json, 'function_data') ?? {};
  refuseOtherKeys(data, `the function ${name}`, FUNCTION_DATA_KEYS);
  if (name === 'alias') return readAlias(json);
  if (data['lambda_expr'] !== undefined) return readLambda(name, json, data, scope, read);

  const type = readType(json['return_type']);
  const children = objectsField(json, 'children').map((child) => read(child, scope));
  const inputs = [...erasedBefore(data), ...children, ...erasedAfter(name, children, type, data)];
  if (listField(json, 'original_arguments').length > inputs.length) {
    throw unsupported(`erased arguments of the function ${name}`);
  }
  const names = argumentNames(name, json, type);
  return { kind: 'function', name, inputs, ...(names === undefined ? {} : { names }), type };
}

/**
 * Reads `alias(x)` as a constant. As in DuckDB, it is the name of the call itself, as in `alias(x) AS y`, or else the name of its argument.
 * The rendered SQL uses other names. The plan has the name of an argument only for columns.
 */
function readAlias(json: JsonObject): Expression {
  const [argument] = objectsField(json, 'children');
  const value = textField(json, 'alias') || (argument === undefined ? '' : textField(argument, 'alias'));
  if (value === '') throw unsupported('alias(..) of an expression without a name');
  return { kind: 'constant', type: VARCHAR, value };
}

/** Restores the parts of `date_part(['year', 'month'], d)`, which DuckDB's binder moves into the function's data. */
function erasedBefore(data: JsonObject): readonly Expression[] {
  const parts = listField(data, 'part_codes');
  if (parts.length === 0) return [];
  return [
    {
      kind: 'constant',
      type: { kind: 'list', child: VARCHAR },
      value: parts.map((part) => textOf(part, 'date_part').toLowerCase()),
    },
  ];
}

function erasedAfter(
  name: string,
  children: readonly Expression[],
  type: DataType,
  data: JsonObject,
): readonly Expression[] {
  // Restore n of round(decimal, n) from the scale of the result. Without n, the call would bind to another width.
  if (name === 'round' && children.length === 1 && type.kind === 'decimal' && type.scale > 0) {
    return [{ kind: 'constant', type: scalar('INTEGER'), value: BigInt(type.scale) }];
  }
  const aggregate = optionalField(data, 'bind_data');
  if (aggregate === undefined) return [];
  const call = objectField(aggregate, 'aggr_expr');
  return erasedArguments(textField(call, 'name'), 1, optionalField(call, 'function_data') ?? {}, call);
}

/** Returns the names of arguments that are passed by name. These arguments are always the last inputs. */
function argumentNames(name: string, json: JsonObject, type: DataType): readonly string[] | undefined {
  switch (name) {
    case 'struct_pack':
      return type.kind === 'struct' ? type.fields.map((field) => field.name) : undefined;
    case 'struct_insert':
    case 'struct_update':
      return objectsField(json, 'children')
        .slice(1)
        .map((child) => givenName(name, child));
    case 'union_value':
      return type.kind === 'union' ? type.members.slice(0, 1).map((member) => member.name) : undefined;
    default:
      return undefined;
  }
}

function givenName(name: string, argument: JsonObject): string {
  const alias = textField(argument, 'alias');
  if (alias === '') throw unsupported(`an argument of ${name} without a name`);
  return alias;
}

/**
 * Reads a function with a lambda. References in the body count the parameters in reverse order, followed by the captured values. Among the
 * children, the captured values follow the function's own arguments.
 */
function readLambda(name: string, json: JsonObject, data: JsonObject, scope: Scope, read: ReadExpression): Expression {
  const hasInitial = flagField(data, 'has_initial');
  const children = objectsField(json, 'children').map((child) => read(child, scope));
  const own = hasInitial ? 2 : 1;
  const captured = children.slice(own);
  const parameterCount = (LAMBDA_PARAMETERS[name] ?? 1) + (flagField(data, 'has_index') ? 1 : 0);
  const parameters = Array.from({ length: parameterCount }, () => scope.parameterName());
  const inner: Scope = {
    ...scope,
    parameterName: () => scope.parameterName(),
    binding: (table, column) => scope.binding(table, column),
    reference: (index, type) => {
      const parameter = parameters[parameterCount - 1 - index];
      if (parameter !== undefined) return { kind: 'parameter', name: parameter, type };
      const value = captured[index - parameterCount];
      if (value === undefined)
        throw unsupported(`a lambda of ${name} with a reference outside its parameters and captured values`);
      return value;
    },
  };
  return {
    kind: 'lambda',
    name,
    inputs: children.slice(0, own),
    parameters,
    body: read(objectField(data, 'lambda_expr'), inner),
    type: readType(json['return_type']),
  };
}
