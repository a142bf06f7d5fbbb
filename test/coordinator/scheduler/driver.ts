import assert from 'node:assert/strict';
import { apply, fold } from '../../../coordinator/scheduler/apply.ts';
import { decide, type JobEvent } from '../../../coordinator/scheduler/decide.ts';
import type { FencingToken } from '../../../coordinator/scheduler/job.ts';
import { outputKey } from '../../../coordinator/scheduler/keys.ts';
import { type Effect, reconcile } from '../../../coordinator/scheduler/reconcile.ts';
import type { JobRecord } from '../../../coordinator/scheduler/records.ts';
import { type JobState, runningAttempts, stageOf } from '../../../coordinator/scheduler/state.ts';
import type { StageId } from '../../../engine/plan/stage.ts';
import { NO_REQUESTS } from '../../../engine/store/request-counts.ts';
import type { AttemptId, TaskOutcome } from '../../../engine/task/task.ts';
import { submission, wrote } from './graph.ts';

/** A job under test. For each event, folds the records that `decide` returns into the state and stores them. */
export class Driver {
  state: JobState;
  readonly records: JobRecord[];
  now = 1000;
  token = 1 as FencingToken;
  concurrency = 8;

  constructor(first: JobRecord) {
    this.records = [first];
    this.state = fold(this.records);
  }

  on(event: JobEvent): readonly JobRecord[] {
    const { now, token, concurrency } = this;
    const decided = decide(this.state, event, { now, token, concurrency, random: () => 0 });
    this.records.push(...decided);
    this.state = decided.reduce(apply, this.state);
    return decided;
  }

  /** Ends the running attempt of a task. */
  end(stageId: number, task: number, outcome: TaskOutcome): readonly JobRecord[] {
    return this.on({
      kind: 'attempt-ended',
      stage: stageId as StageId,
      task,
      attempt: this.attempt(stageId, task),
      outcome,
    });
  }

  /** Ends the running attempt of a task with an object under its assigned key. */
  succeed(stageId: number, task: number): readonly JobRecord[] {
    return this.end(stageId, task, wrote(this.key(stageId, task)));
  }

  key(stageId: number, task: number): string {
    return outputKey(this.state, stageOf(this.state, stageId).stage, task, this.attempt(stageId, task));
  }

  attempt(stageId: number, task: number): AttemptId {
    const running = [...runningAttempts(this.state)].find((each) => each.stage === stageId && each.task === task);
    assert.ok(running !== undefined, `stage ${stageId}, task ${task} is running`);
    return running.state.attempt;
  }

  running(): string[] {
    return [...runningAttempts(this.state)].map(({ stage: id, task }) => `${id}/${task}`);
  }

  effects<Kind extends Effect['kind']>(kind: Kind): Extract<Effect, { kind: Kind }>[] {
    return reconcile(this.state).filter((effect): effect is Extract<Effect, { kind: Kind }> => effect.kind === kind);
  }

  index(stageId: number): void {
    const effect = this.effects('write-index').find((each) => each.stage === stageId);
    assert.ok(effect !== undefined, `stage ${stageId} has no pending index write`);
    const index = { key: effect.key, identity: { sizeBytes: 1, version: effect.key } };
    this.on({ kind: 'index-written', stage: effect.stage, index, requests: NO_REQUESTS });
  }
}

/** Returns the driver of a job that has started. */
export function start(...parameters: Parameters<typeof submission>): Driver {
  const driver = new Driver(submission(...parameters));
  driver.on({ kind: 'tick' });
  return driver;
}
