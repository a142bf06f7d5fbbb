import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { FabricError } from '../../../engine/errors.ts';

/** A bearer token and its subject. The empty subject may see every job. */
export interface AccessToken {
  readonly subject: string;
  readonly token: string;
}

/** The rules for accepting requests. */
export interface Access {
  /** The accepted tokens. If the list is empty, requests need no token and have the empty subject. */
  readonly tokens: readonly AccessToken[];
  /**
   * The host names that requests may use, in lower case and without ports; any host name if absent. This protects a server on a loopback
   * address from web pages whose own host name resolves to that address (DNS rebinding).
   */
  readonly hostNames?: readonly string[];
}

/** The sender of a request. A subject may see only its own jobs; the empty subject may see all jobs. */
export interface Caller {
  readonly subject: string;
}

/** Checks the `Host` and `Origin` of a request. Throws `FORBIDDEN`. */
export function checkOrigin(headers: IncomingHttpHeaders, { hostNames }: Access): void {
  const { host = '', origin } = headers;
  if (hostNames !== undefined && !hostNames.includes(nameOf(host))) {
    throw new FabricError(
      'FORBIDDEN',
      `This server rejects requests for the host ${JSON.stringify(host)}. Use the address that it printed at start.`,
    );
  }
  if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`) {
    throw new FabricError(
      'FORBIDDEN',
      `Web pages from ${JSON.stringify(origin)} may not send requests to this server. Send requests from a program, or from a page of the server itself.`,
    );
  }
}

/** The subject of a request's bearer token. Throws `UNAUTHENTICATED`. */
export function callerOf(headers: IncomingHttpHeaders, { tokens }: Access): Caller {
  if (tokens.length === 0) return { subject: '' };
  const [, given] = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '') ?? [];
  const found = given === undefined ? undefined : tokens.find(({ token }) => isSame(token, given));
  if (found !== undefined) return { subject: found.subject };
  const what = given === undefined ? 'The request has no bearer token.' : 'The bearer token is invalid.';
  throw new FabricError('UNAUTHENTICATED', `${what} Send the header "Authorization: Bearer TOKEN".`);
}

/** Compares two texts in constant time. */
function isSame(left: string, right: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(left), hash(right));
}

/** The host name in a `Host` header, without the port. */
function nameOf(host: string): string {
  return host.toLowerCase().replace(/:\d+$/, '');
}
