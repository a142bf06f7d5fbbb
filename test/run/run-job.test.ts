import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import type { Invoker } from '../../coordinator/invoke/invoker.ts';
import type { JobRecord } from '../../coordinator/scheduler/records.ts';
import { FabricError } from '../../engine/errors.ts';
import type { AttemptId } from '../../engine/execute/task.ts';
import type { StageGraph, StageId } from '../../engine/plan/stage.ts';
import { readIndexRow } from '../../engine/shuffle/index.ts';
import { NO_STORE_REQUESTS } from '../../engine/store/request-counts.ts';
import {
  failedWith,
  graphOf,
  hashed,
  jobId,
  joinGraph,
  oneTask,
  seeded,
  settings,
  stage,
  statistics,
  submission,
} from '../scheduler/graph.ts';
import { FakeInvoker, Harness } from './fixture.ts';

const inlineTask: StageGraph = {
  ...oneTask,
  columns: [{ name: 'inline', type: { kind: 'scalar', name: 'BOOLEAN' } }],
};

describe('a job of one small task', () => {
  test('takes two appends to the journal and nothing of the store', async () => {
    const harness = new Harness();
    const ended = await harness.run(inlineTask, { statement: 'select 1' });
    assert.deepEqual(ended.state.end, { kind: 'succeeded' });
    assert.deepEqual(
      ended.result.map((part) => part.kind),
      ['inline'],
    );
    const batches = harness.journal.batches.get(jobId)?.map((batch) => batch.length);
    assert.deepEqual(batches, [2, 2], 'submitted and started; ended and ended');
    await ended.release();
    assert.deepEqual(harness.store.requests, []);
    assert.deepEqual(await harness.journal.list(), []);
  });

  test('journals the attempt before it is invoked and the end before the result is given', async () => {
    const harness = new Harness();
    const log: string[] = [];
    harness.journal.beforeAppend = (records) => {
      log.push(...records.map((record) => record.kind));
    };
    harness.invoker.behave = (_, otherwise) => {
      log.push('invoked');
      return otherwise();
    };
    await harness.run(inlineTask);
    log.push('given');
    assert.deepEqual(log, ['job-submitted', 'attempt-started', 'invoked', 'task-ended', 'job-ended', 'given']);
  });
});

