/** The client for the benchmark's peer (`peer.ts`). */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { PeerAnswer, PeerMessage, PeerRequest } from './peer.ts';

export interface Peer {
  readonly pid: number;
  /**
   * Runs a query to its last row. Rejects with DuckDB's message if the query fails. Also rejects if the process ends or
   * the signal is aborted.
   */
  run(sql: string, signal?: AbortSignal): Promise<PeerAnswer>;
  /** Kills the process. */
  close(): Promise<void>;
}

/** Starts the peer on the tables in a folder. If they cannot be found or opened, ends the process and rejects. */
export async function startPeer(data: string, threads: number, signal?: AbortSignal): Promise<Peer> {
  const child = fork(new URL('./peer.ts', import.meta.url), [data, String(threads)]);
  const exited = once(child, 'exit');
  const close = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exited;
  };

  const next = async (abort: AbortSignal | undefined): Promise<Exclude<PeerMessage, { kind: 'failed' }>> => {
    const done = new AbortController();
    const whileOpen = AbortSignal.any(abort === undefined ? [done.signal] : [done.signal, abort]);
    const ended = exited.then(([status, killedBy]) => {
      throw new Error(`The DuckDB process ended (${killedBy ?? `status ${status}`}).`);
    });
    try {
      const [message]: PeerMessage[] = await Promise.race([once(child, 'message', { signal: whileOpen }), ended]);
      if (message === undefined) throw new Error('The DuckDB process sent an empty message.');
      if (message.kind === 'failed') throw new Error(message.message);
      return message;
    } finally {
      done.abort();
    }
  };

  try {
    await next(signal);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    pid: child.pid ?? 0,
    run: async (sql, abort) => {
      const request: PeerRequest = { sql };
      const answer = next(abort);
      child.send(request, () => undefined);
      const message = await answer;
      if (message.kind !== 'answer') throw new Error(`The DuckDB process sent ${message.kind} instead of a result.`);
      return message;
    },
    close,
  };
}
