import { FabricError } from '../../../engine/errors.ts';
import { foldName } from '../../../engine/plan/fold-name.ts';
import { quoteIdentifier, quoteLiteral } from '../../../engine/plan/types.ts';
import type { FileFunctionCall } from '../sql/allow-list.ts';
import { type Token, tokens } from '../sql/lexer.ts';

/** A query's text with redirected file functions. */
export interface RewrittenText {
  readonly text: string;
  /** Converts a byte position in `text` to a byte position in the original text. */
  originalPosition(bytePosition: number): number;
}

/** A file function call, and the paths to read instead of its locations. */
export interface RedirectedCall {
  readonly call: FileFunctionCall;
  readonly paths: readonly string[];
}

interface Edit {
  /** `start` and `end` are byte positions in the original. */
  readonly start: number;
  readonly end: number;
  readonly replacement: Buffer;
}

/**
 * Replaces each call with a `read_parquet` of other paths. An alias keeps the name of the call, so that qualified columns still resolve.
 * The caller must compare the parse trees of the original and the new text (`isRedirected`). Throws `INVALID_QUERY` if a call is not
 * written as `name(...)`.
 */
export function rewriteCalls(text: string, calls: readonly RedirectedCall[]): RewrittenText {
  if (calls.length === 0) return { text, originalPosition: (position) => position };
  const original = Buffer.from(text);
  const placed = placedTokens(text);
  const byPosition = new Map(placed.map(({ start }, index) => [start, index]));
  const edits = calls.map(({ call, paths }) => {
    const end = endOfCall(placed, byPosition.get(call.position), call.name);
    return { start: call.position, end, replacement: replacement(call, paths) };
  });
  edits.sort((left, right) => left.start - right.start);
  const parts: Buffer[] = [];
  let at = 0;
  for (const edit of edits) {
    parts.push(original.subarray(at, edit.start), edit.replacement);
    at = edit.end;
  }
  parts.push(original.subarray(at));
  return { text: Buffer.concat(parts).toString(), originalPosition: (position) => originalPosition(edits, position) };
}

function replacement(call: FileFunctionCall, paths: readonly string[]): Buffer {
  return Buffer.from(`${readParquetSql(paths)}${call.hasAlias ? '' : ` AS ${quoteIdentifier(call.name)}`}`);
}

/** Returns a `read_parquet` call that reads the given paths. */
export function readParquetSql(paths: readonly string[]): string {
  return `read_parquet([${paths.map(quoteLiteral).join(', ')}])`;
}

/**
 * Returns the name that a column would have without the rewrite. DuckDB names a column without an alias after its expression, which may
 * contain a call within a subquery.
 */
export function originalName(name: string, calls: readonly RedirectedCall[]): string {
  if (!name.includes('read_parquet(')) return name;
  return calls.reduce((text, { call, paths }) => {
    const alias = call.hasAlias ? '' : ` AS ${call.name}`;
    return text.replaceAll(`${callText('read_parquet', paths, true)}${alias}`, () =>
      callText(call.name, call.locations, call.isList),
    );
  }, name);
}

/** Formats a call as DuckDB prints it. */
function callText(name: string, paths: readonly string[], isList: boolean): string {
  const literals = paths.map(quoteLiteral).join(', ');
  return `${name}(${isList ? `main.list_value(${literals})` : literals})`;
}

/** A token with its byte positions. */
interface PlacedToken {
  readonly token: Token;
  readonly start: number;
  readonly end: number;
}

function placedTokens(text: string): readonly PlacedToken[] {
  let [bytes, at] = [0, 0];
  const bytesUntil = (position: number): number => {
    bytes += Buffer.byteLength(text.slice(at, position));
    at = position;
    return bytes;
  };
  return tokens(text).map((token) => ({ token, start: bytesUntil(token.start), end: bytesUntil(token.end) }));
}

/** Returns the byte position after the closing parenthesis of the call whose name is the token at `index`. */
function endOfCall(placed: readonly PlacedToken[], index: number | undefined, name: string): number {
  const isCall =
    index !== undefined &&
    foldName(placed[index]?.token.text ?? '') === foldName(name) &&
    isSymbol(placed[index + 1], '(');
  for (let at = index ?? 0, depth = 0; isCall && at < placed.length; at += 1) {
    const each = placed[at];
    if (isSymbol(each, '([{')) depth += 1;
    else if (isSymbol(each, ')]}')) {
      depth -= 1;
      if (depth === 0) return each?.end ?? 0;
    }
  }
  throw new FabricError('INVALID_QUERY', `This form of a ${name} call is not supported. Write ${name}('file').`);
}

function isSymbol(placed: PlacedToken | undefined, oneOf: string): boolean {
  return placed?.token.kind === 'symbol' && oneOf.includes(placed.token.text);
}

function originalPosition(edits: readonly Edit[], position: number): number {
  let shift = 0;
  for (const { start, end, replacement } of edits) {
    const newStart = start + shift;
    if (position < newStart) break;
    if (position < newStart + replacement.length) return start;
    shift += replacement.length - (end - start);
  }
  return position - shift;
}
