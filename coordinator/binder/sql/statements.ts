import { FabricError } from '../../../engine/errors.ts';
import { foldName } from '../../../engine/plan/fold-name.ts';
import { type Token, tokens } from './lexer.ts';
import { syntaxError } from './syntax-error.ts';
import { stripUnicodeSpaces } from './unicode-spaces.ts';

/**
 * A piece of a script, with Unicode spaces replaced by plain spaces. `offset` is the UTF-16 position in the script at which `text` starts.
 */
export interface SourceText {
  readonly text: string;
  readonly offset: number;
}

/** A statement of a script, classified by its first tokens. The binder parses and checks its `query`. */
export type Statement =
  | { readonly kind: 'select'; readonly query: SourceText }
  | { readonly kind: 'explain'; readonly query: SourceText }
  | { readonly kind: 'describe'; readonly query: SourceText }
  | { readonly kind: 'show-tables' }
  | {
      readonly kind: 'create-view';
      readonly name: string;
      /** `replace` stands for OR REPLACE, and `keep` for IF NOT EXISTS. */
      readonly ifExists: 'fail' | 'replace' | 'keep';
      readonly columns: readonly string[];
      readonly query: SourceText;
    }
  | { readonly kind: 'set'; readonly name: string; readonly value: string };

/** A statement, the piece of the script that contains it, and the tokens of that piece. Token positions refer to the script. */
export interface ParsedStatement {
  readonly statement: Statement;
  readonly source: SourceText;
  readonly tokens: readonly Token[];
}

/** The maximum length of a script. Binding keeps several copies of a script in memory. */
const MAX_SCRIPT_CHARACTERS = 4 << 20;
const LONE_SURROGATE = /\p{Surrogate}/u;

/** Alternatives to statements that users commonly try. */
const INSTEAD: Readonly<Record<string, string>> = {
  copy: 'To write a result to a file, run the SELECT with --output and --format.',
  attach: 'Name files with --data or --table.',
  install: 'Extensions cannot be loaded.',
  load: 'Extensions cannot be loaded.',
  pragma: 'Use SET for settings, and DESCRIBE and SHOW TABLES for tables.',
  call: 'Call table functions with SELECT * FROM function(...).',
  summarize: 'Write the aggregates in a SELECT.',
  insert: 'Tables are read-only.',
  update: 'Tables are read-only.',
  delete: 'Tables are read-only.',
  merge: 'Tables are read-only.',
  drop: 'Views last only until the end of their script.',
  begin: 'Transactions are not supported: every query reads fixed versions of its files.',
  prepare: 'Write the values into the query.',
  execute: 'Write the values into the query.',
  use: 'There is only one catalog: write table names without a schema.',
};

/** The first words of statements that are refused. The rest of such a statement is not read, so that it cannot change the error. */
const REFUSED = new Set(
  (
    'alter analyze attach begin abort call checkpoint comment commit copy deallocate delete detach drop end execute export force ' +
    'import insert install load merge pragma prepare reindex rollback start summarize truncate update use vacuum'
  ).split(' '),
);

/**
 * Splits a script at its semicolons, and classifies each statement by its first tokens. Callers that already have the script's tokens pass
 * them in `scriptTokens`. Throws `SYNTAX_ERROR`, `STATEMENT_NOT_ALLOWED` and `INVALID_QUERY`.
 */
export function parseScript(script: string, scriptTokens?: readonly Token[]): readonly ParsedStatement[] {
  checkCharacters(script);
  const text = stripUnicodeSpaces(script);
  return split(text, scriptTokens ?? tokens(text)).map(({ source, parts }) => ({
    statement: new Head(text, source, parts).statement(),
    source,
    tokens: parts,
  }));
}

function checkCharacters(script: string): void {
  if (script.length > MAX_SCRIPT_CHARACTERS) {
    throw new FabricError(
      'INVALID_QUERY',
      `The script has ${script.length} characters. At most ${MAX_SCRIPT_CHARACTERS} are allowed.`,
    );
  }
  const nul = script.indexOf('\0');
  if (nul >= 0) throw syntaxError('invalid NUL character (write chr(0) instead)', script, nul);
  // A lone surrogate cannot be encoded in UTF-8, so DuckDB would read a different text.
  const surrogate = script.search(LONE_SURROGATE);
  if (surrogate >= 0) throw syntaxError('invalid lone surrogate (half of a character)', script, surrogate);
}

interface Piece {
  readonly source: SourceText;
  readonly parts: readonly Token[];
}

