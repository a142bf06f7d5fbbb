import { FabricError } from '../../engine/errors.ts';

/**
 * The configuration of an executor process, passed as one JSON argument. The parent process decides which locations an executor may read. A
 * task cannot change this.
 */
export interface ExecutorConfig {
  /** The object store: an absolute path or `s3://bucket/prefix`. */
  readonly storeRoot: string;
  /** The executor's own scratch folder. The executor creates it when it starts, and removes it before it exits. */
  readonly scratch: string;
  /** The locations that tasks may read: local folders and files, and `s3://bucket/prefix`. */
  readonly inputRoots: readonly string[];
  /** The memory limit of this executor. */
  readonly memoryMiB: number;
}

/** A message from the invoker. `id` is the number of the request, and `task` is an encoded task. */
export type ExecutorRequest =
  | { readonly kind: 'run'; readonly id: number; readonly task: Uint8Array }
  | { readonly kind: 'abort'; readonly id: number }
  | { readonly kind: 'ping'; readonly id: number };

/** A message from the executor. Each `run` and `ping` gets one reply with the same `id`. `outcome` is an encoded outcome. */
export type ExecutorReply =
  | { readonly kind: 'outcome'; readonly id: number; readonly outcome: Uint8Array }
  | { readonly kind: 'pong'; readonly id: number };

/** The share of a function's memory that its process may use. The platform kills a function that exceeds its full memory. */
export const FUNCTION_MEMORY_SHARE = 0.9;

/**
 * How long before a function's time limit a task must end. The margin leaves time to stop the kernel and send the outcome. If the task does
 * not stop in time, the platform kills it together with its process.
 */
export const FUNCTION_DEADLINE_MARGIN_MS = 300;

/** Parses the argument of an executor process. Throws `USAGE` with the name of the first invalid field. */
export function parseExecutorConfig(json: string | undefined): ExecutorConfig {
  let value: unknown;
  try {
    value = JSON.parse(json ?? '');
  } catch (cause) {
    throw new FabricError('USAGE', 'An executor requires one argument: its configuration as JSON.', { cause });
  }
  const fields = new Map<string, unknown>(typeof value === 'object' && value !== null ? Object.entries(value) : []);
  const text = (name: string): string => {
    const field = fields.get(name);
    if (typeof field !== 'string' || field === '') throw wrong(name, 'a path');
    return field;
  };
  const inputRoots = fields.get('inputRoots');
  if (!Array.isArray(inputRoots) || !inputRoots.every((root) => typeof root === 'string')) {
    throw wrong('inputRoots', 'a list of paths');
  }
  const memoryMiB = fields.get('memoryMiB');
  if (typeof memoryMiB !== 'number' || !Number.isInteger(memoryMiB) || memoryMiB <= 0) {
    throw wrong('memoryMiB', 'a whole number above 0');
  }
  return { storeRoot: text('storeRoot'), scratch: text('scratch'), inputRoots, memoryMiB };
}

/** Parses a message from the invoker. Returns undefined if the message is invalid. */
export function parseRequest(message: unknown): ExecutorRequest | undefined {
  if (!isNumbered(message)) return undefined;
  const { kind, id } = message;
  if (kind === 'abort' || kind === 'ping') return { kind, id };
  if (kind === 'run' && 'task' in message && message.task instanceof Uint8Array)
    return { kind, id, task: message.task };
  return undefined;
}

/** Parses a message from an executor. Returns undefined if the message is invalid. */
export function parseReply(message: unknown): ExecutorReply | undefined {
  if (!isNumbered(message)) return undefined;
  const { kind, id } = message;
  if (kind === 'pong') return { kind, id };
  if (kind === 'outcome' && 'outcome' in message && message.outcome instanceof Uint8Array) {
    return { kind, id, outcome: message.outcome };
  }
  return undefined;
}

function isNumbered(message: unknown): message is { readonly kind: unknown; readonly id: number } {
  return (
    typeof message === 'object' &&
    message !== null &&
    'kind' in message &&
    'id' in message &&
    typeof message.id === 'number'
  );
}

function wrong(name: string, wanted: string): FabricError {
  return new FabricError('USAGE', `Invalid executor configuration: ${name} must be ${wanted}.`);
}
