import type {
  FencingToken,
  JobEnd,
  JobRequest,
  JobSettings,
  JournaledOutcome,
} from '../../coordinator/scheduler/job.ts';
import type { JobRecord } from '../../coordinator/scheduler/records.ts';
import type { JobChanges, JobSnapshot } from '../../coordinator/scheduler/snapshot.ts';
import { TaskList } from '../../coordinator/scheduler/task-list.ts';
import type { TaskState } from '../../coordinator/scheduler/task-state.ts';
import { type ErrorDetails, errorCodes } from '../../engine/errors.ts';
import { inputsOf, type Relation } from '../../engine/plan/relation.ts';
import type { StageId } from '../../engine/plan/stage.ts';
import {
  NO_REQUESTS,
  REQUEST_KINDS,
  type RequestCounts,
  type StoreRequests,
} from '../../engine/store/request-counts.ts';
import type {
  AttemptId,
  JobId,
  SentTask,
  StageReference,
  Task,
  TaskInput,
  TaskOutcome,
  TaskOutput,
} from '../../engine/task/task.ts';
import {
  boolean,
  bytes,
  count,
  type Draw,
  double,
  length,
  maybe,
  one,
  position,
  small,
  text,
  times,
} from './arbitrary.ts';
import { drawIdentity, drawSplits, drawStage, drawTables } from './arbitrary-plan.ts';

const storedFormats = ['arrow', 'parquet'] as const;

function stagesRead(relation: Relation): number[] {
  return relation.kind === 'input' ? [relation.stage] : inputsOf(relation).flatMap(stagesRead);
}

/** A task of any stage, with an input for each stage it reads. */
export function drawTask(draw: Draw): SentTask {
  const task = drawWholeTask(draw);
  return boolean(draw) ? task : { ...task, stage: drawReference(draw) };
}

function drawReference(draw: Draw): StageReference {
  const sha256 = Uint8Array.from(times(32, () => draw.below(256)));
  return { key: text(draw), sizeBytes: count(draw), sha256: Buffer.from(sha256).toString('hex') };
}

/** A task with its fragment. */
export function drawWholeTask(draw: Draw): Task {
  const tables = drawTables(draw);
  const before = times(length(draw, 2), () => drawStage(draw, tables, []));
  const stage = drawStage(
    draw,
    tables,
    before.map((other, index) => ({ ...other, id: index as StageId })),
  );
  return {
    job: text(draw) as JobId,
    stage,
    index: position(draw, stage.taskCount),
    attempt: text(draw) as AttemptId,
    tables,
    splits: tables.map((table, index) => ({ table: index, splits: drawSplits(draw, table) })),
    inputs: [...new Set(stagesRead(stage.root))].map((read) => drawInput(draw, read)),
    outputKey: text(draw),
    columns: times(length(draw, 3), () => text(draw)),
    timeZone: text(draw),
    threads: small(draw),
    memoryMiB: small(draw),
    deadlineMs: count(draw),
    inlineLimitBytes: count(draw),
    resultFormat: one(draw, storedFormats),
  };
}

function drawInput(draw: Draw, stage: number): TaskInput {
  const producers = times(length(draw, 3), () => ({
    key: text(draw),
    identity: drawIdentity(draw),
    rows: count(draw),
  }));
  const drawSlice = () => {
    const firstProducer = length(draw, 3);
    const rowProducers = firstProducer + producers.length + length(draw, 3);
    return { firstProducer, rowProducers, firstPartition: length(draw, 3) };
  };
  return {
    stage,
    producers,
    ...maybe(draw, 'index', () => ({ key: text(draw), identity: drawIdentity(draw) })),
    ...maybe(draw, 'slice', drawSlice),
  };
}

/** An outcome of any kind. */
export function drawOutcome(draw: Draw): TaskOutcome {
  const kind = one(draw, ['succeeded', 'failed', 'throttled', 'timed-out', 'lost'] as const);
  switch (kind) {
    case 'succeeded':
      return { kind, output: drawTaskOutput(draw), statistics: drawStatistics(draw) };
    case 'failed':
      return { kind, ...drawError(draw), retryable: boolean(draw), ...drawRequests(draw) };
    case 'timed-out':
      return { kind, ...maybe(draw, 'limit', () => text(draw)), ...drawRequests(draw) };
    case 'lost':
      return { kind, message: text(draw) };
    default:
      return { kind, ...maybe(draw, 'unavailableReason', () => text(draw)) };
  }
}