describe('a job of several stages', () => {
  test('runs every task once, inputs first, and gives the result in order', async () => {
    const harness = new Harness();
    const ended = await harness.run(joinGraph);
    assert.deepEqual(ended.state.end, { kind: 'succeeded' });
    const names = harness.invoker.names();
    assert.deepEqual(names.toSorted(), ['0/0', '0/1', '0/2', '1/0', '1/1', '2/0', '2/1', '2/2', '2/3', '3/0']);
    assert.equal(names.at(-1), '3/0');
    assert.ok(ended.result.every((part) => part.kind === 'object' && part.key.startsWith('jobs/job/result/0-1-')));
  });

  test('tells tasks where their inputs are: objects in task order, and an index that points into them', async () => {
    const harness = new Harness();
    const indexes = new Map<string, Uint8Array>();
    harness.invoker.behave = async (task, otherwise) => {
      for (const { index } of task.inputs) {
        const object = index === undefined ? undefined : harness.store.objects.get(index.key);
        if (index !== undefined && object !== undefined) indexes.set(index.key, object.bytes);
      }
      return otherwise();
    };
    await harness.run(joinGraph);
    const join = harness.invoker.tasks.find((task) => task.stage.id === 2 && task.index === 1);
    assert.deepEqual(
      join?.inputs.map((input) => [input.stage, input.producers.length, input.index?.key]),
      [
        [0, 3, 'jobs/job/stages/0/index'],
        [1, 2, 'jobs/job/stages/1/index'],
      ],
    );
    const [first] = join.inputs;
    assert.ok(first?.index !== undefined);
    const bytes = indexes.get(first.index.key) ?? new Uint8Array();
    const row = await readIndexRow(async ({ start, end }) => bytes.slice(start, end), first.index, 3, 1);
    assert.equal(row.length, 3);
    const last = harness.invoker.tasks.find((task) => task.stage.id === 3);
    assert.deepEqual(
      last?.inputs.map((input) => [input.stage, input.producers.length, input.index]),
      [[2, 4, undefined]],
    );
  });

  test('deletes what it wrote when it ends, except the result, and the result when that is let go', async () => {
    const harness = new Harness();
    const ended = await harness.run(joinGraph);
    assert.deepEqual([...harness.store.objects.keys()], ['jobs/job/result/0-1-9.arrow']);
    assert.deepEqual(await harness.journal.list(), [jobId]);
    await ended.release();
    assert.deepEqual([...harness.store.objects.keys()], []);
    assert.deepEqual(await harness.journal.list(), []);
  });

  test('whose keys are spread writes under each prefix, and deletes from all of them', async () => {
    const harness = new Harness();
    const ended = await harness.run({ ...joinGraph, keyPrefixes: 4 });
    const written = harness.invoker.tasks.map((task) => task.outputKey.replace(/jobs.*/, ''));
    assert.equal(new Set(written).size, 4);
    assert.equal(harness.store.objects.size, 1);
    await ended.release();
    assert.deepEqual([...harness.store.objects.keys()], []);
  });

  test('whose keys are spread empties several prefixes at a time', { timeout: 10_000 }, async () => {
    const harness = new Harness();
    const { store } = harness;
    const remove = store.delete.bind(store);
    let arrived: () => void = () => undefined;
    const second = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    let deletions = 0;
    // The first waits for another that comes while it is under way.
    store.delete = async (keys) => {
      deletions += 1;
      if (deletions === 2) arrived();
      await second;
      return remove(keys);
    };
    await harness.run({ ...joinGraph, keyPrefixes: 4 });
    assert.equal(store.objects.size, 1);
  });

  test('never runs more at once than the invoker can', async () => {
    const harness = new Harness();
    harness.invoker.concurrency = 2;
    await harness.run(joinGraph);
    assert.equal(harness.invoker.mostRunning, 2);
  });

  test('tells of its progress up to the end', async () => {
    const harness = new Harness();
    await harness.run(joinGraph);
    assert.deepEqual(harness.progress[0], {
      stagesDone: 0,
      stagesTotal: 4,
      tasksRunning: 5,
      tasksDone: 0,
      tasksTotal: 10,
      retries: 0,
      inputRows: 0,
      inputBytes: 0,
      shuffleRows: 0,
      shuffleBytes: 0,
      cpuMs: 0,
      requests: NO_STORE_REQUESTS,
    });
    const last = harness.progress.at(-1);
    assert.deepEqual(
      [last?.stagesDone, last?.tasksDone, last?.tasksRunning, last?.inputRows, last?.inputBytes],
      [4, 10, 0, 100, 1000],
    );
  });
});

describe('a task that fails', () => {
  test('is tried again and the job goes on', async () => {
    const harness = new Harness();
    let failures = 0;
    harness.invoker.behave = async (task, otherwise) => {
      if (task.stage.id !== 2 || task.index !== 3 || failures === 2) return otherwise();
      failures += 1;
      return { kind: 'lost', message: 'killed' };
    };
    const ended = await harness.run(joinGraph);
    assert.deepEqual(ended.state.end, { kind: 'succeeded' });
    assert.equal(harness.invoker.names().filter((name) => name === '2/3').length, 3);
    assert.equal(new Set(harness.invoker.tasks.map((task) => task.outputKey)).size, 12, 'no attempt shares a key');
  });

  test('for good ends the job, stops what still runs first, and leaves nothing', async () => {
    const harness = new Harness();
    let stopped = 0;
    harness.invoker.behave = async (task, otherwise, signal) => {
      if (task.stage.id === 1 && task.index === 1) return failedWith('QUERY_FAILED', false, 'Could not cast.');
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      stopped += 1;
      return otherwise(); // a late writer
    };
    const ended = await harness.run(joinGraph);
    assert.ok(ended.state.end?.kind === 'failed');
    assert.equal(ended.state.end.error.code, 'QUERY_FAILED');
    assert.deepEqual(ended.result, []);
    assert.equal(stopped, 4);
    assert.equal(harness.invoker.running, 0);
    assert.deepEqual([...harness.store.objects.keys()], []);
    await ended.release();
    assert.deepEqual(await harness.journal.list(), []);
  });

  test('by a rejection, which no invoker may give, fails the job and does not hang it', async () => {
    const harness = new Harness();
    harness.invoker.behave = () => Promise.reject(new Error('a defect'));
    const ended = await harness.run(oneTask);
    assert.ok(ended.state.end?.kind === 'failed');
    assert.equal(ended.state.end.error.code, 'INTERNAL');
  });

  test('for a lost shuffle object makes the job start again, with new objects and a new index', async () => {
    const harness = new Harness();
    let lost = false;
    harness.invoker.behave = async (task, otherwise) => {
      if (task.stage.id !== 2 || lost) return otherwise();
      lost = true;
      return failedWith('SHUFFLE_LOST', false, 'gone');
    };
    const ended = await harness.run(joinGraph);
    assert.deepEqual(ended.state.end, { kind: 'succeeded' });
    assert.equal(ended.state.restarts, 1);
    const last = harness.invoker.tasks.findLast((task) => task.stage.id === 2);
    assert.equal(last?.inputs[0]?.index?.key, 'jobs/job/stages/0/index-1');
    assert.deepEqual(
      [...harness.store.objects.keys()].filter((key) => !key.includes('/result/')),
      [],
    );
  });
});

