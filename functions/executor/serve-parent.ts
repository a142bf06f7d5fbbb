import { type ExecutorReply, parseRequest } from '../../coordinator/invoke/executor-protocol.ts';
import type { TaskHandler } from './handle-task.ts';

/**
 * Serves the parent process over the channel between them until the parent closes it or ends. Then calls `ended`.
 * Throws if this process was not forked.
 */
export function serveParent(handle: TaskHandler, ended: () => void): void {
  if (process.send === undefined) throw new Error('This process was not forked, so it has no parent to serve.');
  const running = new Map<number, AbortController>();
  const reply = (message: ExecutorReply) => {
    // Sending fails only if the parent has ended. The channel then closes.
    process.send?.(message, undefined, undefined, () => undefined);
  };
  process.on('disconnect', ended);
  // The channel may have closed before the listener was added.
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