const drawRequests = (draw: Draw) => maybe(draw, 'requests', () => drawStoreRequests(draw));

function drawTaskOutput(draw: Draw): TaskOutput {
  const rows = count(draw);
  if (boolean(draw)) return { kind: 'inline', bytes: bytes(draw), rows };
  const footer = maybe(draw, 'footer', () => bytes(draw));
  return { kind: 'object', key: text(draw), identity: drawIdentity(draw), rows, ...footer };
}

function drawStatistics(draw: Draw) {
  const duration = () => count(draw) / 1000;
  return {
    rowsRead: count(draw),
    rowsWritten: count(draw),
    inputBytes: count(draw),
    shuffleBytesRead: count(draw),
    shuffleRowsRead: count(draw),
    bytesWritten: count(draw),
    cpuMs: duration(),
    wallMs: duration(),
    requests: drawStoreRequests(draw),
  };
}

function drawRequestCounts(draw: Draw): RequestCounts {
  const requests = { ...NO_REQUESTS.requests };
  for (const kind of REQUEST_KINDS) requests[kind] = count(draw);
  const bytes = { readBytes: count(draw), writtenBytes: count(draw) };
  return { requests, ...bytes, retries: count(draw), hedges: count(draw), hedgesWon: count(draw) };
}

function drawStoreRequests(draw: Draw): StoreRequests {
  return { inputs: drawRequestCounts(draw), job: drawRequestCounts(draw) };
}

function drawError(draw: Draw) {
  const detail = () => one(draw, [text(draw), double(draw), boolean(draw), times(length(draw, 3), () => text(draw))]);
  const names = ['', '__proto__', 'stage', ...times(length(draw, 3), () => text(draw))];
  const details: ErrorDetails = Object.fromEntries(names.map((name) => [name, detail()]));
  return { code: one(draw, errorCodes), message: text(draw), details };
}

/** A record of any kind. If the record contains a plan, the plan is `graph`. */
export function drawRecord(draw: Draw, graph: Extract<JobRecord, { kind: 'job-submitted' }>['graph']): JobRecord {
  const at = count(draw);
  const attempt = () => ({ stage: small(draw) as StageId, task: small(draw), attempt: text(draw) as AttemptId });
  const kind = one(draw, [
    ...(['job-submitted', 'job-resumed', 'attempt-started', 'task-ended', 'attempt-abandoned'] as const),
    ...(['retry-scheduled', 'stage-indexed', 'job-restarted', 'cancel-requested', 'job-ended'] as const),
    ...(['job-snapshot', 'job-changes', 'job-requested'] as const),
  ]);
  switch (kind) {
    case 'job-requested':
      return { kind, at, job: text(draw) as JobId, request: drawRequest(draw) };
    case 'job-submitted': {
      const statement = maybe(draw, 'statement', () => text(draw));
      return { kind, at, job: text(draw) as JobId, graph, settings: drawSettings(draw), ...statement };
    }
    case 'job-resumed':
      return { kind, at, token: count(draw) as FencingToken, ...maybe(draw, 'deadline', () => count(draw)) };
    case 'attempt-started':
      return { kind, at, ...attempt(), deadline: count(draw) };
    case 'task-ended':
      return { kind, at, ...attempt(), outcome: drawJournaledOutcome(draw) };
    case 'attempt-abandoned':
      return { kind, at, ...attempt(), reason: text(draw) };
    case 'retry-scheduled':
      return { kind, at, stage: small(draw) as StageId, task: small(draw), notBefore: count(draw) };
    case 'stage-indexed':
      return {
        kind,
        at,
        stage: small(draw) as StageId,
        key: text(draw),
        identity: drawIdentity(draw),
        requests: drawRequestCounts(draw),
      };
    case 'job-restarted':
      return { kind, at, reason: text(draw) };
    case 'cancel-requested':
      return { kind, at, by: text(draw) };
    case 'job-ended':
      return { kind, at, end: drawEnd(draw) };
    case 'job-snapshot':
      return { kind, at, snapshot: drawSnapshot(draw) };
    case 'job-changes':
      return { kind, at, changes: drawChanges(draw) };
    default:
      return kind satisfies never;
  }
}

