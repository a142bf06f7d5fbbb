import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import type { Invoker } from '../../../coordinator/invoke/invoker.ts';
import type { StageGraph } from '../../../engine/plan/stage.ts';
import { readIndexRow } from '../../../engine/shuffle/stage-index.ts';
import { NO_STORE_REQUESTS } from '../../../engine/store/request-counts.ts';
import { failedWith, jobId, joinGraph, oneTask, seeded, settings } from '../scheduler/graph.ts';
import { type FakeInvoker, Harness } from './fixture.ts';

const inlineTask: StageGraph = {
  ...oneTask,
  columns: [{ name: 'inline', type: { kind: 'scalar', name: 'BOOLEAN' } }],
};

describe('a job of one small task', () => {
  test('needs two journal appends and no store requests', async () => {
    const harness = new Harness();
    const ended = await harness.run(inlineTask, { statement: 'select 1' });
    assert.deepEqual(ended.state.end, { kind: 'succeeded' });
    assert.deepEqual(
      ended.result.map((part) => part.kind),
      ['inline'],
    );
    const batches = harness.journal.batches.get(jobId)?.map((batch) => batch.length);
    assert.deepEqual(batches, [2, 2], 'each append has two records');
    await ended.release();
    assert.deepEqual(harness.store.requests, []);
    assert.deepEqual(await harness.journal.list(), []);
  });

  test('journals an attempt before invoking it, and the end of the job before returning the result', async () => {
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
  test('runs every task once, after its inputs, and returns the result in order', async () => {
    const harness = new Harness();
    const ended = await harness.run(joinGraph);
    assert.deepEqual(ended.state.end, { kind: 'succeeded' });
    const names = harness.invoker.names();
    assert.deepEqual(names.toSorted(), ['0/0', '0/1', '0/2', '1/0', '1/1', '2/0', '2/1', '2/2', '2/3', '3/0']);
    assert.equal(names.at(-1), '3/0');
    assert.ok(ended.result.every((part) => part.kind === 'object' && part.key.startsWith('jobs/job/result/0-1-')));
  });

  test('sends each task its input objects in task order, with an index for each input stage of several tasks', async () => {
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

  test('deletes its intermediate objects when it ends, and its result when it is released', async () => {
    const harness = new Harness();
    const ended = await harness.run(joinGraph);
    assert.deepEqual([...harness.store.objects.keys()], ['jobs/job/result/0-1-9.arrow']);
    assert.deepEqual(await harness.journal.list(), [jobId]);
    await ended.release();
    assert.deepEqual([...harness.store.objects.keys()], []);
    assert.deepEqual(await harness.journal.list(), []);
  });

  test('writes under every key prefix if keys are spread, and deletes from all of them', async () => {
    const harness = new Harness();
    const ended = await harness.run({ ...joinGraph, keyPrefixes: 4 });
    const written = harness.invoker.tasks.map((task) => task.outputKey.replace(/jobs.*/, ''));
    assert.equal(new Set(written).size, 4);
    assert.equal(harness.store.objects.size, 1);
    await ended.release();
    assert.deepEqual([...harness.store.objects.keys()], []);
  });

  test('empties several key prefixes concurrently if keys are spread', { timeout: 10_000 }, async () => {
    const harness = new Harness();
    const { store } = harness;
    const remove = store.delete.bind(store);
    let arrived: () => void = () => undefined;
    const second = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    let deletions = 0;
    // The first deletion waits for a second deletion to start.
    store.delete = async (keys) => {
      deletions += 1;
      if (deletions === 2) arrived();
      await second;
      return remove(keys);
    };
    await harness.run({ ...joinGraph, keyPrefixes: 4 });
    assert.equal(store.objects.size, 1);
  });

  test('never runs more concurrent attempts than the invoker allows', async () => {
    const harness = new Harness();
    harness.invoker.concurrency = 2;
    await harness.run(joinGraph);
    assert.equal(harness.invoker.mostRunning, 2);
  });

  test('reports progress until it ends', async () => {
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
  test('is retried, and the job continues', async () => {
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

  test('fails the job on a permanent error after stopping the other attempts, and leaves nothing behind', async () => {
    const harness = new Harness();
    let stopped = 0;
    harness.invoker.behave = async (task, otherwise, signal) => {
      if (task.stage.id === 1 && task.index === 1) return failedWith('QUERY_FAILED', false, 'Could not cast.');
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      stopped += 1;
      return otherwise(); // The attempt writes its output after it was stopped.
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

  test('fails the job if the invoker rejects', async () => {
    const harness = new Harness();
    harness.invoker.behave = () => Promise.reject(new Error('a defect'));
    const ended = await harness.run(oneTask);
    assert.ok(ended.state.end?.kind === 'failed');
    assert.equal(ended.state.end.error.code, 'INTERNAL');
  });

  test('restarts the job with new objects and a new index if a shuffle object is lost', async () => {
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

describe('a timeout', () => {
  test('stops the tasks of a job and fails the job', async () => {
    const harness = new Harness();
    harness.invoker.behave = async (_, otherwise, signal) => {
      setImmediate(() => harness.clock.fire());
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      return otherwise();
    };
    const ended = await harness.run(oneTask, { settings: { ...settings, timeoutMs: 50_000 } });
    assert.ok(ended.state.end?.kind === 'failed');
    assert.equal(ended.state.end.error.code, 'JOB_TIMEOUT');
    assert.deepEqual(harness.clock.alarms, [], 'no timer is left');
  });
});

describe('cancelling a job', () => {
  test('stops running attempts, starts no new attempts and leaves nothing behind', async () => {
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

  test('invokes no tasks if the job has not started', async () => {
    const harness = new Harness();
    const ended = await harness.run(joinGraph, { signal: AbortSignal.abort() });
    assert.deepEqual(ended.state.end, { kind: 'cancelled', by: 'caller' });
    assert.deepEqual(harness.invoker.tasks, []);
    assert.deepEqual(harness.store.requests, []);
  });
});

test('ends every job with exactly one result, despite random failures', async () => {
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
      if (draw < 0.2) await otherwise(); // The attempt writes its output but is lost before it reports.
      return draw < 0.2 ? { kind: 'lost', message: 'killed' } : otherwise();
    };
    const ended = await harness.run(joinGraph, { random, settings: { ...settings, retries: 50, retryBudget: 500 } });
    assert.deepEqual(ended.state.end, { kind: 'succeeded' }, `with VOLLEY_SEED=${seed}`);
    assert.equal(harness.store.objects.size, 1, `with VOLLEY_SEED=${seed}`);
    const attempts = harness.invoker.tasks.map((task) => task.attempt);
    assert.equal(new Set(attempts).size, attempts.length, `no attempt is invoked twice, with VOLLEY_SEED=${seed}`);
  }
});

describe('the recorded function version of a job', () => {
  /** Returns an invoker of versioned functions and the versions that it has invoked. */
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

  test('is invoked by the first owner and after a take-over', async () => {
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

  test('is not requested if the job has not recorded a version', async () => {
    const harness = new Harness();
    const { versions } = versioned(harness);
    assert.deepEqual((await harness.run(oneTask)).state.end, { kind: 'succeeded' });
    assert.deepEqual(versions, []);
  });
});
