import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { FabricError } from '../errors.ts';

/** The claims that a signature covers in addition to the task. They are readable before the task is decoded. */
export interface SignedClaims {
  readonly job: string;
  readonly attempt: string;
  /** The time when the signature expires, in ms since the epoch. A task that was accepted earlier may continue. */
  readonly expiresMs: number;
}

/** The claims with their signature: an HMAC-SHA256 of the claims and the task's SHA-256, in base64. */
export interface TaskSignature extends SignedClaims {
  readonly mac: string;
}

/** The accepted keys and the current time. Several keys can be accepted, so that a key can be replaced without interruption. */
export interface SignatureGuard {
  readonly keys: readonly Uint8Array[];
  readonly nowMs: number;
}

/** Signs the bytes of a task message. */
export function signTask(task: Uint8Array, claims: SignedClaims, key: Uint8Array): TaskSignature {
  return { ...claims, mac: macOf(task, claims, key).toString('base64') };
}

/**
 * Throws `TASK_REFUSED` unless one of the keys signed exactly these bytes and claims. `details.reason` is `unsigned`,
 * `altered` or `expired`.
 */
export function checkSignature(task: Uint8Array, signature: TaskSignature | undefined, guard: SignatureGuard): void {
  if (signature === undefined) throw refused('unsigned', 'is not signed');
  const given = Buffer.from(signature.mac, 'base64');
  const isSigned = guard.keys.some((key) => {
    const mac = macOf(task, signature, key);
    return given.length === mac.length && timingSafeEqual(given, mac);
  });
  if (!isSigned) throw refused('altered', 'was altered, or was signed with another key');
  if (signature.expiresMs <= guard.nowMs) throw refused('expired', 'has an expired signature');
}

function macOf(task: Uint8Array, claims: SignedClaims, key: Uint8Array): Buffer {
  // The length prefixes make the parts unambiguous, regardless of the characters in the ids.
  const hash = createHash('sha256').update(task).digest('hex');
  const parts = [claims.job, claims.attempt, String(claims.expiresMs), hash];
  const text = parts.map((part) => `${Buffer.byteLength(part)}:${part}\n`).join('');
  return createHmac('sha256', key).update(`volley-task-1\n${text}`).digest();
}

function refused(reason: 'unsigned' | 'altered' | 'expired', what: string): FabricError {
  return new FabricError('TASK_REFUSED', `The executor rejected a task because it ${what}.`, { details: { reason } });
}
