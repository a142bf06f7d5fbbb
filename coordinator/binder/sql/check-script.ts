import type { JsonValue } from '../../../engine/duckdb/plan/parse-json.ts';
import { FabricError } from '../../../engine/errors.ts';
import { foldName } from '../../../engine/plan/fold-name.ts';
import { looksLikeFile } from '../../catalog/formats.ts';
import { defaultSettings, withSetting } from '../../settings.ts';
import { checkQuery, type FileFunctionCall, type QueryReferences } from './allow-list.ts';
import { nearestNames } from './nearest-names.ts';
import { parseScript, type SourceText, type Statement } from './statements.ts';
import { syntaxError } from './syntax-error.ts';

/** The result of parsing a text with DuckDB: the statements from `json_serialize_sql`, or the parser's error. */
export type ParsedText =
  | { readonly kind: 'selects'; readonly statements: readonly JsonValue[] }
  /** The text is valid SQL, but not every statement is a SELECT. */
  | { readonly kind: 'other' }
  | { readonly kind: 'error'; readonly message: string; readonly bytePosition?: number };

/** A query that passed the allow-list. */
export interface CheckedQuery {
  readonly source: SourceText;
  readonly fileFunctions: readonly FileFunctionCall[];
}

export interface CheckedView {
  readonly name: string;
  readonly columns: readonly string[];
  readonly query: CheckedQuery;
}

/** The statement of a script that returns rows. */
export type RowsStatement =
  | { readonly kind: 'query' | 'explain' | 'describe'; readonly query: CheckedQuery }
  | { readonly kind: 'show-tables' };

/** Files named in a script. They must lie in allowed locations and be pinned before binding. */
export interface RequestedFiles {
  readonly key: string;
  readonly locations: readonly string[];
  /** The format that the file function reads. If FROM names the file, the format is absent and is inferred from the file's extension. */
  readonly format?: 'parquet' | 'csv' | 'json';
}

/** A script that has passed all checks that do not require binding. */
export interface CheckedScript {
  readonly views: readonly CheckedView[];
  /** The settings in script order, with values as written. */
  readonly settings: readonly (readonly [name: string, value: string])[];
  /** Absent if no statement returns rows. */
  readonly rows?: RowsStatement;
  /** The catalog tables that the script reads, in the catalog's spelling. */
  readonly tables: readonly string[];
  /** The files that the script names. A file named in FROM has its name as its key. A file function has the key from `fileFunctionKey`. */
  readonly files: readonly RequestedFiles[];
}

/**
 * Returns the key of a file function's files. It contains NUL, which names in queries cannot contain, so it never equals the name of a file
 * in FROM.
 */
export function fileFunctionKey(call: FileFunctionCall): string {
  return `\0${call.format}:${JSON.stringify(call.locations)}`;
}

/**
 * Checks the statement kinds and functions of a script before anything is bound. Every table that the script reads must be in `tableNames`,
 * be a view of the script, or name files. Throws `SYNTAX_ERROR`, `STATEMENT_NOT_ALLOWED`, `FUNCTION_NOT_ALLOWED`, `LOCATION_NOT_ALLOWED`,
 * `UNKNOWN_TABLE`, `UNKNOWN_SETTING`, `INVALID_SETTING` and `INVALID_QUERY`.
 */
export function checkScript(
  script: string,
  tableNames: readonly string[],
  parse: (text: string) => ParsedText,
): CheckedScript {
  return new Checker(script, tableNames, parse).run(parseScript(script).map(({ statement }) => statement));
}

class Checker {
  readonly #script: string;
  readonly #tableNames: ReadonlyMap<string, string>;
  readonly #parse: (text: string) => ParsedText;
  readonly #views = new Map<string, CheckedView>();
  readonly #tables = new Set<string>();
  readonly #files = new Map<string, RequestedFiles>();
  /** The files named in FROM, by folded name. */
  readonly #fileNames = new Map<string, string>();
  readonly #settings: [string, string][] = [];
  #rows: RowsStatement | undefined;

  constructor(script: string, tableNames: readonly string[], parse: (text: string) => ParsedText) {
    this.#script = script;
    this.#tableNames = new Map(tableNames.map((name) => [foldName(name), name]));
    this.#parse = parse;
  }

