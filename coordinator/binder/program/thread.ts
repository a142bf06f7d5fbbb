import { parentPort, workerData } from 'node:worker_threads';
import type { BinderAnswer, BinderRequest, BinderStart, Numbered } from '../binder-protocol.ts';
import { ScriptBinder } from './script-binder.ts';

/** Serves requests on the thread that owns DuckDB. While one is planned, the thread does nothing else. */
export function serveBinder(): void {
  const port = parentPort;
  if (port === null) throw new Error('the binder thread is started by a binder, not by hand');
  // The border between two threads of one program: what comes in is what `guardBinder` sends.
  const binder = new ScriptBinder(workerData as BinderStart);
  port.on('message', (request: Numbered<BinderRequest>) => {
    const answer: Numbered<BinderAnswer> = { kind: 'numbered', id: request.id, body: binder.answer(request.body) };
    port.postMessage(answer);
  });
}