function drawRequest(draw: Draw): JobRequest {
  const named = () => times(length(draw, 3), () => [text(draw), text(draw)] as const);
  const table = () => ({
    name: text(draw),
    locations: times(length(draw, 3), () => text(draw)),
    ...maybe(draw, 'format', () => text(draw)),
  });
  return {
    sql: text(draw),
    settings: named(),
    labels: named(),
    tables: times(length(draw, 2), table),
    subject: text(draw),
  };
}

function drawSnapshot(draw: Draw): JobSnapshot {
  const stage = () => ({
    tasks: TaskList.of(times(length(draw, 4), () => drawTaskState(draw))),
    ...maybe(draw, 'index', () => ({ key: text(draw), identity: drawIdentity(draw) })),
  });
  return {
    ...maybe(draw, 'deadline', () => count(draw)),
    stages: times(length(draw, 3), stage),
    ...maybe(draw, 'resumedBy', () => count(draw) as FencingToken),
    attempts: small(draw),
    retriesUsed: small(draw),
    restarts: small(draw),
    ...maybe(draw, 'cancelRequestedBy', () => text(draw)),
    ...maybe(draw, 'end', () => drawEnd(draw)),
    ...maybe(draw, 'endedAt', () => count(draw)),
    ...maybe(draw, 'lateUntil', () => count(draw)),
    requests: drawStoreRequests(draw),
    ...maybe(draw, 'throttledSince', () => count(draw)),
  };
}

function drawChanges(draw: Draw): JobChanges {
  const stages = times(length(draw, 3), () => ({
    changed: times(length(draw, 4), () => [small(draw), drawTaskState(draw)] as const),
    ...maybe(draw, 'index', () => ({ key: text(draw), identity: drawIdentity(draw) })),
  }));
  return { ...drawSnapshot(draw), stages };
}

function drawTaskState(draw: Draw): TaskState {
  const failures = small(draw);
  const attempt = text(draw) as AttemptId;
  const outcome = drawJournaledOutcome(draw);
  const kind = one(draw, ['pending', 'running', 'failed', 'waiting'] as const);
  if (outcome.kind === 'succeeded') {
    const { requests: _requests, ...statistics } = outcome.statistics;
    return { ...outcome, statistics, failures, attempt };
  }
  switch (kind) {
    case 'pending':
      return { kind, failures };
    case 'running':
      return { kind, failures, attempt, startedAt: count(draw), deadline: count(draw) };
    case 'failed':
      return { kind, failures, outcome };
    case 'waiting':
      return { kind, failures, notBefore: count(draw) };
    default:
      return kind satisfies never;
  }
}

function drawSettings(draw: Draw): JobSettings {
  return {
    retries: small(draw),
    retryBudget: small(draw),
    ...maybe(draw, 'timeoutMs', () => count(draw)),
    attemptTimeoutMs: count(draw),
    taskMemoryMiB: small(draw),
    inlineLimitBytes: count(draw),
    resultFormat: one(draw, storedFormats),
    ...maybe(draw, 'resultTtlMs', () => count(draw)),
    ...maybe(draw, 'lateWriteMs', () => count(draw)),
    ...maybe(draw, 'functionVersion', () => text(draw)),
  };
}

function drawJournaledOutcome(draw: Draw): JournaledOutcome {
  const outcome = drawOutcome(draw);
  if (outcome.kind !== 'succeeded' || outcome.output.kind !== 'object') return outcome;
  const { footer: _, ...output } = outcome.output;
  return { ...outcome, output };
}

function drawEnd(draw: Draw): JobEnd {
  const kind = one(draw, ['succeeded', 'failed', 'cancelled'] as const);
  switch (kind) {
    case 'succeeded':
      return { kind };
    case 'failed':
      return { kind, error: drawError(draw) };
    case 'cancelled':
      return { kind, by: text(draw) };
    default:
      return kind satisfies never;
  }
}
