import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { parseExecutorConfig } from '../../../coordinator/invoke/executor-protocol.ts';
import { announcements, bench, command, fakeExecutor, textOf } from './fixture.ts';

const never = new AbortController().signal;

describe('an executor', () => {
  test('runs consecutive tasks in the same process', async (t) => {
    const { invoker } = await bench(t);
    const first = textOf(await invoker.invoke(command('pid'), never));
    const second = textOf(await invoker.invoke(command('pid'), never));
    assert.match(String(first), /^[0-9]+$/);
    assert.notEqual(first, String(process.pid));
    assert.equal(second, first);
  });

  test('inherits no environment variables from this process', async (t) => {
    const { invoker } = await bench(t, { environment: { GIVEN: 'x' } });
    const names = String(textOf(await invoker.invoke(command('environment'), never))).split(',');
    assert.ok(names.includes('GIVEN'));
    assert.deepEqual(
      names.filter((name) => !name.startsWith('NODE_CHANNEL')),
      ['GIVEN'],
    );
  });

  test('loses its task, leaves no scratch folder and is replaced when killed', async (t) => {
    const { invoker, scratchRoot } = await bench(t);
    const outcome = await invoker.invoke(command('kill'), never);
    assert.deepEqual(outcome, { kind: 'lost', message: 'its process was killed by SIGKILL.' });
    assert.deepEqual(await readdir(scratchRoot), []);
    assert.match(String(textOf(await invoker.invoke(command('pid'), never))), /^[0-9]+$/);
  });

  test('loses its task, with its last output in the message, when it exits', async (t) => {
    const { invoker } = await bench(t);
    assert.deepEqual(await invoker.invoke(command('exit 9'), never), {
      kind: 'lost',
      message: 'its process exited with status 9 (stderr: last words).',
    });
  });

  test('loses its task, with its last output in the message, when it cannot start', async (t) => {
    const { invoker } = await bench(t, { inputRoots: ['/crash-at-start'] });
    assert.deepEqual(await invoker.invoke(command('pid'), never), {
      kind: 'lost',
      message: 'its process exited with status 3 (stderr: no such library).',
    });
  });

  test('loses its task if its module is missing', async (t) => {
    const { invoker } = await bench(t, { executorEntry: join(fakeExecutor, '..', 'nowhere.js') });
    const outcome = await invoker.invoke(command('pid'), never);
    assert.ok(outcome.kind === 'lost');
    assert.match(outcome.message, /Cannot find module/);
  });

  for (const how of ['exit 70', 'full-heap']) {
    test(`fails its task permanently when it runs out of memory (${how})`, async (t) => {
      const { invoker } = await bench(t);
      const outcome = await invoker.invoke(command(how), never);
      assert.ok(outcome.kind === 'failed');
      assert.equal(outcome.code, 'OUT_OF_MEMORY');
      assert.equal(outcome.retryable, false);
      assert.deepEqual(outcome.details, { memoryMiB: 64 });
      assert.match(outcome.message, /^The task needs more memory than the 64 MiB it has\./);
    });
  }

  test('returns a failure and keeps running when its handler throws', async (t) => {
    const { invoker } = await bench(t);
    const before = textOf(await invoker.invoke(command('pid'), never));
    const outcome = await invoker.invoke(command('throw'), never);
    assert.ok(outcome.kind === 'failed');
    assert.deepEqual([outcome.code, outcome.retryable], ['INTERNAL', false]);
    assert.equal(textOf(await invoker.invoke(command('pid'), never)), before);
  });

  test('is killed when it sends an invalid message', async (t) => {
    const { invoker } = await bench(t);
    const outcome = await invoker.invoke(command('garbage'), never);
    assert.ok(outcome.kind === 'lost');
    assert.match(outcome.message, /an invalid message/);
  });

  for (const how of ['stopped', 'spin']) {
    test(`loses its task long before the deadline when it stops answering (${how})`, async (t) => {
      const { invoker } = await bench(t, { pingTimeoutMs: 500 });
      const calls = await announcements(t);
      await invoker.warm();
      const work = command(`${how === 'stopped' ? 'hang' : how} ${calls.port}`, Date.now() + 3_600_000);
      const running = invoker.invoke(work, never);
      const { pid, gone } = await calls.next();
      if (how === 'stopped') process.kill(pid, 'SIGSTOP');
      const message = 'its process did not answer for 1.5 s and was killed.';
      assert.deepEqual(await running, { kind: 'lost', message });
      await gone;
      assert.match(String(textOf(await invoker.invoke(command('pid'), never))), /^[0-9]+$/);
    });
  }

  test('keeps answering while another of its threads is busy', async (t) => {
    const { invoker } = await bench(t, { pingTimeoutMs: 500 });
    await invoker.warm();
    assert.equal(textOf(await invoker.invoke(command('busy-thread 2000'), never)), 'worked');
  });

  for (const how of ['hang', 'spin']) {
    test(`is killed if it does not answer by its deadline (${how})`, async (t) => {
      const { invoker } = await bench(t, { deadlineGraceMs: 20 });
      await invoker.warm();
      const outcome = await invoker.invoke(command(how, Date.now() + 20), never);
      assert.deepEqual(outcome, { kind: 'timed-out' });
      assert.match(String(textOf(await invoker.invoke(command('pid'), never))), /^[0-9]+$/);
    });
  }
});

