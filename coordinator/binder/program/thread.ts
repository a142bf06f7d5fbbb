import { parentPort, workerData } from 'node:worker_threads';
import type { BinderAnswer, BinderRequest, BinderStart, Numbered, ReadingNotice } from '../binder-protocol.ts';
import { ScriptBinder } from './script-binder.ts';

/** Serves requests sequentially on the thread that owns DuckDB. */
export function serveBinder(): void {
  const port = parentPort;
  if (port === null) throw new Error('The binder thread must be started by the binder process.');
  // Unchecked casts are safe here, because only `guardBinder` sends messages.
  const binder = new ScriptBinder(workerData as BinderStart, (location) => {
    const notice: ReadingNotice = { kind: 'reading', ...(location === undefined ? {} : { location }) };
    port.postMessage(notice);
  });
  port.on('message', (request: Numbered<BinderRequest>) => {
    const answer: Numbered<BinderAnswer> = { kind: 'numbered', id: request.id, body: binder.answer(request.body) };
    port.postMessage(answer);
  });
}