describe('time', () => {
  test("that passes a job's timeout stops its tasks and fails it", async () => {
    const harness = new Harness();
    harness.invoker.behave = async (_, otherwise, signal) => {
      setImmediate(() => harness.clock.fire());
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      return otherwise();
    };
    const ended = await harness.run(oneTask, { settings: { ...settings, timeoutMs: 50_000 } });
    assert.ok(ended.state.end?.kind === 'failed');
    assert.equal(ended.state.end.error.code, 'JOB_TIMEOUT');
    assert.deepEqual(harness.clock.alarms, [], 'no alarm is left');
  });
});

describe('cancelling', () => {
  test('stops what runs, starts nothing more and leaves nothing', async () => {
    const harness = new Harness();
    const controller = new AbortController();
    harness.invoker.concurrency = 2;
    harness.invoker.behave = async (_, _otherwise, signal) => {
      setImmediate(() => controller.abort('user'));
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      return { kind: 'lost', message: 'aborted' };
    };
    const ended = await harness.run(joinGraph, { signal: controller.signal });
    assert.deepEqual(ended.state.end, { kind: 'cancelled', by: 'user' });
    assert.equal(harness.invoker.tasks.length, 2);
    assert.deepEqual([...harness.store.objects.keys()], []);
    assert.deepEqual(harness.clock.alarms, []);
  });

  test('before the start invokes nothing', async () => {
    const harness = new Harness();
    const ended = await harness.run(joinGraph, { signal: AbortSignal.abort() });
    assert.deepEqual(ended.state.end, { kind: 'cancelled', by: 'caller' });
    assert.deepEqual(harness.invoker.tasks, []);
    assert.deepEqual(harness.store.requests, []);
  });
});

describe('an owner that cannot journal', () => {
  test('stops what it runs, deletes nothing, and says so', async () => {
    const harness = new Harness();
    harness.journal.beforeAppend = (records) => {
      if (records.some((record) => record.kind === 'task-ended')) throw new FabricError('STORE_FAILED', 'disk full');
    };
    harness.invoker.behave = async (task, otherwise, signal) => {
      if (task.index === 0) return otherwise();
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      return { kind: 'lost', message: 'aborted' };
    };
    await assert.rejects(harness.run(joinGraph), { code: 'STORE_FAILED', message: 'disk full' });
    assert.equal(harness.invoker.running, 0);
    assert.ok(harness.store.objects.size > 0);
    assert.ok(!harness.store.requests.some((request) => request.startsWith('delete')));
  });
});

describe('what could not be deleted', () => {
  test('does not undo the job, and is deleted by its release', async () => {
    const harness = new Harness();
    let failing = true;
    harness.store.beforeRequest = (request) => {
      if (failing && request === 'delete') throw new FabricError('STORE_FAILED', 'no');
    };
    const ended = await harness.run(joinGraph);
    assert.deepEqual(ended.state.end, { kind: 'succeeded' });
    await assert.rejects(ended.release(), { code: 'STORE_FAILED' });
    assert.deepEqual(await harness.journal.list(), [jobId], 'the journal still knows of the job');
    failing = false;
    await ended.release();
    assert.equal(harness.store.objects.size, 0);
    assert.deepEqual(await harness.journal.list(), []);
  });

  test('because the job became another’s is left to that one', async () => {
    const harness = new Harness();
    harness.store.beforeRequest = (request) => {
      if (request === 'list') void harness.journal.acquire(jobId);
    };
    await assert.rejects(harness.run({ ...joinGraph, keyPrefixes: 4 }), { code: 'OWNERSHIP_LOST' });
    assert.ok(!harness.store.requests.some((request) => request.startsWith('delete')));
  });
});