  run(statements: readonly Statement[]): CheckedScript {
    for (const statement of statements) this.#check(statement);
    return {
      views: [...this.#views.values()],
      settings: this.#settings,
      ...(this.#rows === undefined ? {} : { rows: this.#rows }),
      tables: [...this.#tables],
      files: [...this.#files.values()],
    };
  }

  #check(statement: Statement): void {
    switch (statement.kind) {
      case 'select':
        this.#giveRows({ kind: 'query', query: this.#query(statement.query) });
        return;
      case 'explain':
      case 'describe':
        this.#giveRows({ kind: statement.kind, query: this.#query(statement.query) });
        return;
      case 'show-tables':
        this.#giveRows({ kind: 'show-tables' });
        return;
      case 'create-view':
        this.#view(statement);
        return;
      case 'set':
        // Apply the value to the default settings, so that an invalid value is rejected before binding.
        withSetting(defaultSettings('UTC'), statement.name, statement.value);
        this.#settings.push([statement.name, statement.value]);
        return;
      default:
        statement satisfies never;
    }
  }

  #giveRows(rows: RowsStatement): void {
    if (this.#rows !== undefined) {
      throw new FabricError(
        'INVALID_QUERY',
        'The script has more than one statement that returns rows. Run them one at a time.',
      );
    }
    this.#rows = rows;
  }

  #view(statement: Extract<Statement, { kind: 'create-view' }>): void {
    const { name, columns, ifExists } = statement;
    const key = foldName(name);
    if (this.#rows !== undefined) {
      throw new FabricError('INVALID_QUERY', `CREATE VIEW ${name} must come before the statement that returns rows.`);
    }
    if (this.#tableNames.has(key) || this.#fileNames.has(key)) {
      throw new FabricError('INVALID_QUERY', `The view ${name} has the name of a table. Choose another name.`);
    }
    const query = this.#query(statement.query);
    if (this.#views.has(key)) {
      if (ifExists === 'keep') return;
      // OR REPLACE is also refused, because views created in between were checked against the first definition.
      throw new FabricError(
        'INVALID_QUERY',
        `The script creates the view ${name} more than once. Give each view its own name.`,
      );
    }
    this.#views.set(key, { name, columns, query });
  }

  #query(source: SourceText): CheckedQuery {
    const parsed = this.#parse(source.text);
    if (parsed.kind === 'error') throw this.#parserError(parsed, source);
    const [statement, ...more] = parsed.kind === 'selects' ? parsed.statements : [];
    if (statement === undefined || more.length > 0) {
      const word = /^\s*([a-z]+)/i.exec(source.text)?.[1]?.toUpperCase() ?? '';
      const instead = word === 'PIVOT' ? ' A PIVOT must list its values: PIVOT t ON column IN (...).' : ' Use SELECT.';
      throw new FabricError('STATEMENT_NOT_ALLOWED', `The statement ${word} is not allowed.${instead}`, {
        details: { statement: word },
      });
    }
    try {
      const references = checkQuery(statement);
      this.#resolve(references);
      return { source, fileFunctions: references.fileFunctions };
    } catch (error) {
      throw error instanceof FabricError ? placedError(error, this.#script, source) : error;
    }
  }

  #parserError(error: Extract<ParsedText, { kind: 'error' }>, source: SourceText): FabricError {
    if (error.bytePosition === undefined) return new FabricError('SYNTAX_ERROR', error.message);
    return syntaxError(error.message, this.#script, scriptPosition(source, error.bytePosition));
  }

  #resolve(references: QueryReferences): void {
    for (const { name, position } of references.tables) {
      if (this.#views.has(foldName(name))) continue;
      const table = this.#tableNames.get(foldName(name));
      if (table !== undefined) this.#tables.add(table);
      else if (looksLikeFile(name)) this.#namedFile(name);
      else throw this.#unknownTable(name, position);
    }
    for (const call of references.fileFunctions) {
      const key = fileFunctionKey(call);
      this.#files.set(key, { key, locations: call.locations, format: call.format });
    }
  }

  /** Adds a file that is named in FROM. DuckDB treats the file as a table, so its name is case-insensitive. */
  #namedFile(name: string): void {
    const key = foldName(name);
    const other = this.#fileNames.get(key) ?? name;
    if (other !== name) {
      throw new FabricError(
        'INVALID_QUERY',
        `The file names ${other} and ${name} differ only in case. Read the files with read_parquet(), read_csv() or read_json().`,
      );
    }
    this.#fileNames.set(key, name);
    this.#files.set(name, { key: name, locations: [name] });
  }

  #unknownTable(name: string, position: number | undefined): FabricError {
    const names = [...this.#tableNames.values(), ...[...this.#views.values()].map((view) => view.name)];
    const near = nearestNames(name, names);
    const all =
      names.length === 0
        ? ' There are no tables. Name files with --data or --table.'
        : ` Available tables: ${listed(names)}.`;
    const offer = near.length > 0 ? ` Did you mean ${near.join(', ')}?` : all;
    return new FabricError('UNKNOWN_TABLE', `There is no table ${name}.${offer}`, {
      details: { table: name, near, ...(position === undefined ? {} : { bytePosition: position }) },
    });
  }
}

/** Adds a line, a column and an excerpt of the script to an error whose `details.bytePosition` is relative to `source`. */
export function placedError(error: FabricError, script: string, source: SourceText): FabricError {
  const { bytePosition, ...details } = error.details;
  if (typeof bytePosition !== 'number') return error;
  const where = syntaxError('', script, scriptPosition(source, bytePosition));
  const message =
    error.code === 'SYNTAX_ERROR' ? `${error.message}${where.message}` : `${error.message} Used${where.message}`;
  return new FabricError(error.code, message, { details: { ...details, ...where.details }, cause: error });
}

function listed(names: readonly string[]): string {
  return names.length > 10 ? `${names.slice(0, 10).join(', ')} and ${names.length - 10} more` : names.join(', ');
}

/** Converts a byte position in a piece of the script to a UTF-16 position in the script. */
function scriptPosition(source: SourceText, bytePosition: number): number {
  return Math.max(0, source.offset + Buffer.from(source.text).subarray(0, bytePosition).toString().length);
}
