import { parentPort, workerData } from 'node:worker_threads';
import type {
  Numbered,
  PlannerAnswer,
  PlannerRequest,
  PlannerStart,
} from '../../coordinator/catalog/planner-protocol.ts';
import { ScriptPlanner } from './script-planner.ts';

/** Serves requests on the thread that owns DuckDB. While one is planned, the thread does nothing else. */
export function servePlanner(): void {
  const port = parentPort;
  if (port === null) throw new Error('the planner thread is started by a planner process, not by hand');
  // The border between two threads of one program: what comes in is what `guardPlanner` sends.
  const planner = new ScriptPlanner(workerData as PlannerStart);
  port.on('message', (request: Numbered<PlannerRequest>) => {
    const answer: Numbered<PlannerAnswer> = { kind: 'numbered', id: request.id, body: planner.answer(request.body) };
    port.postMessage(answer);
  });
}
