import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jobDocument } from '../../../../coordinator/front/http/job-document.ts';
import { historyOf } from '../../../../coordinator/scheduler/history.ts';
import type { JobRecord } from '../../../../coordinator/scheduler/records.ts';
import { summarize } from '../../../../coordinator/scheduler/summary.ts';
import type { JobId } from '../../../../engine/task/task.ts';
import { request } from '../../jobs/coordinator-fixture.ts';
import { oneTask, settings } from '../../scheduler/graph.ts';

const job = 'job' as JobId;
const requested: JobRecord = { kind: 'job-requested', at: 0, job, request: request('select 1') };
const submitted: JobRecord = { kind: 'job-submitted', at: 1, job, graph: oneTask, settings };
const ended: JobRecord = { kind: 'job-ended', at: 2, end: { kind: 'cancelled', by: 'x' } };

/** Returns the state of a job and the reason that it waits, as clients see them. */
function shown(records: readonly JobRecord[], owner: { readonly owner?: string }) {
  const history = historyOf(records);
  assert.ok(history !== undefined);
  const { state, waiting } = jobDocument({ summary: summarize(job, history), history, ...owner }, undefined);
  return [state, JSON.stringify(waiting)?.match(/"for":"(\w+)"/)?.[1]];
}

const cases: readonly (readonly [
  name: string,
  records: readonly JobRecord[],
  owner: { readonly owner?: string },
  shown: readonly [state: string, waitsFor: string | undefined],
])[] = [
  ['that no coordinator owns yet', [requested], {}, ['queued', 'coordinator']],
  ['that is being planned', [requested], { owner: 'a' }, ['planning', undefined]],
  ['that executes tasks', [requested, submitted], { owner: 'a' }, ['running', undefined]],
  ['whose coordinator died', [requested, submitted], {}, ['queued', 'coordinator']],
  ['that has ended', [requested, submitted, ended], {}, ['cancelled', undefined]],
];
for (const [name, records, owner, expected] of cases) {
  test(`shows a job ${name} as ${expected[0]}`, () => {
    assert.deepEqual(shown(records, owner), expected);
  });
}
