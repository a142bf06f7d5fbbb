import { FabricError } from '../../../engine/errors.ts';
import { foldName } from '../../../engine/plan/fold-name.ts';
import { quoteIdentifier, quoteLiteral } from '../../../engine/plan/types.ts';
import type { FileFunctionCall } from '../sql/allow-list.ts';
import { type Token, tokens } from '../sql/lexer.ts';

/** A query's text with its file functions pointed elsewhere. */
export interface RewrittenText {
  readonly text: string;
  /** The byte position in the original of a byte position in `text`. */
  originalPosition(bytePosition: number): number;
}

/** A call of a file function and the paths that it reads instead. */
export interface RedirectedCall {
  readonly call: FileFunctionCall;
  readonly paths: readonly string[];
}

interface Edit {
  /** The replaced bytes of the original. */
  readonly start: number;
  readonly end: number;
  readonly replacement: Buffer;
}

/**
 * Replaces each call with a `read_parquet` of other paths, under the same name for qualified columns. The caller must compare the parse of
 * the new text with that of the original (`isRedirected`). Throws `INVALID_QUERY` if a call is not written as `name(...)`.
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

/** A call that reads files by exact path. */
export function readParquetSql(paths: readonly string[]): string {
  return `read_parquet([${paths.map(quoteLiteral).join(', ')}])`;
}

/**
 * A column name as it would be without the rewrite. DuckDB names a column without an alias by its expression, which may hold a call within a
 * subquery.
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

/** A call as DuckDB prints it. */
function callText(name: string, paths: readonly string[], isList: boolean): string {
  const literals = paths.map(quoteLiteral).join(', ');
  return `${name}(${isList ? `main.list_value(${literals})` : literals})`;
}

/** A token with its position in bytes. */
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

/** The end of the parenthesis that closes a call whose name is the token at `index`. */
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
  throw new FabricError('INVALID_QUERY', `${name}: unsupported form of call. Write it as ${name}('file').`);
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
