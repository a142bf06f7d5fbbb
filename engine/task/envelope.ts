import { invalid, tooNew } from '../plan/wire/faults.ts';
import { MESSAGE_FORMAT_VERSION } from '../plan/wire/version.ts';
import { decodeOutcome } from './decode-outcome.ts';
import { decodeTask, readTaskHead } from './decode-task.ts';
import { encodeOutcome } from './encode-outcome.ts';
import { encodeTask } from './encode-task.ts';
import { checkSignature, type SignatureGuard, signTask, type TaskSignature } from './signature.ts';
import type { EncodedTask, SentTask, TaskOutcome } from './task.ts';

/** The key that signs a task, and the time when the signature expires, in ms since the epoch. */
export interface TaskSigner {
  readonly key: Uint8Array;
  readonly expiresMs: number;
}

/**
 * Encodes a task as JSON, for transports that carry only JSON: `{"format_version":1,"task":"<base64>"}`. With a signer,
 * the JSON also has `"signature":{"job":..,"attempt":..,"expires_ms":..,"mac":"<base64>"}`. Throws the errors of
 * `encodeTask`.
 */
export function encodeTaskEnvelope(task: SentTask, signer?: TaskSigner): string {
  const bytes = encodeTask(task);
  if (signer === undefined) return seal({ task: base64(bytes) });
  const { job, attempt } = task;
  const { expiresMs, mac } = signTask(bytes, { job, attempt, expiresMs: signer.expiresMs }, signer.key);
  return seal({ task: base64(bytes), signature: { job, attempt, expires_ms: expiresMs, mac } });
}

/**
 * Decodes the result of `encodeTaskEnvelope`, as text or parsed JSON. Throws `MESSAGE_INVALID` or `VERSION_SKEW` for
 * any other input. Does not check the signature.
 */
export function decodeTaskEnvelope(envelope: unknown): SentTask {
  return decodeTask(message(open(envelope), 'task'));
}

/**
 * Checks the signature of an envelope and returns the encoded task, of which only the header and a few fields are
 * decoded. Throws `TASK_REFUSED` for an invalid signature before anything is decoded, and otherwise the errors of
 * `decodeTaskEnvelope`.
 */
export function openSignedEnvelope(envelope: unknown, guard: SignatureGuard): EncodedTask {
  const fields = open(envelope);
  const bytes = message(fields, 'task');
  checkSignature(bytes, signatureOf(fields.get('signature')), guard);
  return readTaskHead(bytes);
}

/** Encodes an outcome as JSON: `{"format_version":1,"outcome":"<base64>"}`. */
export function encodeOutcomeEnvelope(outcome: TaskOutcome): string {
  return seal({ outcome: base64(encodeOutcome(outcome)) });
}

/**
 * Decodes the result of `encodeOutcomeEnvelope`, as text or parsed JSON. Throws `MESSAGE_INVALID` or `VERSION_SKEW` for
 * any other input.
 */
export function decodeOutcomeEnvelope(envelope: unknown): TaskOutcome {
  return decodeOutcome(message(open(envelope), 'outcome'));
}

function seal(fields: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ format_version: MESSAGE_FORMAT_VERSION, ...fields });
}

function open(envelope: unknown): ReadonlyMap<string, unknown> {
  const json = typeof envelope === 'string' ? parse(envelope) : envelope;
  if (typeof json !== 'object' || json === null) throw invalid('the envelope is not a JSON object');
  const fields = new Map<string, unknown>(Object.entries(json));
  const version = fields.get('format_version');
  if (version !== MESSAGE_FORMAT_VERSION) throw tooNew(`envelope version ${JSON.stringify(version ?? null)}`);
  return fields;
}

function message(fields: ReadonlyMap<string, unknown>, name: 'task' | 'outcome'): Uint8Array {
  const text = fields.get(name);
  if (typeof text !== 'string' || !/^[A-Za-z0-9+/]*={0,2}$/.test(text))
    throw invalid(`the envelope's ${name} is not base64 text`);
  return Buffer.from(text, 'base64');
}

/** Returns the signature of an envelope, or undefined if it is missing or malformed. */
function signatureOf(value: unknown): TaskSignature | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const fields = new Map<string, unknown>(Object.entries(value));
  const [job, attempt, mac] = [fields.get('job'), fields.get('attempt'), fields.get('mac')];
  const expiresMs = fields.get('expires_ms');
  if (typeof job !== 'string' || typeof attempt !== 'string' || typeof mac !== 'string') return undefined;
  return typeof expiresMs === 'number' ? { job, attempt, expiresMs, mac } : undefined;
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid('the envelope is not valid JSON');
  }
}