describe('an index that cannot be written', () => {
  test('fails the job where a journaled output is no object', async () => {
    const harness = new Harness();
    const graph = graphOf(stage(0, 2, [], hashed(2)), stage(1, 1, [0], { kind: 'result' }));
    const output = { kind: 'inline', bytes: new Uint8Array(1), rows: 1 } as const;
    const at = { at: 0, stage: 0 as StageId } as const;
    const token = await harness.journal.acquire(jobId);
    await harness.journal.append(jobId, token, [
      submission(graph),
      ...[0, 1].flatMap((task): JobRecord[] => {
        const attempt = `1-${task}` as AttemptId;
        return [
          { kind: 'attempt-started', ...at, task, attempt, deadline: 1000 },
          { kind: 'task-ended', ...at, task, attempt, outcome: { kind: 'succeeded', output, statistics } },
        ];
      }),
    ]);
    const { end } = (await harness.resume()).state;
    assert.ok(end?.kind === 'failed');
    assert.equal(end.error.code, 'INTERNAL');
    assert.match(end.error.message, /Task 0 of stage 0 has written no object/);
  });

  test("fails the job with the store's code", async () => {
    const harness = new Harness();
    harness.store.beforeRequest = (request, key) => {
      if (request === 'put' && key.endsWith('index')) throw new FabricError('STORE_FAILED', 'disk full');
    };
    const ended = await harness.run(joinGraph);
    assert.ok(ended.state.end?.kind === 'failed');
    assert.equal(ended.state.end.error.code, 'STORE_FAILED');
    assert.match(ended.state.end.error.message, /index of stage [01] .*disk full/);
  });

  test('is tried again as often as a task, where that can help', async () => {
    for (const [failures, expected] of [
      [settings.retries, 'succeeded'],
      [settings.retries + 1, 'failed'],
    ] as const) {
      const harness = new Harness();
      let tries = 0;
      harness.store.beforeRequest = (request, key) => {
        if (request !== 'put' || !key.endsWith('/0/index')) return;
        tries += 1;
        if (tries <= failures) throw new FabricError('STORE_FAILED', 'away for a moment', { retryable: true });
      };
      const ended = await harness.run(joinGraph);
      assert.deepEqual([ended.state.end?.kind, tries], [expected, settings.retries + 1]);
    }
  });

  test('leaves nothing behind with each wait before it is tried again', async (t) => {
    const harness = new Harness();
    const retries = 12;
    let tries = 0;
    harness.store.beforeRequest = (request, key) => {
      if (request !== 'put' || !key.endsWith('/0/index')) return;
      tries += 1;
      if (tries <= retries) throw new FabricError('STORE_FAILED', 'away for a moment', { retryable: true });
    };
    const warnings: string[] = [];
    const note = ({ name }: Error) => warnings.push(name);
    process.on('warning', note);
    t.after(() => process.off('warning', note));
    await harness.run(joinGraph, { settings: { ...settings, retries } });
    assert.equal(tries, retries + 1);
    assert.deepEqual(warnings, []);
  });

  test('is not tried any more once the job is to be cancelled', async () => {
    const harness = new Harness();
    const cancel = new AbortController();
    harness.clock.after = (): (() => void) => () => undefined;
    harness.store.beforeRequest = (request, key) => {
      if (request !== 'put' || !key.endsWith('/0/index')) return;
      setImmediate(() => cancel.abort());
      throw new FabricError('STORE_FAILED', 'away for ever', { retryable: true });
    };
    const ended = await harness.run(joinGraph, { signal: cancel.signal });
    assert.equal(ended.state.end?.kind, 'cancelled');
  });
});

/** Runs the join until its owner dies just before or just after the `n`th append, and gives what is left of it. */
async function runUntilDeath(n: number, when: 'before' | 'after'): Promise<Harness> {
  const harness = new Harness();
  const dead = new Error('the owner is dead');
  let appends = 0;
  const { journal } = harness;
  const append = journal.append.bind(journal);
  journal.append = async (job, token, records) => {
    appends += 1;
    if (appends >= n && when === 'before') throw dead;
    await append(job, token, records);
    if (appends >= n) throw dead;
  };
  try {
    await harness.run(joinGraph);
  } catch (error) {
    assert.equal(error, dead);
  }
  journal.append = append;
  harness.invoker = new FakeInvoker(harness.store);
  return harness;
}

