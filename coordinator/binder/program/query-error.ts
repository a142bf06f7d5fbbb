import type { DuckdbError } from '../../../engine/duckdb/kernel/error.ts';
import { objectOf, textField } from '../../../engine/duckdb/plan/fields.ts';
import type { JsonObject } from '../../../engine/duckdb/plan/parse-json.ts';
import { type ErrorCode, FabricError } from '../../../engine/errors.ts';
import { foldName } from '../../../engine/plan/fold-name.ts';
import { type CheckedQuery, placedError } from '../sql/check-script.ts';
import { nearestNames } from '../sql/nearest-names.ts';
import type { RewrittenText } from './rewrite.ts';

/** DuckDB's error about a statement. `bytePosition` is a position in the text that was passed to DuckDB. */
export interface Refusal {
  readonly type: string;
  readonly message: string;
  readonly subtype: string;
  readonly entry: string;
  readonly name: string;
  readonly candidates: readonly string[];
  readonly bytePosition?: number;
}

/** Returns the error in an answer of `json_serialize_sql` or `json_serialize_plan`, or `undefined` if there is no error. */
export function refusalOf(answer: JsonObject, text: string): Refusal | undefined {
  if (answer['error'] !== true) return undefined;
  const body = objectOf(answer, 'an error');
  const positionText = textField(body, 'position');
  const position = /^\d+$/.test(positionText) ? Number(positionText) : undefined;
  // DuckDB's grammar reports positions in characters. The rest of DuckDB reports positions in bytes.
  const isGrammar = textField(body, 'error_subtype') === 'SYNTAX_ERROR';
  return {
    type: textField(body, 'error_type'),
    message: withOwnAdvice(textField(body, 'error_message')),
    subtype: textField(body, 'error_subtype'),
    entry: textField(body, 'type'),
    name: textField(body, 'name'),
    candidates: textField(body, 'candidates')
      .split(',')
      .filter((candidate) => candidate !== ''),
    ...(position === undefined ? {} : { bytePosition: isGrammar ? bytesOfCharacters(text, position) : position }),
  };
}

/** Replaces DuckDB's advice to change a setting, which users cannot change, with advice that applies to Volley. */
function withOwnAdvice(message: string): string {
  return message.replace(
    /^Max expression depth limit of (\d+) exceeded\.[\s\S]*/,
    (_, depth) =>
      `An expression is nested more than ${depth} levels deep. Replace a long chain of operators with a list (list_sum([..]), x IN (..)), or split it into views.`,
  );
}

function bytesOfCharacters(text: string, characters: number): number {
  return Buffer.byteLength([...text].slice(0, characters).join(''));
}

/**
 * Returns the error shown to the user, with a line, a column and an excerpt of the script. `knownColumns` returns the columns of all tables
 * and views of the script. It is called only if DuckDB suggests no columns.
 */
export function refusedQuery(
  refusal: Refusal,
  script: string,
  query: CheckedQuery,
  rewritten: RewrittenText,
  knownColumns: () => readonly string[],
): FabricError {
  const { code, message, details } = describeRefusal(refusal, knownColumns);
  const position =
    refusal.bytePosition === undefined ? {} : { bytePosition: rewritten.originalPosition(refusal.bytePosition) };
  return placedError(new FabricError(code, message, { details: { ...details, ...position } }), script, query.source);
}

interface Description {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: Readonly<Record<string, string | readonly string[]>>;
}

