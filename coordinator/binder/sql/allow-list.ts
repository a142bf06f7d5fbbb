import type { JsonObject, JsonValue } from '../../../engine/duckdb/plan/parse-json.ts';
import { FabricError } from '../../../engine/errors.ts';
import { foldName } from '../../../engine/plan/fold-name.ts';
import { allowedFunctionNames, functionStanding, tableFunctionStanding } from './allowed-functions.ts';
import { nearestNames } from './nearest-names.ts';
import { constantTexts, fieldOf, isList, isObject } from './parse-tree.ts';
import { notAllowed } from './statements.ts';

/** A table that a query reads by name. Excludes the query's common table expressions. */
export interface TableReference {
  readonly name: string;
  /** Byte offset in the query's text, if DuckDB reports it. */
  readonly position?: number;
}

/** A call of a table function that reads files. The file names are constants. */
export interface FileFunctionCall {
  readonly name: string;
  readonly format: 'parquet' | 'csv' | 'json';
  readonly locations: readonly string[];
  /** Whether the locations are written as a list. */
  readonly isList: boolean;
  /** Whether the call has an alias (`read_parquet('x') AS t`). */
  readonly hasAlias: boolean;
  /** Byte offset of the function's name in the query's text. */
  readonly position: number;
}

/** The tables and files that a query reads. */
export interface QueryReferences {
  readonly tables: readonly TableReference[];
  readonly fileFunctions: readonly FileFunctionCall[];
}

/** The allowed expression classes of DuckDB's parser. All others are refused. */
const EXPRESSION_CLASSES = new Set([
  'BETWEEN',
  'CASE',
  'CAST',
  'COLLATE',
  'COLUMN_REF',
  'COMPARISON',
  'CONJUNCTION',
  'CONSTANT',
  'DEFAULT',
  'FUNCTION',
  'LAMBDA',
  'OPERATOR',
  'POSITIONAL_REFERENCE',
  'STAR',
  'SUBQUERY',
  'TYPE',
  'WINDOW',
]);

/**
 * The allowed types of nodes that are not expressions. `SHOW_REF` is refused with its own message. All other types are created
 * only by DuckDB's binder, or refer to something outside the statement's text.
 */
const NODE_TYPES = new Set([
  // Queries and their parts
  'SELECT_NODE',
  'SET_OPERATION_NODE',
  'RECURSIVE_CTE_NODE',
  'DISTINCT_MODIFIER',
  'LIMIT_MODIFIER',
  'LIMIT_PERCENT_MODIFIER',
  'ORDER_MODIFIER',
  'ORDER_DEFAULT',
  'ASCENDING',
  'DESCENDING',
  // Relations
  'BASE_TABLE',
  'EMPTY',
  'EXPRESSION_LIST',
  'JOIN',
  'PIVOT',
  'SHOW_REF',
  'SUBQUERY',
  'TABLE_FUNCTION',
  // Types of values
  'ANY_TYPE_INFO',
  'ARRAY_TYPE_INFO',
  'DECIMAL_TYPE_INFO',
  'ENUM_TYPE_INFO',
  'GENERIC_TYPE_INFO',
  'GEO_TYPE_INFO',
  'INTEGER_LITERAL_TYPE_INFO',
  'LIST_TYPE_INFO',
  'STRING_TYPE_INFO',
  'STRUCT_TYPE_INFO',
  'UNBOUND_TYPE_INFO',
]);

type Scope = ReadonlySet<string>;

/**
 * Checks one parsed SELECT against the allow-list, and returns the tables and files that it reads. `statement` is an item of `statements`
 * in the result of `json_serialize_sql` with `skip_default`. Every field of every node is checked, so that nothing can hide in an
 * unexpected place. Throws `FUNCTION_NOT_ALLOWED`, `STATEMENT_NOT_ALLOWED`, `LOCATION_NOT_ALLOWED` and `INVALID_QUERY`, with
 * `details.bytePosition` if the position is known.
 */
