import type { IncomingMessage } from 'node:http';
import { FabricError } from '../../../engine/errors.ts';
import { readBytes } from '../../http-server/open-server.ts';
import { wrong } from './job-request.ts';
import { repeatedName } from './repeated-name.ts';

/** SQL, settings and locations; nobody writes more of those by hand, and no program should. */
const LONGEST_BODY_BYTES = 8 << 20;

/** The JSON body of a request. Rejects with `UNSUPPORTED_MEDIA_TYPE`, `REQUEST_TOO_LARGE` and `REQUEST_INVALID`. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  checkType(request);
  const body = await readBytes(request, LONGEST_BODY_BYTES, tooLarge);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw wrong('The body is not valid UTF-8.');
  }
  const value = parse(text);
  const name = repeatedName(text);
  if (name !== undefined) throw wrong(`${JSON.stringify(name)} stands twice in one object of the body.`);
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw wrong(`The body is no JSON: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

function checkType({ headers }: IncomingMessage): void {
  const [type = '', ...parameters] = (headers['content-type'] ?? '').toLowerCase().split(';');
  if (type.trim() !== 'application/json') {
    throw unsupported('Send JSON, with the header "Content-Type: application/json".');
  }
  const charset = parameters.map((each) => each.trim()).find((each) => each.startsWith('charset='));
  if (charset !== undefined && !/^charset="?utf-8"?$/.test(charset))
    throw unsupported(`Send JSON as UTF-8, not ${charset}.`);
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') throw unsupported(`Send the body as it is, without "Content-Encoding: ${encoding}".`);
}

function tooLarge(): FabricError {
  const message = `The body has more than ${LONGEST_BODY_BYTES} bytes. Put data into files, and name those.`;
  return new FabricError('REQUEST_TOO_LARGE', message);
}

function unsupported(message: string): FabricError {
  return new FabricError('UNSUPPORTED_MEDIA_TYPE', message);
}
