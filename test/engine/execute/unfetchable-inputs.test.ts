import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { copyFile, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { FabricError } from '../../../engine/errors.ts';
import { BIGINT } from '../../../engine/plan/types.ts';
import type { Task, TaskOutcome } from '../../../engine/task/task.ts';
import { countOf, NEVER, openFetchBench, resultOf, scan, succeeded, tableColumns } from './fetch-bench.ts';

const bench = await openFetchBench();
after(() => bench.close());
const { folder, data, scratch, fetching, inputFile, taskOver } = bench;

describe('a task whose inputs cannot be fetched', () => {
  const input = async (name: string): Promise<string> => {
    await copyFile(join(data, 'second.parquet'), join(data, name));
    return join(data, name);
  };
  const failed = async (task: Task): Promise<TaskOutcome & { kind: 'failed' }> => {
    const outcome = await fetching.run(task, NEVER);
    assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
    assert.ok(!outcome.message.includes(scratch), outcome.message);
    assert.deepEqual(readdirSync(scratch), []);
    return outcome;
  };

  for (const isKnown of [false, true]) {
    it(`fails with INPUT_CHANGED if a file was replaced${isKnown ? ', even with a cached footer' : ''}`, async () => {
      const path = await input('replaced.parquet');
      const counting = scan([{ kind: 'none', type: BIGINT }], [], []);
      const task = taskOver(isKnown ? countOf(counting) : scan(tableColumns('id')), ['replaced.parquet']);
      if (isKnown) succeeded(await fetching.run(task, NEVER));
      await copyFile(path, `${path}.new`);
      await rename(`${path}.new`, path);
      const { code, message, retryable } = await failed(task);
      assert.deepEqual([code, retryable], ['INPUT_CHANGED', false]);
      assert.ok(message.includes(path), message);
    });
  }

  it('fails with INPUT_NOT_FOUND if a file is missing', async () => {
    const path = await input('gone.parquet');
    const task = taskOver(scan(tableColumns('id')), ['gone.parquet', 'first.parquet']);
    await rm(path);
    const { code, message, retryable } = await failed(task);
    assert.deepEqual([code, retryable], ['INPUT_NOT_FOUND', false]);
    assert.ok(message.includes(path), message);
  });

  it('fails with INPUT_INVALID if a file is not Parquet', async () => {
    await writeFile(join(data, 'words.parquet'), 'just some words, long enough to have a tail');
    const { code, message } = await failed(taskOver(scan(tableColumns('id')), ['words.parquet']));
    assert.equal(code, 'INPUT_INVALID');
    assert.match(message, /words\.parquet/);
  });

  it('fails with INPUT_INVALID and names the file if its pages are damaged', async () => {
    const path = await input('damaged.parquet');
    const bytes = await readFile(path);
    bytes.fill(0xff, 4, 2000);
    await writeFile(path, bytes);
    const { code, message } = await failed(taskOver(scan(tableColumns('id')), ['damaged.parquet', 'first.parquet']));
    assert.equal(code, 'INPUT_INVALID');
    assert.ok(message.includes(path), message);
  });

  it('fails with LOCATION_NOT_ALLOWED if a file is neither in a store nor below a root', async () => {
    const { location, identity } = inputFile('first.parquet');
    const task = taskOver(scan(tableColumns('id')), ['first.parquet']);
    const file = { location: join(folder, 'elsewhere', basename(location)), identity };
    const { code } = await failed({ ...task, tables: task.tables.map((table) => ({ ...table, files: [file] })) });
    assert.equal(code, 'LOCATION_NOT_ALLOWED');
  });

  it('suggests --allow if a file is in a store that the executor may not read', async () => {
    const { identity } = inputFile('first.parquet');
    const task = taskOver(scan(tableColumns('id')), ['first.parquet']);
    const file = { location: 's3://another/numbers.parquet', identity };
    const { code, message } = await failed({
      ...task,
      tables: task.tables.map((table) => ({ ...table, files: [file] })),
    });
    assert.equal(code, 'LOCATION_NOT_ALLOWED');
    assert.match(message, /may not read s3:\/\/another\/numbers\.parquet\. Start it with --allow/);
  });

  it('is retryable after a temporary store failure', async (test) => {
    let failures = 0;
    bench.beforeGet = async () => {
      failures += 1;
      if (failures === 2) throw new FabricError('STORE_FAILED', 'the connection was reset', { retryable: true });
    };
    test.after(() => {
      bench.beforeGet = async () => {};
    });
    await input('flaky.parquet');
    const task = taskOver(scan(tableColumns('id', 'pad')), ['flaky.parquet']);
    const { code, message, retryable } = await failed(task);
    assert.deepEqual([code, retryable], ['STORE_FAILED', true]);
    assert.match(message, /flaky\.parquet cannot be fetched: the connection was reset/);
    assert.equal(resultOf(await fetching.run(task, NEVER)).rows, 12_288);
  });

  it('ends when cancelled even if the store does not answer, and does not affect the next task', async (test) => {
    let answer: () => void = () => {};
    const silence = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const cancel = new AbortController();
    bench.beforeGet = () => {
      cancel.abort();
      return silence;
    };
    test.after(answer);
    await input('silent.parquet');
    const task = taskOver(scan(tableColumns('id')), ['silent.parquet']);
    assert.equal((await fetching.run(task, cancel.signal)).kind, 'lost');
    assert.deepEqual(readdirSync(scratch), []);
    bench.beforeGet = async () => {};
    const next = fetching.run(task, NEVER);
    answer();
    assert.equal(resultOf(await next).rows, 12_288);
    assert.deepEqual(readdirSync(scratch), []);
  });
});
