import { type ExecutorReply, parseRequest } from '../../coordinator/invoke/executor-protocol.ts';
import type { TaskHandler } from './handle-task.ts';

/**
 * Serves the process that forked this one, over its channel, until that process closes it or is gone; then calls `ended`. Throws
 * where there is no such channel.
 */
export function serveParent(handle: TaskHandler, ended: () => void): void {
  if (process.send === undefined) throw new Error('This process was not forked: there is nobody to serve.');
  const running = new Map<number, AbortController>();
  const reply = (message: ExecutorReply) => {
    // A reply that cannot be sent has nobody to read it; the channel's end follows.
    process.send?.(message, undefined, undefined, () => undefined);
  };
  process.on('disconnect', ended);
  // The channel may have closed before anybody listened.
  if (!process.connected) ended();
  process.on('message', async (message) => {
    const request = parseRequest(message);
    switch (request?.kind) {
      case 'ping':
        return reply({ kind: 'pong', id: request.id });
      case 'abort':
        return running.get(request.id)?.abort();
      case 'run': {
        const controller = new AbortController();
        running.set(request.id, controller);
        const outcome = await handle(request.task, controller.signal);
        running.delete(request.id);
        return reply({ kind: 'outcome', id: request.id, outcome });
      }
      case undefined:
        return;
      default:
        return request satisfies never;
    }
  });
}
