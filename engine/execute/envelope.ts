import { invalid, tooNew } from '../plan/wire/faults.ts';
import { MESSAGE_FORMAT_VERSION } from '../plan/wire/version.ts';
import type { Task, TaskOutcome } from './task.ts';
import { decodeOutcome } from './wire/decode-outcome.ts';
import { decodeTask } from './wire/decode-task.ts';
import { encodeOutcome } from './wire/encode-outcome.ts';
import { encodeTask } from './wire/encode-task.ts';

/** A task as JSON, for ways that carry only JSON: `{"format_version":1,"task":"<base64>"}`. Throws as `encodeTask` does. */
export function encodeTaskEnvelope(task: Task): string {
  return seal('task', encodeTask(task));
}

/** Reads `encodeTaskEnvelope`, as text or as JSON that was parsed already. Throws `MESSAGE_INVALID` or `VERSION_SKEW`, whatever it is given. */
export function decodeTaskEnvelope(envelope: unknown): Task {
  return decodeTask(open('task', envelope));
}

/** An outcome as JSON: `{"format_version":1,"outcome":"<base64>"}`. */
export function encodeOutcomeEnvelope(outcome: TaskOutcome): string {
  return seal('outcome', encodeOutcome(outcome));
}

/** Reads `encodeOutcomeEnvelope`, as text or as JSON that was parsed already. Throws `MESSAGE_INVALID` or `VERSION_SKEW`, whatever it is given. */
export function decodeOutcomeEnvelope(envelope: unknown): TaskOutcome {
  return decodeOutcome(open('outcome', envelope));
}

function seal(field: 'task' | 'outcome', bytes: Uint8Array): string {
  const base64 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
  return JSON.stringify({ format_version: MESSAGE_FORMAT_VERSION, [field]: base64 });
}

function open(field: 'task' | 'outcome', envelope: unknown): Uint8Array {
  const json = typeof envelope === 'string' ? parse(envelope) : envelope;
  if (typeof json !== 'object' || json === null) throw invalid('the envelope is no JSON object');
  const fields = new Map<string, unknown>(Object.entries(json));
  const version = fields.get('format_version');
  if (version !== MESSAGE_FORMAT_VERSION) throw tooNew(`envelope version ${JSON.stringify(version ?? null)}`);
  const base64 = fields.get(field);
  if (typeof base64 !== 'string' || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64))
    throw invalid(`the envelope's ${field} is no base64 text`);
  return Buffer.from(base64, 'base64');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid('the envelope is no JSON');
  }
}