function describeRefusal(refusal: Refusal, knownColumns: () => readonly string[]): Description {
  const { type, subtype, name, candidates } = refusal;
  const message = refusal.message.trim();
  const [firstLine = ''] = message.split('\n');
  switch (type) {
    case 'parser':
    case 'syntax':
      return { code: 'SYNTAX_ERROR', message, details: {} };
    case 'catalog':
      if (refusal.entry === 'Table') {
        return {
          code: 'UNKNOWN_TABLE',
          message: `There is no table ${name}. SHOW TABLES lists the tables.`,
          details: { table: name, near: candidates },
        };
      }
      return { code: 'INVALID_QUERY', message: sentence(message), details: {} };
    case 'out of memory':
      return {
        code: 'PLAN_MEMORY',
        message: 'Planning the query needs too much memory. Make its constants smaller.',
        details: {},
      };
    case 'not implemented':
    case 'serialization':
    case 'internal':
    case 'fatal':
      return { code: 'PLAN_UNSUPPORTED', message: `Volley does not support this query yet: ${firstLine}`, details: {} };
    default:
      break;
  }
  if (subtype === 'COLUMN_NOT_FOUND') return unknownColumn(name, '', candidates, candidates.slice(0, 5));
  for (const pattern of UNKNOWN_COLUMN_MESSAGES) {
    const { column, table, side } = pattern.exec(firstLine)?.groups ?? {};
    if (column === undefined) continue;
    const where =
      table !== undefined ? ` in ${table}` : side !== undefined ? ` on the ${side} side of the join` : ' in FROM';
    // Columns with exactly this name belong to other tables, so they are not suggested.
    const known = knownColumns().filter((each) => foldName(each) !== foldName(column));
    return unknownColumn(column, where, known, []);
  }
  const unknownTable = /^Referenced table "(?<table>[^\n]*)" not found!(?:\nCandidate tables: (?<near>.*))?/.exec(
    message,
  );
  if (unknownTable !== null) {
    const { table = '', near = '' } = unknownTable.groups ?? {};
    const offered = [...near.matchAll(/"([^"]*)"/g)].map(([, each = '']) => each);
    return {
      code: 'UNKNOWN_TABLE',
      message: `The query refers to the table ${table}, but FROM does not contain it.${listed('Tables in FROM', offered)}`,
      details: { table, near: offered },
    };
  }
  return { code: 'INVALID_QUERY', message: sentence(message), details: {} };
}

/** Patterns of messages about a missing column. DuckDB reports these errors only as text, without separate fields. */
const UNKNOWN_COLUMN_MESSAGES = [
  /^(?:Table|Values list) "(?<table>.*)" does not have a column named "(?<column>.*)"/,
  /^Column "(?<column>.*)" does not exist on (?<side>left|right) side of join/,
  /^Column "(?<column>.*)" in (?:EXCLUDE|REPLACE|RENAME) list not found/,
];

/**
 * Describes a missing column. `where` follows the column's name in the message. `otherwise` lists the columns to show if no candidate is
 * similar.
 */
function unknownColumn(
  name: string,
  where: string,
  candidates: readonly string[],
  otherwise: readonly string[],
): Description {
  const near = nearestNames(name, candidates);
  const offer = near.length > 0 ? ` Did you mean ${near.join(', ')}?` : listed('Columns include', otherwise);
  return {
    code: 'UNKNOWN_COLUMN',
    message: `There is no column ${name}${where}.${offer}`,
    details: { column: name, near: near.length > 0 ? near : otherwise },
  };
}

function listed(what: string, names: readonly string[]): string {
  return names.length === 0 ? '' : ` ${what}: ${names.join(', ')}.`;
}

/** Formats DuckDB's message as one line that ends with a full stop. */
function sentence(message: string): string {
  const line = message
    .replace(/:\s*\n\s*/g, ': ')
    .replace(/\s*\n\s*/g, '; ')
    .replace(/: : /g, ': ');
  return /[.!?]$/.test(line) ? line : `${line}.`;
}

/** Converts an error thrown by DuckDB to a `Refusal`. */
export function refusalOfError(error: DuckdbError): Refusal {
  const message = error.message.replace(/^[A-Za-z ]+ Error: /, '').replace(/\n+LINE \d+:[\s\S]*$/, '');
  return { type: error.type, message: withOwnAdvice(message), subtype: '', entry: '', name: '', candidates: [] };
}
