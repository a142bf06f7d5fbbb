import { type Choices, choicesFrom } from '../choices.ts';

/** The names that may occur in the texts. */
export interface Names {
  /** Tables that the checks accept. */
  readonly tables: readonly string[];
  /** Tables and views that exist only in DuckDB. */
  readonly decoys: readonly string[];
  /** Paths of files that the checks accept. */
  readonly files: readonly string[];
}

const BLANKS = [
  ' ',
  ' ',
  ' ',
  '\t',
  '\n',
  '\r',
  '\r\n',
  '\f',
  ' \n ',
  '/**/',
  '/* a; */',
  '/* /* */ */',
  "/* ' */",
  '/* " */',
  '/*/ */',
];
const LINE_COMMENTS = ['--', '-- a', '--;', "-- '", '-- /*', '--\u2028', '-- \u00a0'];
const ODD_BLANKS = [
  '\v',
  '\u00a0',
  '\u2003',
  '\u200b',
  '\u200c',
  '\u202f',
  '\u3000',
  '\ufeff',
  '\u2028',
  '\u0085',
  '\u1680',
  '',
];
/** Letters that equal an ASCII letter under Unicode case folding but not under ASCII case folding. */
const SIMILAR: Readonly<Record<string, string>> = { k: '\u212a', K: '\u212a', s: '\u017f', i: '\u0130', I: '\u0131' };
const STRINGS = [
  "''",
  "'a'",
  "'it''s'",
  "'--'",
  "'/*'",
  "'\u00a0'",
  "E'\\''",
  "e'\\\\'",
  "E'a'\n'\\''",
  "'a'\n'b'",
  "'a' -- '\r'b'",
  "'a'\r'b;'",
  '$$a$$',
  "$$'$$",
  '$a$ $$ $a$',
  '$\u00e9$;$\u00e9$',
  "x'61'",
  "b'01'",
  "n'a'",
  "X'a''b'",
  "E'\\x41'",
  "E'\\101'",
  "U&'a'",
  "'\\'",
  "'\n'",
  "'\r--'",
];
const NUMBERS = [
  '1',
  '1_000',
  '1__0',
  '1e2',
  '1e',
  '1e+',
  '.5',
  '5.',
  '1..2',
  '0x1F',
  '1abc',
  "1e'a'",
  '1$a$b$a$',
  '9',
];
const SYMBOLS = [
  '(',
  ')',
  ',',
  ';',
  '.',
  '..',
  '::',
  ':=',
  '=',
  '+',
  '-',
  '--',
  '/*',
  '*/',
  '*',
  '**',
  '//',
  '/',
  '%',
  '->',
  '->>',
  '=>',
  '<=',
  '<>',
  '!=',
  '@>',
  '||',
  '~',
  '~~*',
  '[',
  ']',
  '{',
  '}',
  '?',
  '?1',
  '$1',
  '$a',
  '$',
  '#1',
  '#',
  '\\',
  '`',
  "'",
  '"',
  '$$',
  '&',
  '^@',
  ':',
  '=-',
  '@-',
  '|/',
];
const WORDS = [
  'SELECT',
  'select',
  'FROM',
  'WITH',
  'AS',
  'UNION',
  'ALL',
  'WHERE',
  'DESCRIBE',
  'EXPLAIN',
  'CREATE',
  'VIEW',
  'SHOW',
  'TABLES',
  'SET',
  'COPY',
  'e',
  'u',
  'n',
  'x',
  'b',
  'U',
  'a$b',
  '_',
  '\u00e9',
  '\u212a',
  'E',
  'uescape',
  'K',
  '\u{1f600}',
  'ta\u00a0b',
];
const CONSTANT_COLUMNS = [
  'current_user',
  'session_user',
  'current_schema',
  'current_catalog',
  'user',
  'CURRENT_ROLE',
  '"user"',
  'current_date',
];
const SCALARS = [
  'abs(a)',
  'lower(b)',
  'a + 1',
  'current_user()',
  '"user"()',
  "b || 'x'",
  'CAST(a AS VARCHAR)',
  '[a, 2]',
  '{b: a}',
  'a::BIGINT',
];
const REFUSED_SCALARS = [
  "getenv('HOME')",
  'version()',
  "current_setting('threads')",
  '"\u212aurtosis"(a)',
  'b.getenv()',
];
const TABLE_FUNCTIONS = [
  '(SELECT a, a AS b FROM range(3) AS r(a))',
  '(VALUES (1, 2)) AS v(a, b)',
  'range(3)',
  'unnest([1])',
];
const REFUSED_TABLE_FUNCTIONS = ['duckdb_views()', "glob('*')", "read_text('/etc/hostname')", 'main.duckdb_tables()'];
const VIEWS = ['v', 'V', '\u212a', 'secret', '"q"', 'duckdb_views'];
const SYSTEM_TABLES = [
  'duckdb_views',
  'duckdb_settings',
  'DUCKDB_TABLES',
  'sqlite_master',
  'pg_class',
  'information_schema.tables',
  'main.fruit',
  'temp.fruit',
  'pragma_database_list',
];

/** Generates random SQL texts: obfuscated statements, damaged statements, and sequences of random tokens. */
export class TextGenerator {
  readonly #choices: Choices;
  readonly #names: Names;

  constructor(seed: number, names: Names) {
    this.#choices = choicesFrom(seed);
    this.#names = names;
  }