function succeededTasks(records: readonly JobRecord[]): string[] {
  return records.flatMap((record) =>
    record.kind === 'task-ended' && record.outcome.kind === 'succeeded' ? [`${record.stage}/${record.task}`] : [],
  );
}

describe('a job whose owner died', () => {
  for (let n = 1; n <= 12; n += 1) {
    for (const when of ['before', 'after'] as const) {
      test(`${when} append ${n} is finished by another, and no finished task runs again`, async () => {
        const harness = await runUntilDeath(n, when);
        const before = await harness.journal.read(jobId);
        if (before.length === 0) {
          await assert.rejects(harness.resume(), { code: 'UNKNOWN_JOB' });
          return;
        }
        const written = [...harness.store.objects.keys()].flatMap((key) => {
          const [, stage, task] = /\/(\d+|result)\/(\d+)-1-\d+\.\w+$/.exec(key) ?? [];
          return stage === undefined ? [] : [`${stage === 'result' ? 3 : stage}/${task}`];
        });
        const ended = await harness.resume();
        assert.deepEqual(ended.state.end, { kind: 'succeeded' });
        const finished = succeededTasks(before);
        assert.deepEqual(
          harness.invoker.names().filter((name) => finished.includes(name)),
          [],
        );
        const done = new Set([...finished, ...written]);
        assert.equal(done.size + harness.invoker.tasks.length, 10, 'outputs that were not journaled are adopted');
        assert.ok(harness.invoker.tasks.every((task) => task.attempt.startsWith('2-')));
        assert.equal(ended.result.length, 1);
        await ended.release();
        assert.equal(harness.store.objects.size, 0);
        assert.deepEqual(await harness.journal.list(), []);
      });
    }
  }

  test('starts again where an object it counted on is gone', async () => {
    const harness = await runUntilDeath(2, 'after');
    const finished = succeededTasks(await harness.journal.read(jobId));
    assert.ok(finished.length > 0);
    for (const key of [...harness.store.objects.keys()]) harness.store.objects.delete(key);
    const ended = await harness.resume();
    assert.deepEqual(ended.state.end, { kind: 'succeeded' });
    assert.equal(ended.state.restarts, 1);
  });

  test('is given as it ended where it had ended, its result still there', async () => {
    const harness = new Harness();
    await harness.run(joinGraph);
    harness.invoker = new FakeInvoker(harness.store);
    const again = await harness.resume();
    assert.deepEqual(again.state.end, { kind: 'succeeded' });
    assert.deepEqual(harness.invoker.tasks, []);
    const [part] = again.result;
    assert.ok(part?.kind === 'object' && harness.store.objects.has(part.key));
  });

  test('adopts no object that does not read as an output', async () => {
    const harness = await runUntilDeath(2, 'before');
    const finished = succeededTasks(await harness.journal.read(jobId));
    const { objects } = harness.store;
    assert.ok(objects.size > finished.length, 'there are outputs that were not journaled');
    for (const [key, { identity }] of objects)
      objects.set(key, { identity, bytes: new Uint8Array(identity.sizeBytes) });
    const ended = await harness.resume();
    assert.deepEqual(ended.state.end, { kind: 'succeeded' });
    assert.equal(harness.invoker.tasks.length, 10);
  });

  test('is let go of by an owner whose journal failed', async () => {
    const harness = new Harness();
    harness.journal.beforeAppend = (records) => {
      if (records.some(({ kind }) => kind === 'task-ended')) throw new FabricError('STORE_FAILED', 'The disk is full.');
    };
    await assert.rejects(harness.run(joinGraph), { code: 'STORE_FAILED' });
    assert.equal(harness.journal.claims.get(jobId)?.isHeld(), false);
  });

  test('is dropped at once by an owner that learns, while it waits, that it is another’s', async () => {
    const harness = new Harness();
    const aborted: string[] = [];
    harness.invoker.behave = (task, _, signal) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          aborted.push(`${task.stage.id}/${task.index}`);
          resolve({ kind: 'lost', message: 'aborted' });
        });
        if (harness.invoker.running === 5) void harness.journal.acquire(jobId);
      });
    await assert.rejects(harness.run(joinGraph), { code: 'OWNERSHIP_LOST' });
    assert.deepEqual(aborted.sort(), ['0/0', '0/1', '0/2', '1/0', '1/1']);
    assert.deepEqual(harness.store.requests, []);
    const kinds = (await harness.journal.read(jobId)).map(({ kind }) => kind);
    assert.deepEqual([...new Set(kinds)], ['job-submitted', 'attempt-started']);
  });

  test('is not touched any more by an owner that was only thought dead', async () => {
    const harness = new Harness();
    harness.invoker.behave = async (_, otherwise) => {
      harness.invoker.behave = (_task, succeed) => succeed();
      await harness.journal.acquire(jobId);
      return otherwise();
    };
    await assert.rejects(harness.run(joinGraph), { code: 'OWNERSHIP_LOST' });
    assert.ok(!harness.store.requests.some((request) => request.startsWith('delete')));
    const ended = await harness.resume();
    assert.deepEqual(ended.state.end, { kind: 'succeeded' });
  });
});