test('reports a task as timed out if its executor kills itself after the deadline', async (t) => {
  const { invoker } = await bench(t);
  assert.deepEqual(await invoker.invoke(command('kill', Date.now()), never), { kind: 'timed-out' });
});

describe('an aborted attempt', () => {
  const aborted = { kind: 'lost', message: 'The attempt was aborted.' };

  test('is lost, but its executor keeps running if the task stops in time', async (t) => {
    const { invoker } = await bench(t);
    const calls = await announcements(t);
    const controller = new AbortController();
    const running = invoker.invoke(command(`obey ${calls.port}`), controller.signal);
    const { pid } = await calls.next();
    controller.abort();
    assert.deepEqual(await running, aborted);
    assert.equal(textOf(await invoker.invoke(command('pid'), never)), String(pid));
  });

  for (const how of ['hang', 'spin']) {
    test(`is lost, and its executor is killed if the task does not stop in time (${how})`, async (t) => {
      const { invoker } = await bench(t, { abortGraceMs: 20 });
      const calls = await announcements(t);
      const controller = new AbortController();
      const running = invoker.invoke(command(`${how} ${calls.port}`), controller.signal);
      const { gone } = await calls.next();
      controller.abort();
      assert.deepEqual(await running, aborted);
      await gone;
    });
  }

  test('never reaches an executor if it was still waiting for one', async (t) => {
    const { invoker } = await bench(t);
    const calls = await announcements(t);
    const first = new AbortController();
    const second = new AbortController();
    const running = invoker.invoke(command(`obey ${calls.port}`), first.signal);
    await calls.next();
    const waiting = invoker.invoke(command('kill'), second.signal);
    second.abort();
    assert.deepEqual(await waiting, aborted);
    first.abort();
    assert.deepEqual(await running, aborted);
    assert.match(String(textOf(await invoker.invoke(command('pid'), never))), /^[0-9]+$/);
  });

  test('is lost if it was aborted before it started', async (t) => {
    const { invoker } = await bench(t);
    assert.deepEqual(await invoker.invoke(command('pid'), AbortSignal.abort()), aborted);
  });
});