  next(): string {
    const { chance } = this.#choices;
    if (chance(0.15)) return this.#heap();
    const parts = this.#script();
    if (chance(0.12)) parts.splice(this.#choices.below(parts.length + 1), chance(0.5) ? 1 : 0, this.#fragment());
    return this.#joined(parts);
  }

  #heap(): string {
    return Array.from(
      { length: 1 + this.#choices.below(12) },
      () => this.#fragment() + (this.#choices.chance(0.4) ? this.#blank() : ''),
    ).join('');
  }

  #fragment(): string {
    const pool = this.#choices.one([
      STRINGS,
      NUMBERS,
      SYMBOLS,
      WORDS,
      BLANKS,
      LINE_COMMENTS,
      ODD_BLANKS,
      this.#names.tables,
    ]);
    return this.#choices.one(pool);
  }

  #blank(): string {
    if (this.#choices.chance(0.04))
      return this.#choices.one(LINE_COMMENTS) + this.#choices.one(['\n', '\n', '\r', '\r', '\r\n', '\u2028', '\f']);
    return this.#choices.chance(0.01)
      ? this.#choices.one(ODD_BLANKS)
      : this.#choices.chance(0.2)
        ? this.#choices.one(BLANKS)
        : ' ';
  }

  #joined(parts: readonly string[]): string {
    return parts.map((part) => part + this.#blank()).join('');
  }

  #script(): string[] {
    const { chance } = this.#choices;
    if (chance(0.1))
      return ['CREATE', 'VIEW', this.#choices.one(VIEWS), 'AS', ...this.#query(2), ';', ...this.#query(2)];
    if (chance(0.1)) return ['DESCRIBE', ...(chance(0.3) ? [this.#name()] : this.#query(2))];
    if (chance(0.05)) return ['EXPLAIN', ...this.#query(2)];
    if (chance(0.05))
      return ['SET', 'fanout', '=', this.#choices.one(['2', "'2'", "E'2'", 'auto']), ';', ...this.#query(2)];
    return this.#query(3);
  }

  #query(depth: number): string[] {
    const choice = depth <= 0 ? 9 : this.#choices.below(12);
    switch (choice) {
      case 0:
      case 1:
      case 2:
        return ['WITH', ...this.#commonTable(depth), ...this.#select(depth)];
      case 3:
        return ['WITH', ...this.#commonTable(depth), ',', ...this.#commonTable(depth), ...this.#select(depth)];
      case 4: {
        const parts = [...this.#select(depth), 'UNION', ...this.#select(depth)];
        return ['WITH', 'RECURSIVE', this.#name(), 'AS', '(', ...parts, ')', ...this.#select(depth - 1)];
      }
      case 5:
        return [...this.#select(depth), 'UNION', 'ALL', ...this.#select(depth)];
      case 6:
        return ['(', ...this.#query(depth - 1), ')'];
      default:
        return this.#select(depth);
    }
  }

  #commonTable(depth: number): string[] {
    return [this.#name(), 'AS', '(', ...this.#query(depth - 1), ')'];
  }

  #select(depth: number): string[] {
    const { chance } = this.#choices;
    const columns = chance(0.6)
      ? ['a', ',', 'b']
      : [this.#expression(), ...(chance(0.4) ? [',', this.#expression()] : [])];
    const where = chance(0.15) && depth > 0 ? ['WHERE', 'EXISTS', '(', ...this.#query(depth - 1), ')'] : [];
    return ['SELECT', ...columns, 'FROM', ...this.#relation(depth), ...where];
  }

  #expression(): string {
    if (this.#choices.chance(0.03)) return this.#choices.one(REFUSED_SCALARS);
    return this.#choices.one(
      this.#choices.one([['a', 'b', '*'], ['a', 'b'], STRINGS, NUMBERS, CONSTANT_COLUMNS, SCALARS, SCALARS]),
    );
  }

  #relation(depth: number): string[] {
    const choice = this.#choices.below(depth > 0 ? 16 : 11);
    if (choice < 5) return [this.#name()];
    if (choice < 7) return [`'${this.#choices.one(this.#names.files)}'`];
    if (choice < 9) return [...this.#fileFunction(), ...(this.#choices.chance(0.5) ? ['AS', this.#name()] : [])];
    if (choice === 9) return [this.#choices.one(this.#choices.chance(0.1) ? REFUSED_TABLE_FUNCTIONS : TABLE_FUNCTIONS)];
    if (choice === 10) return this.#choices.chance(0.3) ? [this.#choices.one(SYSTEM_TABLES)] : [this.#name()];
    if (choice < 14) return ['(', ...this.#query(depth - 1), ')', 'AS', 't'];
    return [...this.#relation(depth - 1), ',', ...this.#relation(depth - 1)];
  }

  #fileFunction(): string[] {
    const path = this.#choices.one(this.#names.files);
    const written = this.#choices.one([
      `'${path}'`,
      `'${path}'`,
      `E'${path}'`,
      `$$${path}$$`,
      `['${path}']`,
      `'${path.slice(0, 3)}'\n'${path.slice(3)}'`,
    ]);
    const name = this.#choices.one([
      'read_parquet',
      'READ_PARQUET',
      'parquet_scan',
      '"read_parquet"',
      'read_csv',
      'main.read_parquet',
    ]);
    return [name, '(', written, ')'];
  }

  /** Generates the name of a table, decoy or system table, with varying case and quotes. */
  #name(): string {
    const { tables, decoys } = this.#names;
    const name = this.#choices.one(
      this.#choices.one([tables, tables, tables, tables, tables, tables, decoys, ['q', 'K', 'v', 'duckdb_views']]),
    );
    const letters = Array.from(name, (letter) => {
      if (this.#choices.chance(0.1)) return letter.toUpperCase();
      return this.#choices.chance(0.04) ? (SIMILAR[letter] ?? letter) : letter;
    }).join('');
    return this.#choices.chance(0.4) || /[.]|^select$/i.test(name) ? `"${letters}"` : letters;
  }
}
