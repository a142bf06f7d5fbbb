import { parentPort, workerData } from 'node:worker_threads';
import type { BinderAnswer, BinderRequest, BinderStart, Numbered, ReadingNotice } from '../binder-protocol.ts';
import { ScriptBinder } from './script-binder.ts';

/** Serves requests on the thread that owns DuckDB, one at a time. */
export function serveBinder(): void {
  const port = parentPort;
  if (port === null) throw new Error('The binder thread is started by a binder, not by hand.');
  // A checked border: messages come from `guardBinder` only.
  const binder = new ScriptBinder(workerData as BinderStart, (location) => {
    const notice: ReadingNotice = { kind: 'reading', ...(location === undefined ? {} : { location }) };
    port.postMessage(notice);
  });
  port.on('message', (request: Numbered<BinderRequest>) => {
    const answer: Numbered<BinderAnswer> = { kind: 'numbered', id: request.id, body: binder.answer(request.body) };
    port.postMessage(answer);
  });
}