test('jobs end with one result whatever fails on the way', async () => {
  const first = Number(process.env['VOLLEY_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  console.log(`seed ${first} (set VOLLEY_SEED to repeat)`);
  for (let seed = first; seed < first + 30; seed += 1) {
    const random = seeded(seed);
    const harness = new Harness();
    const someTurns = async () => {
      for (let turns = Math.floor(random() * 4); turns > 0; turns -= 1) {
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    harness.invoker.concurrency = 1 + Math.floor(random() * 6);
    harness.journal.beforeAppend = someTurns;
    harness.invoker.behave = async (_, otherwise) => {
      await someTurns();
      const draw = random();
      if (draw < 0.1) return { kind: 'lost', message: 'killed' };
      if (draw < 0.15) return { kind: 'throttled' };
      if (draw < 0.2) await otherwise(); // writes, and is lost before it can tell
      return draw < 0.2 ? { kind: 'lost', message: 'killed' } : otherwise();
    };
    const ended = await harness.run(joinGraph, { random, settings: { ...settings, retries: 50, retryBudget: 500 } });
    assert.deepEqual(ended.state.end, { kind: 'succeeded' }, `with VOLLEY_SEED=${seed}`);
    assert.equal(harness.store.objects.size, 1, `with VOLLEY_SEED=${seed}`);
    const attempts = harness.invoker.tasks.map((task) => task.attempt);
    assert.equal(new Set(attempts).size, attempts.length, `no attempt is invoked twice, with VOLLEY_SEED=${seed}`);
  }
});

describe('the version of a function that a job has recorded', () => {
  /** An invoker of a platform with versions, and those that were invoked. */
  function versioned(harness: Harness): { readonly invoker: FakeInvoker; readonly versions: string[] } {
    const versions: string[] = [];
    const { invoker } = harness;
    const at = (version: string): Invoker => ({
      concurrency: invoker.concurrency,
      invoke: (task, signal) => {
        versions.push(version);
        return invoker.invoke(task, signal);
      },
      close: () => invoker.close(),
    });
    return { invoker: Object.assign(invoker, { at }), versions };
  }

  test('is invoked by its owner and by whoever takes over', async () => {
    const harness = new Harness();
    const { invoker, versions } = versioned(harness);
    const taken = new AbortController();
    invoker.behave = (task, otherwise) => {
      if (task.stage.id !== 2) return otherwise();
      taken.abort();
      return new Promise(() => {});
    };
    void harness.run(joinGraph, { settings: { ...settings, functionVersion: '7' } }).catch(() => {});
    if (!taken.signal.aborted) await once(taken.signal, 'abort');
    invoker.behave = (_task, otherwise) => otherwise();
    const before = versions.length;
    const ended = await harness.resume();
    assert.deepEqual(ended.state.end, { kind: 'succeeded' });
    assert.ok(before > 0 && versions.length > before);
    assert.deepEqual(new Set(versions), new Set(['7']));
  });

  test('is nothing that a job without one asks for', async () => {
    const harness = new Harness();
    const { versions } = versioned(harness);
    assert.deepEqual((await harness.run(oneTask)).state.end, { kind: 'succeeded' });
    assert.deepEqual(versions, []);
  });
});
