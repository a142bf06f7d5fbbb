import { FabricError } from '../../engine/errors.ts';

/**
 * What an executor process is told when it starts, as one JSON argument. It holds no more than it needs to read, write and run;
 * what it may read is decided here, by whoever starts it, and never by a task.
 */
export interface ExecutorConfig {
  /** Where the object store is: an absolute path or `s3://bucket/prefix`. */
  readonly storeRoot: string;
  /** Folder for this executor alone: it makes it, and removes it when it ends. */
  readonly scratch: string;
  /** What tasks may read: local folders and files, in place, and `s3://bucket/prefix`. */
  readonly inputRoots: readonly string[];
  /** Of this executor. */
  readonly memoryMiB: number;
}

/** From the invoker. `id` numbers requests; `task` is an encoded task. */
export type ExecutorRequest =
  | { readonly kind: 'run'; readonly id: number; readonly task: Uint8Array }
  | { readonly kind: 'abort'; readonly id: number }
  | { readonly kind: 'ping'; readonly id: number };

/** From the executor: each `run` and `ping` is answered once, under its `id`. `outcome` is an encoded outcome. */
export type ExecutorReply =
  | { readonly kind: 'outcome'; readonly id: number; readonly outcome: Uint8Array }
  | { readonly kind: 'pong'; readonly id: number };

/** Of what a function has, the part its process may use: the platform kills it when it passes the whole. */
export const FUNCTION_MEMORY_SHARE = 0.9;

/**
 * How long before the platform kills a function's process a task must have ended: the time to stop the kernel and to send the outcome. A
 * task that does not give way in time is killed with its process, which is what the platform does with every function.
 */
export const FUNCTION_DEADLINE_MARGIN_MS = 300;

/** Checks a configuration that came from outside. Rejects with `USAGE` naming the field that is wrong. */
export function parseExecutorConfig(json: string | undefined): ExecutorConfig {
  let value: unknown;
  try {
    value = JSON.parse(json ?? '');
  } catch (cause) {
    throw new FabricError('USAGE', 'An executor takes one argument: its configuration as JSON.', { cause });
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

/** Checks a message from the invoker; undefined for what is none. */
export function parseRequest(message: unknown): ExecutorRequest | undefined {
  if (!isNumbered(message)) return undefined;
  const { kind, id } = message;
  if (kind === 'abort' || kind === 'ping') return { kind, id };
  if (kind === 'run' && 'task' in message && message.task instanceof Uint8Array)
    return { kind, id, task: message.task };
  return undefined;
}

/** Checks a message from an executor; undefined for what is none. */
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
  return new FabricError('USAGE', `The executor's configuration needs ${name}: ${wanted}.`);
}
