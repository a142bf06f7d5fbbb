import { once } from 'node:events';
import { Socket } from 'node:net';
import { asFabricError } from '../../../engine/errors.ts';
import type { ObjectStore } from '../../../engine/store/object-store.ts';
import { writeStored } from '../result/write-stored.ts';
import {
  ANSWER_FD,
  FRAME_HEAD_BYTES,
  FRAME_KINDS,
  MAX_FRAME_BYTES,
  type WriteFailure,
  type WriteRequest,
} from './writer-protocol.ts';

/**
 * Runs a writer process. It formats results from `store` for its parent, one at a time, and pauses while the parent does not read. It exits
 * when the parent exits.
 */
export function serveWriter(store: ObjectStore): void {
  const pipe = new Socket({ fd: ANSWER_FD, readable: false, writable: true });
  const end = () => process.exit();
  pipe.on('error', end);
  process.on('disconnect', end);
  if (!process.connected) end();
  // Ignore Ctrl-C, which a terminal sends to the whole process group. The parent decides when its children end.
  process.on('SIGINT', () => undefined);
  process.on('message', (message) => {
    // An unchecked cast is safe here, because the parent runs the code of this program.
    void answer(message as WriteRequest, store, pipe);
  });
}

async function answer({ result, format }: WriteRequest, store: ObjectStore, pipe: Socket): Promise<void> {
  try {
    for await (const chunk of writeStored(result, format, store)) await sendBytes(pipe, chunk);
    await sendFrame(pipe, FRAME_KINDS.end, Buffer.alloc(0));
  } catch (error) {
    const { code, message, retryable, details } = asFabricError(error);
    const failure: WriteFailure = { code, message, retryable, details };
    await sendFrame(pipe, FRAME_KINDS.failed, Buffer.from(JSON.stringify(failure)));
  }
}

async function sendBytes(pipe: Socket, chunk: string | Uint8Array): Promise<void> {
  const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
  for (let at = 0; at < bytes.length; at += MAX_FRAME_BYTES) {
    await sendFrame(pipe, FRAME_KINDS.bytes, bytes.subarray(at, at + MAX_FRAME_BYTES));
  }
}

async function sendFrame(pipe: Socket, kind: number, content: Uint8Array): Promise<void> {
  const head = Buffer.alloc(FRAME_HEAD_BYTES);
  head.writeUInt8(kind);
  head.writeUInt32LE(content.length, 1);
  pipe.write(head);
  if (!pipe.write(content)) await once(pipe, 'drain');
}
