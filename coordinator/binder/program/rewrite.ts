import { FabricError } from '../../../engine/errors.ts';
import { quoteIdentifier, quoteLiteral } from '../../../engine/plan/types.ts';
import type { FileFunctionCall } from '../sql/allow-list.ts';
import { tokens } from '../sql/lexer.ts';

/** A query's text with its file functions pointed elsewhere. */
export interface RewrittenText {
  readonly text: string;
  /** The byte position in the original of a byte position in `text`. */
  originalPosition(bytePosition: number): number;
}

interface Edit {
  /** The replaced bytes of the original. */
  readonly start: number;
  readonly end: number;
  readonly replacement: Buffer;
}

/**
 * Replaces each call with a `read_parquet` of other paths, under the same name for qualified columns. The caller checks the new text again.
 * Throws `INVALID_QUERY` if a call is not written as `name(...)`.
 */
export function rewriteCalls(
  text: string,
  calls: readonly { readonly call: FileFunctionCall; readonly paths: readonly string[] }[],
): RewrittenText {
  const original = Buffer.from(text);
  const edits = calls.map(({ call, paths }) => editOf(text, original, call, replacement(call, paths)));
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

/** The edit of a call, from its name to the parenthesis that closes it. */
function editOf(text: string, original: Buffer, call: FileFunctionCall, replacement: Buffer): Edit {
  const start = original.subarray(0, call.position).toString().length;
  const [name, open, ...rest] = tokens(text.slice(start));
  if (name?.text.toLowerCase() !== call.name.toLowerCase() || open?.text !== '(') {
    throw new FabricError('INVALID_QUERY', `${call.name}: unsupported form of call. Write it as ${call.name}('file').`);
  }
  let depth = 1;
  for (const token of rest) {
    if (token.kind !== 'symbol') continue;
    if ('([{'.includes(token.text)) depth += 1;
    if (')]}'.includes(token.text)) depth -= 1;
    if (depth > 0) continue;
    return { start: call.position, end: Buffer.byteLength(text.slice(0, start + token.end)), replacement };
  }
  throw new FabricError('INVALID_QUERY', `${call.name}: unsupported form of call. Write it as ${call.name}('file').`);
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