export function checkQuery(statement: JsonValue): QueryReferences {
  const walker = new Walker();
  try {
    walker.walk(statement, new Set());
  } catch (error) {
    if (error instanceof RangeError)
      throw new FabricError('INVALID_QUERY', 'The query is nested too deeply. Split it into views.', { cause: error });
    throw error;
  }
  return walker;
}

class Walker implements QueryReferences {
  readonly tables: TableReference[] = [];
  readonly fileFunctions: FileFunctionCall[] = [];

  walk(value: JsonValue | undefined, scope: Scope): void {
    if (typeof value !== 'object' || value === null) return;
    if (isList(value)) {
      for (const item of value) this.walk(item, scope);
      return;
    }
    const type = value['type'];
    const expressionClass = value['class'];
    if (typeof expressionClass === 'string') this.#checkExpression(expressionClass, value);
    else if (typeof type === 'string' && !NODE_TYPES.has(type)) throw refusedNode(type, value);
    if (value['at_clause'] !== undefined)
      throw notAllowed('AT (time travel)', 'Only the current version of a file can be read.');
    switch (type) {
      case 'BASE_TABLE':
        this.#baseTable(value, scope);
        break;
      case 'TABLE_FUNCTION':
        this.#tableFunction(value, scope);
        return;
      case 'SHOW_REF':
        throw notAllowed(
          'DESCRIBE, SHOW or SUMMARIZE within a query',
          'Run DESCRIBE or SHOW TABLES as a separate statement.',
        );
      case 'RECURSIVE_CTE_NODE':
        this.#recursive(value, scope);
        return;
      default:
        break;
    }
    this.#walkFields(value, this.#expressionsInScope(value, scope));
  }

  #walkFields(value: JsonObject, scope: Scope, except: ReadonlySet<string> = new Set()): void {
    for (const [key, field] of Object.entries(value)) {
      if (key !== 'cte_map' && !except.has(key)) this.walk(field, scope);
    }
  }

  /** Walks the common table expressions of a query node. Each can refer to the ones before it. Returns the scope of the node's body. */
  #expressionsInScope(node: JsonObject, scope: Scope): Scope {
    const entries = fieldOf(node['cte_map'], 'map');
    if (entries === undefined) {
      if (fieldsOf(node['cte_map']).length > 0) throw refusedNode('WITH', node);
      return scope;
    }
    if (!isList(entries)) throw refusedNode('WITH', node);
    const inner = new Set(scope);
    for (const entry of entries) {
      const key = fieldOf(entry, 'key');
      if (typeof key !== 'string') throw refusedNode('WITH', node);
      this.walk(fieldOf(entry, 'value'), new Set(inner));
      inner.add(foldName(key));
    }
    return inner;
  }

  /**
   * Walks a recursive common table expression. Only the recursive part can refer to the expression's own name. In the initial part, that
   * name refers to a table.
   */
  #recursive(node: JsonObject, scope: Scope): void {
    const name = node['cte_name'];
    if (typeof name !== 'string') throw refusedNode('WITH RECURSIVE', node);
    const outer = this.#expressionsInScope(node, scope);
    this.walk(node['right'], new Set([...outer, foldName(name)]));
    this.#walkFields(node, outer, new Set(['right']));
  }

  #checkExpression(expressionClass: string, expression: JsonObject): void {
    if (expressionClass === 'PARAMETER') {
      throw new FabricError(
        'INVALID_QUERY',
        'Parameters (? or $1) are not supported. Write the values into the query.',
      );
    }
    if (!EXPRESSION_CLASSES.has(expressionClass)) throw refusedNode(expressionClass, expression);
    if (expression['export_state'] === true) throw refusedNode('EXPORT_STATE', expression);
    const name = expression['function_name'];
    if (expressionClass !== 'FUNCTION' && expressionClass !== 'WINDOW') return;
    if (typeof name !== 'string') throw refusedNode(expressionClass, expression);
    const standing = functionStanding(name);
    if (standing !== 'allowed') throw refusedFunction(name, standing, expression);
  }

  #baseTable(table: JsonObject, scope: Scope): void {
    const name = table['table_name'];
    if (typeof name !== 'string') throw refusedNode('BASE_TABLE', table);
    const qualifiers = [table['catalog_name'], table['schema_name']].filter(
      (part) => typeof part === 'string' && part !== '',
    );
    if (qualifiers.length > 0) {
      const full = [...qualifiers, name].join('.');
      throw new FabricError('UNKNOWN_TABLE', `There is no table ${full}. Tables have no schema: write ${name}.`, {
        details: { table: full, ...positionOf(table) },
      });
    }
    if (scope.has(foldName(name))) return;
    const position = table['query_location'];
    this.tables.push(typeof position === 'number' ? { name, position } : { name });
  }

  #tableFunction(reference: JsonObject, scope: Scope): void {
    const call = reference['function'];
    const name = fieldOf(call, 'function_name');
    if (typeof name !== 'string' || !isObject(call) || call['class'] !== 'FUNCTION')
      throw refusedNode('TABLE_FUNCTION', reference);
    const standing = tableFunctionStanding(name);
    switch (standing) {
      case 'allowed':
        this.#walkFields(call, scope);
        break;
      case 'parquet':
      case 'csv':
      case 'json':
        this.fileFunctions.push(fileFunction(name, standing, call, (reference['alias'] ?? '') !== ''));
        break;
      case 'refused':
      case 'unknown':
        throw refusedFunction(name, standing, call);
      default:
        standing satisfies never;
    }
    this.#walkFields(reference, scope, new Set(['function']));
  }
}