describe('a pool of executors', () => {
  test('runs as many tasks concurrently as it has executors, and queues the rest', async (t) => {
    const { invoker } = await bench(t, { count: 2 });
    assert.equal(invoker.concurrency, 2);
    const calls = await announcements(t);
    const stop = new AbortController();
    const running = [invoker.invoke(command(`obey ${calls.port}`), stop.signal)];
    const first = await calls.next();
    running.push(invoker.invoke(command(`obey ${calls.port}`), stop.signal));
    const second = await calls.next();
    assert.notEqual(first.pid, second.pid);
    const third = invoker.invoke(command('pid'), never);
    stop.abort();
    await Promise.all(running);
    assert.ok([String(first.pid), String(second.pid)].includes(String(textOf(await third))));
  });

  test('starts a new executor for a waiting task when an executor dies', async (t) => {
    const { invoker } = await bench(t);
    const [first, second] = await Promise.all([
      invoker.invoke(command('kill'), never),
      invoker.invoke(command('pid'), never),
    ]);
    assert.equal(first.kind, 'lost');
    assert.match(String(textOf(second)), /^[0-9]+$/);
  });

  test('fails all waiting tasks if no executor can be started, and tries again for the next task', async (t) => {
    const environment: Record<string, string> = {};
    const { invoker } = await bench(t, { environment });
    const calls = await announcements(t);
    const stop = new AbortController();
    const running = invoker.invoke(command(`spin ${calls.port}`), stop.signal);
    const { pid } = await calls.next();
    const waiting = [invoker.invoke(command('pid'), never), invoker.invoke(command('pid'), never)];
    environment['NO_SYSTEM_TAKES'] = '\0';
    process.kill(pid, 'SIGKILL');
    assert.equal((await running).kind, 'lost');
    for (const outcome of [...(await Promise.all(waiting)), await invoker.invoke(command('pid'), never)]) {
      assert.ok(outcome.kind === 'lost');
      assert.match(outcome.message, /^no executor could be started: .*null bytes/);
    }
    delete environment['NO_SYSTEM_TAKES'];
    assert.match(String(textOf(await invoker.invoke(command('pid'), never))), /^[0-9]+$/);
  });

  test('starts executors before the first task if configured to do so', async (t) => {
    const { invoker, scratchRoot } = await bench(t, { count: 2, startNow: 1 });
    await invoker.warm();
    assert.deepEqual((await readdir(scratchRoot)).sort(), ['executor-1', 'executor-2']);
  });

  test('ends all processes, removes its files and rejects new tasks when closed', async (t) => {
    const { invoker, scratchRoot } = await bench(t, { count: 2 });
    const calls = await announcements(t);
    const running = invoker.invoke(command(`spin ${calls.port}`), never);
    const { gone } = await calls.next();
    const others = [invoker.invoke(command('hang'), never), invoker.invoke(command('pid'), never)];
    await invoker.close();
    await invoker.close();
    await gone;
    assert.equal((await running).kind, 'lost');
    assert.deepEqual(
      (await Promise.all(others)).map((outcome) => outcome.kind),
      ['lost', 'lost'],
    );
    assert.deepEqual(await readdir(scratchRoot), []);
    assert.deepEqual(await invoker.invoke(command('pid'), never), { kind: 'lost', message: 'The invoker is closed.' });
  });
});

test('an orphaned executor exits and removes its scratch folder', async (t) => {
  const scratchRoot = await mkdtemp(join(tmpdir(), 'volley-orphan-'));
  t.after(() => rm(scratchRoot, { recursive: true, force: true }));
  const calls = await announcements(t);
  const fixture = new URL('./fixture.ts', import.meta.url).href;
  const local = new URL('../../../coordinator/invoke/local.ts', import.meta.url).href;
  const options = {
    executorEntry: fakeExecutor,
    execArgv: ['--import', 'tsx'],
    count: 1,
    memoryMiB: 64,
    storeRoot: scratchRoot,
    scratchRoot,
    inputRoots: [],
  };
  const script = `
    const { command } = await import(${JSON.stringify(fixture)});
    const { createLocalInvoker } = await import(${JSON.stringify(local)});
    const invoker = createLocalInvoker(${JSON.stringify(options)});
    await invoker.invoke(command('hang ${calls.port}'), new AbortController().signal);
  `;
  const parent = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    stdio: 'inherit',
  });
  const { gone } = await calls.next();
  parent.kill('SIGKILL');
  await gone;
  assert.deepEqual(await readdir(scratchRoot), []);
});

describe('the configuration of an executor', () => {
  const good = { storeRoot: '/s', scratch: '/t', inputRoots: ['/i'], memoryMiB: 100 };

  test('is parsed from JSON', () => {
    assert.deepEqual(parseExecutorConfig(JSON.stringify(good)), good);
  });

  const wrong: readonly (readonly [string | undefined, RegExp])[] = [
    [undefined, /configuration as JSON/],
    ['{', /configuration as JSON/],
    ['null', /inputRoots must be a list of paths/],
    [JSON.stringify({ ...good, storeRoot: '' }), /storeRoot must be a path/],
    [JSON.stringify({ ...good, scratch: 1 }), /scratch must be a path/],
    [JSON.stringify({ ...good, inputRoots: '/i' }), /inputRoots must be a list of paths/],
    [JSON.stringify({ ...good, inputRoots: [1] }), /inputRoots must be a list of paths/],
    [JSON.stringify({ ...good, memoryMiB: 0.5 }), /memoryMiB must be a whole number above 0/],
  ];
  for (const [json, message] of wrong) {
    test(`rejects ${json ?? 'an absent configuration'}`, () => {
      assert.throws(() => parseExecutorConfig(json), { code: 'USAGE', message });
    });
  }
});
