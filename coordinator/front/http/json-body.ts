import type { IncomingHttpHeaders } from 'node:http';
import { FabricError } from '../../../engine/errors.ts';
import { checkJson } from '../../check-json.ts';
import { invalidRequest } from './problem.ts';

/** The maximum size of a request body. Bodies contain SQL, settings and locations, but no data. */
export const MAX_BODY_BYTES = 8 << 20;

/** Parses the body of a request as JSON. Throws `REQUEST_INVALID`. */
export function readJson(body: Buffer = Buffer.alloc(0)): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw invalidRequest('The body is not valid UTF-8.');
  }
  checkJson(text, 'body', invalidRequest);
  return parse(text);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalidRequest(`The body is not valid JSON${placeOf(cause)}.`);
  }
}

/** Where JSON is invalid, if the parser's message contains it. The rest of that message describes the parser. */
function placeOf(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  const [, position] = /at position (\d+)/.exec(message) ?? [];
  if (position !== undefined) return ` at character ${Number(position) + 1}`;
  return message.includes('end of JSON') ? ', because it ends too early' : '';
}

/** Checks the headers of a request with a JSON body. Throws `UNSUPPORTED_MEDIA_TYPE`. */
export function checkJsonType(headers: IncomingHttpHeaders): void {
  const [type = '', ...parameters] = (headers['content-type'] ?? '').toLowerCase().split(';');
  if (type.trim() !== 'application/json') {
    throw unsupported('The body must be JSON. Send the header "Content-Type: application/json".');
  }
  const charset = parameters.map((each) => each.trim()).find((each) => each.startsWith('charset='));
  if (charset !== undefined && !/^charset="?utf-8"?$/.test(charset))
    throw unsupported(`The body must be UTF-8. Send the Content-Type without "${charset}".`);
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity')
    throw unsupported(`The body must not be compressed. Send it without "Content-Encoding: ${encoding}".`);
}

/** The error for a body of more than `MAX_BODY_BYTES`. */
export function bodyTooLarge(): FabricError {
  const message = `The body has more than ${MAX_BODY_BYTES} bytes. Put data into files and send their paths.`;
  return new FabricError('REQUEST_TOO_LARGE', message);
}

function unsupported(message: string): FabricError {
  return new FabricError('UNSUPPORTED_MEDIA_TYPE', message);
}
