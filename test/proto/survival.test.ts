import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { decodeRecord } from '../../coordinator/journal/decode-record.ts';
import { encodeRecord } from '../../coordinator/journal/encode-record.ts';
import type { Expression } from '../../engine/plan/expression.ts';
import type { LogicalPlan } from '../../engine/plan/logical-plan.ts';
import type { Relation } from '../../engine/plan/relation.ts';
import type { StageId } from '../../engine/plan/stage.ts';
import { decodeFragment, decodeLogicalPlan, decodeStageGraph } from '../../engine/plan/wire/decode-stages.ts';
import { decodeType } from '../../engine/plan/wire/decode-types.ts';
import { encodeFragment, encodeLogicalPlan, encodeStageGraph } from '../../engine/plan/wire/encode-stages.ts';
import { encodeType } from '../../engine/plan/wire/encode-types.ts';
import { fromBytes, toBytes } from '../../engine/plan/wire/message.ts';
import { NO_STORE_REQUESTS } from '../../engine/store/request-counts.ts';
import { decodeOutcome } from '../../engine/task/decode-outcome.ts';
import { decodeTask, readTaskHead } from '../../engine/task/decode-task.ts';
import { encodeOutcome } from '../../engine/task/encode-outcome.ts';
import { encodeTask } from '../../engine/task/encode-task.ts';
import {
  decodeOutcomeEnvelope,
  decodeTaskEnvelope,
  encodeOutcomeEnvelope,
  encodeTaskEnvelope,
} from '../../engine/task/envelope.ts';
import type { AttemptId, Task } from '../../engine/task/task.ts';
import { volley } from '../../proto/generated/volley.js';
import { type Draw, drawConstant, drawExpression, drawn, drawType, integerRanges, scalarNames } from './arbitrary.ts';
import { drawOutcome, drawRecord, drawTask, drawWholeTask } from './arbitrary-job.ts';
import { drawLogicalPlan, drawStageGraph } from './arbitrary-plan.ts';

const seed = Number(process.env['TEST_SEED'] ?? Date.now() % 2 ** 31);

/** Checks that every generated value round-trips exactly, including absent fields. */
function survives<Value>(name: string, draw: (draw: Draw) => Value, there: (value: Value) => Value, runs = 200): void {
  test(`${name} survive encoding and decoding unchanged`, (context) => {
    context.diagnostic(`TEST_SEED=${seed}`);
    fc.assert(
      fc.property(drawn(draw), (value) => assert.deepStrictEqual(there(value), value)),
      { seed, numRuns: runs },
    );
  });
}

/** Returns a plan whose result is one row of the given expressions. */
function planOf(expressions: Extract<LogicalPlan['root'], { kind: 'values' }>['rows'][number]): LogicalPlan {
  const types = expressions.map(({ type }) => type);
  return { root: { kind: 'values', types, rows: [expressions] }, tables: [], columns: [], timeZone: 'UTC' };
}

const throughPlan = (plan: LogicalPlan) => decodeLogicalPlan(encodeLogicalPlan(plan));

survives(
  'types',
  (draw) => drawType(draw, 4),
  (type) => fromBytes(volley.DataType, decodeType, toBytes(volley.DataType, encodeType, type, 'type'), 'type'),
);
survives(
  'constants of every type',
  (draw) => {
    const types = [...scalarNames.map((name) => ({ kind: 'scalar', name }) as const), drawType(draw, 3)];
    return planOf(types.map((type) => ({ kind: 'constant', value: drawConstant(draw, type), type })));
  },
  throughPlan,
);
survives('expressions', (draw) => planOf([drawExpression(draw, 0, 4)]), throughPlan);
survives('logical plans', drawLogicalPlan, throughPlan);
survives('stage graphs', drawStageGraph, (graph) => decodeStageGraph(encodeStageGraph(graph)), 100);
survives('tasks', drawTask, (task) => decodeTask(encodeTask(task)), 100);
survives(
  'the heads of tasks',
  (draw) => {
    const task = drawTask(draw);
    return { bytes: encodeTask(task), memoryMiB: task.memoryMiB, deadlineMs: task.deadlineMs };
  },
  ({ bytes }) => readTaskHead(bytes),
  100,
);
survives(
  'fragments',
  (draw): Pick<Task, 'stage' | 'tables'> => {
    const { stage, tables } = drawWholeTask(draw);
    return { stage: { ...stage, scans: [] }, tables };
  },
  ({ stage, tables }) => ({ stage: decodeFragment(encodeFragment(stage), tables), tables }),
  100,
);
survives('tasks in JSON envelopes', drawTask, (task) => decodeTaskEnvelope(encodeTaskEnvelope(task)), 20);
survives('outcomes', drawOutcome, (outcome) => decodeOutcome(encodeOutcome(outcome)));
survives('outcomes in JSON envelopes', drawOutcome, (outcome) =>
  decodeOutcomeEnvelope(JSON.parse(encodeOutcomeEnvelope(outcome))),
);
survives(
  'journal records',
  (draw) => drawRecord(draw, drawStageGraph(draw)),
  (record) => decodeRecord(encodeRecord(record)),
);