function fileFunction(
  name: string,
  format: FileFunctionCall['format'],
  call: JsonObject,
  hasAlias: boolean,
): FileFunctionCall {
  const children = call['children'];
  const position = call['query_location'];
  const [first, ...options] = isList(children) ? children : [];
  if (typeof position !== 'number') throw refusedNode(name, call);
  for (const option of options) {
    const given = fieldOf(fieldOf(option, 'left'), 'column_names');
    const optionName = isList(given) && typeof given[0] === 'string' ? given[0] : '2';
    throw new FabricError('INVALID_QUERY', `${name}: option ${optionName} is not supported. Pass only the files.`, {
      details: { function: name, ...positionOf(call) },
    });
  }
  const locations = constantTexts(first);
  if (locations === undefined || locations.length === 0) {
    throw new FabricError(
      'LOCATION_NOT_ALLOWED',
      `${name}: the files must be a constant string or a list of constant strings, because they are opened before the query runs.`,
      { details: { function: name, ...positionOf(call) } },
    );
  }
  return { name, format, locations, isList: fieldOf(first, 'class') !== 'CONSTANT', hasAlias, position };
}

function refusedFunction(name: string, standing: 'refused' | 'unknown', call: JsonObject): FabricError {
  const details = { function: name, ...positionOf(call) };
  if (standing === 'refused') {
    return new FabricError(
      'FUNCTION_NOT_ALLOWED',
      `The function ${name} is not allowed. docs/sql.md lists the allowed functions.`,
      { details },
    );
  }
  const near = nearestNames(name, allowedFunctionNames());
  const offer = near.length === 0 ? '' : ` Did you mean ${near.join(', ')}?`;
  return new FabricError('FUNCTION_NOT_ALLOWED', `There is no function ${name}, or it is not allowed.${offer}`, {
    details: { ...details, near },
  });
}

function refusedNode(what: string, node: JsonObject): FabricError {
  return new FabricError('STATEMENT_NOT_ALLOWED', `A query with ${what} is not allowed.`, {
    details: positionOf(node),
  });
}

function positionOf(node: JsonObject): { readonly bytePosition?: number } {
  const position = node['query_location'];
  return typeof position === 'number' ? { bytePosition: position } : {};
}

function fieldsOf(value: JsonValue | undefined): readonly string[] {
  return isObject(value) ? Object.keys(value) : [];
}
