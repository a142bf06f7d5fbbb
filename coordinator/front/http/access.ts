import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { FabricError } from '../../../engine/errors.ts';

/** A bearer token and whose it is. The empty subject sees every job. */
export interface AccessToken {
  readonly subject: string;
  readonly token: string;
}

/** Who may ask for what. */
export interface Access {
  /** None: everybody may, and nobody is told apart. */
  readonly tokens: readonly AccessToken[];
  /**
   * The names under which this server may be asked, lower case, without ports; absent: any. For servers on a loopback: a page whose
   * own name leads there must not reach it.
   */
  readonly hostNames?: readonly string[];
}

/** Who asks. Jobs of others are not there, for anybody but the empty subject. */
export interface Caller {
  readonly subject: string;
}

/** Checks where a request comes from. Throws `FORBIDDEN`. */
export function checkOrigin(request: IncomingMessage, { hostNames }: Access): void {
  const { host = '', origin } = request.headers;
  if (hostNames !== undefined && !hostNames.includes(nameOf(host))) {
    throw new FabricError('FORBIDDEN', `This server is not asked under the name ${JSON.stringify(host)}.`);
  }
  if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`) {
    throw new FabricError('FORBIDDEN', `Pages of ${JSON.stringify(origin)} may not ask this server.`);
  }
}

/** Who a request's bearer token says it is from. Throws `UNAUTHENTICATED`. */
export function callerOf(request: IncomingMessage, { tokens }: Access): Caller {
  if (tokens.length === 0) return { subject: '' };
  const [, given] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
  const found = given === undefined ? undefined : tokens.find(({ token }) => isSame(token, given));
  if (found !== undefined) return { subject: found.subject };
  const what = given === undefined ? 'There is no bearer token' : 'The bearer token is not known';
  throw new FabricError('UNAUTHENTICATED', `${what}: send the header "Authorization: Bearer TOKEN".`);
}

/** Takes as long for any two texts. */
function isSame(left: string, right: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(left), hash(right));
}

/** The name in a `Host` header, without the port. */
function nameOf(host: string): string {
  return host.toLowerCase().replace(/:\d+$/, '');
}