test('integers at and next to the limits of their type survive encoding and decoding', () => {
  for (const name of scalarNames)
    for (const end of integerRanges[name] ?? [])
      for (const value of [end, end > 0n ? end - 1n : end + 1n, 0n]) {
        const plan = planOf([{ kind: 'constant', value, type: { kind: 'scalar', name } }]);
        assert.deepStrictEqual(throughPlan(plan), plan, `${name} ${value}`);
      }
});

test('special floating-point values survive encoding and decoding', () => {
  const type = { kind: 'scalar', name: 'DOUBLE' } as const;
  for (const value of [
    Number.NaN,
    -0,
    0,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    5e-324,
    1.7976931348623157e308,
  ]) {
    const plan = planOf([{ kind: 'constant', value, type }]);
    assert.deepStrictEqual(throughPlan(plan), plan);
  }
});

test('journals an object output without its footer', () => {
  const statistics = { rowsRead: 1, rowsWritten: 1, inputBytes: 1, shuffleBytesRead: 0, shuffleRowsRead: 0 };
  const more = { bytesWritten: 1, cpuMs: 0.5, wallMs: 1.5, requests: NO_STORE_REQUESTS };
  const output = { kind: 'object', key: 'k', identity: { sizeBytes: 1, version: 'v' }, rows: 1 } as const;
  const withFooter = { ...output, footer: new Uint8Array([1, 2, 3]) };
  const outcome = { kind: 'succeeded', output: withFooter, statistics: { ...statistics, ...more } } as const;
  const attempt = { stage: 1 as StageId, task: 0, attempt: '1-1' as AttemptId };
  const ended = decodeRecord(encodeRecord({ kind: 'task-ended', at: 1, ...attempt, outcome }));
  assert.deepStrictEqual(ended.kind === 'task-ended' && ended.outcome, { ...outcome, output });
});

/** All kinds of relations and expressions. The compiler checks that none is missing. */
const relationKinds: Readonly<Record<Relation['kind'], true>> = {
  scan: true,
  'table-function': true,
  values: true,
  project: true,
  filter: true,
  aggregate: true,
  join: true,
  'asof-join': true,
  'positional-join': true,
  sample: true,
  sort: true,
  distinct: true,
  window: true,
  unnest: true,
  'lateral-function': true,
  'set-operation': true,
  with: true,
  recursive: true,
  shared: true,
  input: true,
};
const expressionKinds: Readonly<Record<Expression['kind'], true>> = {
  column: true,
  constant: true,
  cast: true,
  comparison: true,
  conjunction: true,
  between: true,
  case: true,
  operator: true,
  function: true,
  lambda: true,
  parameter: true,
};

test('the generated plans cover every kind of relation and expression', (context) => {
  context.diagnostic(`TEST_SEED=${seed}`);
  const missing = new Set([...Object.keys(relationKinds), ...Object.keys(expressionKinds)]);
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return;
    if ('kind' in value && typeof value.kind === 'string') missing.delete(value.kind);
    for (const child of Object.values(value)) visit(child);
  };
  for (const graph of fc.sample(drawn(drawStageGraph), { seed, numRuns: 300 })) visit(graph);
  assert.deepEqual([...missing], []);
});
