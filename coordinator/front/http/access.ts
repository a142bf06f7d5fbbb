import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { FabricError } from '../../../engine/errors.ts';

/** A bearer token and its subject. The empty subject sees every job. */
export interface AccessToken {
  readonly subject: string;
  readonly token: string;
}

/** Which requests the server accepts. */
export interface Access {
  /** Empty: requests need no token, and all come from the empty subject. */
  readonly tokens: readonly AccessToken[];
  /**
   * The host names that requests may use, lower case, without ports; absent: any. Protects servers on a loopback address from web pages
   * whose own host name resolves to that address (DNS rebinding).
   */
  readonly hostNames?: readonly string[];
}

/** The subject of a request. It sees its own jobs only; the empty subject sees all. */
export interface Caller {
  readonly subject: string;
}

/** Checks the `Host` and `Origin` of a request. Throws `FORBIDDEN`. */
export function checkOrigin(headers: IncomingHttpHeaders, { hostNames }: Access): void {
  const { host = '', origin } = headers;
  if (hostNames !== undefined && !hostNames.includes(nameOf(host))) {
    throw new FabricError('FORBIDDEN', `This server does not answer requests for the host ${JSON.stringify(host)}.`);
  }
  if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`) {
    throw new FabricError('FORBIDDEN', `Pages of ${JSON.stringify(origin)} may not send requests to this server.`);
  }
}

/** The subject of a request's bearer token. Throws `UNAUTHENTICATED`. */
export function callerOf(headers: IncomingHttpHeaders, { tokens }: Access): Caller {
  if (tokens.length === 0) return { subject: '' };
  const [, given] = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '') ?? [];
  const found = given === undefined ? undefined : tokens.find(({ token }) => isSame(token, given));
  if (found !== undefined) return { subject: found.subject };
  const what = given === undefined ? 'The request has no bearer token' : 'The bearer token is unknown';
  throw new FabricError('UNAUTHENTICATED', `${what}: send the header "Authorization: Bearer TOKEN".`);
}

/** Compares in constant time. */
function isSame(left: string, right: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(left), hash(right));
}

/** The name in a `Host` header, without the port. */
function nameOf(host: string): string {
  return host.toLowerCase().replace(/:\d+$/, '');
}
