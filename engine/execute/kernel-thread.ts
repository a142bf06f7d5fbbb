import type { MessagePort } from 'node:worker_threads';
import { decodeStream } from '../arrow/decode-stream.ts';
import { samePhysicalType } from '../duckdb/kernel/arrow-format.ts';
import { type Connection, Database } from '../duckdb/kernel/database.ts';
import { DuckdbError } from '../duckdb/kernel/error.ts';
import { FragmentInputs } from '../duckdb/kernel/input.ts';
import { configure, lockDown, type SessionSettings } from '../duckdb/kernel/lockdown.ts';
import { asFabricError, FabricError } from '../errors.ts';
import { runFragment } from './kernel-output.ts';
import type {
  KernelAnswer,
  KernelEnd,
  KernelFailure,
  KernelInput,
  KernelRequest,
  KernelStart,
} from './kernel-protocol.ts';

/** The approximate size of one answer. Message overhead is negligible at this size, and two answers fit in memory. */
const ANSWER_BYTES = 8 << 20;

type RunRequest = KernelRequest & { readonly kind: 'run' };

/** Serves kernel requests on a worker thread, with one DuckDB instance and one run at a time. All work is synchronous. */
export function serveKernel(port: MessagePort, start: KernelStart): void {
  const answer = (message: KernelAnswer, transfer: readonly ArrayBuffer[] = []) =>
    port.postMessage(message, [...transfer]);
  let session: Session;
  try {
    session = openSession(start);
  } catch (error) {
    answer({ kind: 'broken', failure: failureOf(error) });
    return;
  }
  const stop = new Int32Array(start.stop);
  let output: Generator<Uint8Array, KernelEnd> | undefined;

  const advance = (id: number, running: Generator<Uint8Array, KernelEnd>): void => {
    const { bytes, end } = takeBytes(running);
    if (end !== undefined) output = undefined;
    answer(end === undefined ? { kind: 'bytes', id, bytes } : { kind: 'bytes', id, bytes, end }, [bytes.buffer]);
  };
  port.on('message', (request: KernelRequest) => {
    const { id } = request;
    try {
      switch (request.kind) {
        case 'run':
          // An earlier output may have been abandoned. Free its rows and inputs.
          output?.return({ rows: 0 });
          output = startRun(session, request, () => {
            if (Atomics.load(stop, 0) === id) throw new DuckdbError('INTERRUPT Error: the task was stopped');
          });
          advance(id, output);
          break;
        case 'more':
          if (output === undefined) throw new FabricError('INTERNAL', 'The kernel has no output to continue.');
          advance(id, output);
          break;
        case 'stop':
          output?.return({ rows: 0 });
          output = undefined;
          answer({ kind: 'stopped', id });
          break;
        default:
          request satisfies never;
      }
    } catch (error) {
      output = undefined;
      answer({ kind: 'failed', id, failure: failureOf(error) });
    }
  });
  answer({ kind: 'ready', connection: session.connection.pointer });
}

interface Session {
  readonly connection: Connection;
  readonly inputs: FragmentInputs;
  settings: SessionSettings | undefined;
}

function openSession(start: KernelStart): Session {
  const connection = Database.open().connect();
  const inputs = new FragmentInputs(connection);
  lockDown(connection, start);
  return { connection, inputs, settings: undefined };
}

function* startRun(session: Session, request: RunRequest, checkStop: () => void): Generator<Uint8Array, KernelEnd> {
  const { connection, inputs } = session;
  checkStop();
  try {
    for (const input of request.inputs) inputs.register(input.number, decodeInput(input));
    // DuckDB must call an input's callbacks on this thread.
    const threads = request.inputs.length > 0 ? 1 : request.threads;
    const { memoryLimitMiB, timeZone, lateMaterialization } = request;
    const settings = { memoryLimitMiB, threads, timeZone, lateMaterialization };
    session.settings = configure(connection, settings, session.settings);
    const run = { connection, sql: request.sql, checkStop, inputsRead: () => inputs.clear() };
    return yield* runFragment(run, request.output);
  } finally {
    inputs.clear();
  }
}

function decodeInput(input: KernelInput) {
  const batches = input.streams.flatMap(({ key, bytes }) => {
    const stream = decodeStream(bytes, `The shuffle object ${key}`);
    const fits =
      stream.fields.length === input.fields.length &&
      input.fields.every((field, index) => {
        const found = stream.fields[index];
        return found !== undefined && samePhysicalType(found, field);
      });
    if (!fits)
      throw new FabricError(
        'SHUFFLE_LOST',
        `The shuffle object ${key} does not have the columns that its reader expects.`,
      );
    return stream.batches;
  });
  return { fields: input.fields, batches };
}

/** Collects the bytes of one answer in new memory, since the generator reuses its own. */
function takeBytes(output: Generator<Uint8Array, KernelEnd>): {
  bytes: Uint8Array<ArrayBuffer>;
  end: KernelEnd | undefined;
} {
  let block = new Uint8Array(64 << 10);
  let filled = 0;
  while (filled < ANSWER_BYTES) {
    const next = output.next();
    if (next.done === true) return { bytes: block.slice(0, filled), end: next.value };
    const needed = filled + next.value.length;
    if (needed > block.length) {
      const larger = new Uint8Array(Math.max(needed, Math.min(block.length * 4, ANSWER_BYTES)));
      larger.set(block.subarray(0, filled));
      block = larger;
    }
    block.set(next.value, filled);
    filled = needed;
  }
  return { bytes: filled === block.length ? block : block.slice(0, filled), end: undefined };
}

function failureOf(error: unknown): KernelFailure {
  if (error instanceof DuckdbError) return { kind: 'duckdb', message: error.message };
  const { code, message, retryable, details } = asFabricError(error);
  return { kind: 'fabric', code, message, retryable, details };
}