function split(script: string, scriptTokens: readonly Token[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let parts: Token[] = [];
  const finish = (): void => {
    const first = parts[0];
    const last = parts.at(-1);
    if (first !== undefined && last !== undefined) {
      pieces.push({ source: { text: script.slice(first.start, last.end), offset: first.start }, parts });
    }
    parts = [];
  };
  for (const token of scriptTokens) {
    if (token.kind === 'symbol' && token.text === ';') finish();
    else parts.push(token);
  }
  finish();
  return pieces;
}

/** Reads the first tokens of one statement, which determine its kind. */
class Head {
  readonly #script: string;
  readonly #source: SourceText;
  readonly #parts: readonly Token[];
  #at = 0;

  constructor(script: string, source: SourceText, parts: readonly Token[]) {
    this.#script = script;
    this.#source = source;
    this.#parts = parts;
  }

  statement(): Statement {
    const first = this.#parts[0];
    const word = first?.kind === 'word' ? first.text : '';
    if (REFUSED.has(word)) throw notAllowed(word.toUpperCase(), word);
    switch (word) {
      case 'explain':
        return this.#explain();
      case 'create':
        return this.#createView();
      case 'set':
        return this.#set();
      case 'reset':
        throw notAllowed('RESET', 'SET the value again, or type .reset at the prompt.');
      case 'show':
        return this.#show();
      case 'describe':
      case 'desc':
        return this.#describe();
      default:
        // DuckDB's parser decides whether the statement is a SELECT.
        return { kind: 'select', query: this.#source };
    }
  }

  /** Consumes the next token if it is one of these words or symbols. */
  #take(...texts: readonly string[]): boolean {
    const next = this.#parts[this.#at];
    const taken = next !== undefined && (next.kind === 'word' || next.kind === 'symbol') && texts.includes(next.text);
    if (taken) this.#at += 1;
    return taken;
  }

  #expect(text: string): void {
    if (!this.#take(text)) throw this.#unexpected(`${text.toUpperCase()} expected`);
  }

  #unexpected(message: string): FabricError {
    const next = this.#parts[this.#at];
    return syntaxError(message, this.#script, next?.start ?? this.#source.offset + this.#source.text.length);
  }

  #name(): string {
    const next = this.#parts[this.#at];
    if (next === undefined || (next.kind !== 'word' && next.kind !== 'quoted')) throw this.#unexpected('name expected');
    this.#at += 1;
    return next.kind === 'word' ? this.#script.slice(next.start, next.end) : next.text;
  }

  /** Returns the rest of the statement. If nothing follows, throws an error that names the missing part, `what`. */
  #rest(what: string): SourceText {
    const next = this.#parts[this.#at];
    if (next === undefined) throw this.#unexpected(`${what} expected`);
    const offset = next.start;
    return { text: this.#source.text.slice(offset - this.#source.offset), offset };
  }

  #explain(): Statement {
    this.#expect('explain');
    if (this.#take('analyze'))
      throw notAllowed(
        'EXPLAIN ANALYZE',
        'EXPLAIN shows only the stages. To see run-time statistics, run the query with --summary.',
      );
    const inner = this.#parts[this.#at + 1];
    if (
      this.#parts[this.#at]?.text === '(' &&
      inner !== undefined &&
      ['analyze', 'format', 'verbose'].includes(inner.text)
    ) {
      throw notAllowed('EXPLAIN with options', 'Write EXPLAIN followed by the query.');
    }
    return { kind: 'explain', query: this.#rest('query') };
  }

  #show(): Statement {
    this.#expect('show');
    if (this.#take('tables') && this.#at === this.#parts.length) return { kind: 'show-tables' };
    throw notAllowed('SHOW', 'Only SHOW TABLES is supported. For a table or query, use DESCRIBE.');
  }

  #describe(): Statement {
    this.#at += 1;
    const query = this.#rest('table or query');
    const isName = this.#parts.slice(this.#at).every((part) => part.kind !== 'symbol' || part.text === '.');
    const first = this.#parts[this.#at];
    const isQuery =
      first?.kind === 'word' && ['select', 'from', 'values', 'with', 'table', 'pivot', 'unpivot'].includes(first.text);
    if (isQuery || !isName) return { kind: 'describe', query };
    return { kind: 'describe', query: { text: `FROM ${query.text}`, offset: query.offset - 'FROM '.length } };
  }

  #createView(): Statement {
    this.#expect('create');
    const replace = this.#take('or');
    if (replace) this.#expect('replace');
    this.#take('temp', 'temporary');
    if (!this.#take('view')) {
      const what = this.#parts[this.#at]?.text.toUpperCase() ?? '';
      throw notAllowed(`CREATE ${what}`.trimEnd(), 'Use CREATE VIEW, or name files as tables with --data or --table.');
    }
    const keep = this.#take('if');
    if (keep) {
      this.#expect('not');
      this.#expect('exists');
    }
    const name = this.#name();
    if (this.#take('.')) throw notAllowed('A view name with a schema', 'Write the name without a schema.');
    const columns: string[] = [];
    if (this.#take('(')) {
      do columns.push(this.#name());
      while (this.#take(','));
      this.#expect(')');
    }
    this.#expect('as');
    return {
      kind: 'create-view',
      name,
      ifExists: replace ? 'replace' : keep ? 'keep' : 'fail',
      columns,
      query: this.#rest('query'),
    };
  }

  #set(): Statement {
    this.#expect('set');
    if (this.#take('variable')) throw notAllowed('SET VARIABLE', 'Write the value into the query.');
    if (this.#take('global')) throw notAllowed('SET GLOBAL', 'Use SET, which lasts until the end of the script.');
    this.#take('session', 'local');
    if (this.#take('time')) {
      this.#expect('zone');
      return { kind: 'set', name: 'timezone', value: this.#value() };
    }
    const name = this.#name();
    if (!this.#take('=') && !this.#take('to')) throw this.#unexpected('= expected');
    return { kind: 'set', name: foldName(name), value: this.#value() };
  }

  /** Returns the rest of the statement as a setting's value: the content of a string, or the text as written. The setting validates it. */
  #value(): string {
    const next = this.#parts[this.#at];
    const { text } = this.#rest('value');
    const isText = next?.kind === 'string' || next?.kind === 'quoted';
    return isText && this.#at === this.#parts.length - 1 ? next.text : text;
  }
}

/** Returns the error for a statement that is not allowed. `instead` is a key of `INSTEAD`, or the advice itself. */
export function notAllowed(what: string, instead: string): FabricError {
  const advice = INSTEAD[instead] ?? (instead.includes(' ') ? instead : '');
  return new FabricError(
    'STATEMENT_NOT_ALLOWED',
    `${what} is not allowed. ${advice}${advice === '' ? 'Use SELECT, CREATE VIEW, SET, EXPLAIN, SHOW TABLES or DESCRIBE.' : ''}`,
    { details: { statement: what } },
  );
}
