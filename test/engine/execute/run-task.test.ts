import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { copyFile, readFile, rename, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { decodeStream } from '../../../engine/arrow/decode-stream.ts';
import { type ErrorCode, FabricError } from '../../../engine/errors.ts';
import type { Relation } from '../../../engine/plan/relation.ts';
import { BIGINT, VARCHAR } from '../../../engine/plan/types.ts';
import type { ObjectStore } from '../../../engine/store/object-store.ts';
import type { ProducedObject, Task, TaskOutcome } from '../../../engine/task/task.ts';
import { type Bench, column, NUMBERS, openBench, range, scanOf, taskOf, totals, writeParquet } from './fixture.ts';

const NEVER = new AbortController().signal;
/** The sum of 0 to 9,999. */
const SUM = 49_995_000n;

describe('a task', () => {
  it('returns a small result inline, as an Arrow stream with the column names of the result', async (test) => {
    const { runner, data } = await openBench(test);
    const outcome = await runner.run(taskOf(totals(NUMBERS), await scanOf(join(data, 'numbers.parquet'))), NEVER);
    assert.deepEqual(resultOf(outcome), [SUM, 10_000n]);
    const { output } = succeeded(outcome);
    assert.equal(output.kind, 'inline');
    if (output.kind === 'inline')
      assert.deepEqual(
        decodeStream(output.bytes).fields.map(({ name }) => name),
        ['column 0', 'column 1'],
      );
  });

  it('writes a larger result to the store', async (test) => {
    const { runner, data, store } = await openBench(test);
    const task = taskOf(NUMBERS, { ...(await scanOf(join(data, 'numbers.parquet'))), inlineLimitBytes: 1000 });
    const { output, statistics } = succeeded(await runner.run(task, NEVER));
    assert.equal(output.kind, 'object');
    assert.equal(output.rows, 10_000);
    const identity = await store.head(task.outputKey);
    const bytes = await store.get(task.outputKey, { start: 0, end: identity?.sizeBytes ?? 0 }, identity);
    assert.equal(statistics.bytesWritten, bytes.length);
    assert.equal(
      decodeStream(bytes).batches.reduce((rows, batch) => rows + batch.rows, 0),
      10_000,
    );
  });

  it('writes a Parquet file if the result format is Parquet', async (test) => {
    const { runner, data, store } = await openBench(test);
    const task = taskOf(NUMBERS, {
      ...(await scanOf(join(data, 'numbers.parquet'))),
      inlineLimitBytes: 0,
      resultFormat: 'parquet',
    });
    const { output } = succeeded(await runner.run(task, NEVER));
    assert.equal(output.rows, 10_000);
    const identity = await store.head(task.outputKey);
    const magic = await store.get(task.outputKey, { start: 0, end: 4 }, identity);
    assert.equal(Buffer.from(magic).toString(), 'PAR1');
  });

  it('reads only the row groups of its split', async (test) => {
    const { runner, data } = await openBench(test);
    const scan = await scanOf(join(data, 'numbers.parquet'));
    const splits = [
      { table: 0, splits: [{ file: 0, rows: { start: 2048, end: 4096 }, rowCount: 2048, sizeBytes: 1 }] },
    ];
    const outcome = await runner.run(taskOf(totals(NUMBERS), { ...scan, splits }), NEVER);
    assert.deepEqual(resultOf(outcome), [(2048n * (2048n + 4095n)) / 2n, 2048n]);
    assert.equal(succeeded(outcome).statistics.rowsRead, 2048);
  });

  it('reads a file whose name looks like a glob', async (test) => {
    const { runner, data } = await openBench(test);
    writeParquet(join(data, 'a', '[x]*?.parquet'), "SELECT 7 AS n, '' AS s");
    writeParquet(join(data, 'a', 'x1.parquet'), "SELECT 1 AS n, '' AS s");
    const outcome = await runner.run(taskOf(totals(NUMBERS), await scanOf(join(data, 'a', '[x]*?.parquet'))), NEVER);
    assert.deepEqual(resultOf(outcome), [7n, 1n]);
  });

  for (const [name, root, expected] of [
    ['by a column', NUMBERS, [SUM, 10_000n]],
    ['without a column', { ...NUMBERS, output: [], types: [] }, undefined],
  ] as const) {
    it(`partitions rows ${name}, so that each row reaches exactly one task of the next stage`, async (test) => {
      const { runner, data } = await openBench(test);
      const keys = root.types.length > 0 ? [column(0)] : [];
      const producers: ProducedObject[] = [];
      for (const [index, start] of [0, 4096].entries()) {
        const scan = await scanOf(join(data, 'numbers.parquet'));
        const splits = [
          { table: 0, splits: [{ file: 0, rows: { start, end: start === 0 ? 4096 : 10_000 }, sizeBytes: 1 }] },
        ];
        const output = { kind: 'hash', keys, partitions: 3 } as const;
        const { output: made } = succeeded(
          await runner.run(taskOf(root, { ...scan, splits, output, outputKey: `out/${index}` }), NEVER),
        );
        if (made.kind === 'object') producers.push(made);
      }
      const read: Relation = { kind: 'input', stage: 4, mode: 'partition', types: root.types };
      const zero = {
        kind: 'project',
        input: read,
        expressions: [{ kind: 'constant', value: 0n, type: BIGINT }],
        types: [BIGINT],
      } as const;
      const sums = [0n, 0n];
      for (const index of [0, 1, 2]) {
        const task = taskOf(totals(expected === undefined ? zero : read), { index, inputs: [{ stage: 4, producers }] });
        const [sum, count] = resultOf(await runner.run(task, NEVER));
        sums[0] = (sums[0] ?? 0n) + (sum ?? 0n);
        sums[1] = (sums[1] ?? 0n) + (count ?? 0n);
      }
      assert.deepEqual(sums, expected ?? [0n, 10_000n]);
    });
  }
});

describe('a task that fails', () => {
  const failures: readonly (readonly [string, ErrorCode, RegExp, (bench: Bench) => Promise<Task>])[] = [
    [
      'a file is outside the roots',
      'LOCATION_NOT_ALLOWED',
      /outside\.parquet/,
      async ({ data, folder }) => {
        await copyFile(join(data, 'numbers.parquet'), join(folder, 'outside.parquet'));
        return taskOf(totals(NUMBERS), await scanOf(join(folder, 'outside.parquet')));
      },
    ],
    [
      'a link leads out of the roots',
      'LOCATION_NOT_ALLOWED',
      /link\.parquet/,
      async ({ data, folder }) => {
        await copyFile(join(data, 'numbers.parquet'), join(folder, 'outside.parquet'));
        await symlink(join(folder, 'outside.parquet'), join(data, 'link.parquet'));
        return taskOf(totals(NUMBERS), await scanOf(join(data, 'link.parquet')));
      },
    ],
    [
      'a file was replaced after planning',
      'INPUT_CHANGED',
      /numbers\.parquet/,
      async ({ data }) => {
        const scan = await scanOf(join(data, 'numbers.parquet'));
        await copyFile(join(data, 'numbers.parquet'), join(data, 'other'));
        await rename(join(data, 'other'), join(data, 'numbers.parquet'));
        return taskOf(totals(NUMBERS), scan);
      },
    ],
    [
      'a file is truncated',
      'INPUT_INVALID',
      /^The file .*\/data\/numbers\.parquet cannot be read/,
      async ({ data }) => {
        await truncate(join(data, 'numbers.parquet'), 5000);
        return taskOf(totals(NUMBERS), await scanOf(join(data, 'numbers.parquet')));
      },
    ],
    [
      'a file is not Parquet',
      'INPUT_INVALID',
      /^The file .*\/data\/a b\.parquet cannot be read/,
      async ({ data }) => {
        await writeFile(join(data, 'a b.parquet'), 'just some words, long enough to have a tail');
        return taskOf(totals(NUMBERS), await scanOf(join(data, 'a b.parquet')));
      },
    ],
    [
      'a file has damaged pages',
      'INPUT_INVALID',
      /^The file .*\/data\/damaged\.parquet cannot be read/,
      async ({ data }) => {
        const bytes = await readFile(join(data, 'numbers.parquet'));
        bytes.fill(0xff, 4, 2000);
        await writeFile(join(data, 'damaged.parquet'), bytes);
        return taskOf(totals(NUMBERS), await scanOf(join(data, 'damaged.parquet')));
      },
    ],
    [
      'a value cannot be cast',
      'QUERY_FAILED',
      /^Conversion Error: Could not convert string 'text 0' to INT64 in file .*\/data\/numbers\.parquet$/,
      async ({ data }) => {
        const cast = { kind: 'cast', input: column(1, VARCHAR), isTry: false, type: BIGINT } as const;
        const root: Relation = { kind: 'project', input: NUMBERS, expressions: [cast], types: [BIGINT] };
        return taskOf(root, await scanOf(join(data, 'numbers.parquet')));
      },
    ],
    [
      'the objects of an input stage are missing',
      'SHUFFLE_LOST',
      /out\/0/,
      async () => {
        const producers = [{ key: 'out/0', identity: { sizeBytes: 10, version: 'v' }, rows: 1 }];
        return taskOf(totals({ kind: 'input', stage: 0, mode: 'all', types: [BIGINT] }), {
          inputs: [{ stage: 0, producers }],
        });
      },
    ],
  ];
  for (const [cause, code, message, make] of failures) {
    it(`reports ${code} if ${cause}`, async (test) => {
      const bench = await openBench(test);
      const outcome = await bench.runner.run(await make(bench), NEVER);
      assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
      assert.equal(outcome.code, code, outcome.message);
      assert.match(outcome.message, message);
      assert.ok(!outcome.message.includes(bench.scratch), outcome.message);
      assert.equal(outcome.retryable, false);
      assert.deepEqual(readdirSync(bench.scratch), []);
      await stillWorks(bench);
    });
  }

  it('reports a permanent OUT_OF_MEMORY if it needs more memory than its share', async (test) => {
    const bench = await openBench(test);
    const list = {
      name: 'list',
      inputs: [column(0)],
      distinct: false,
      orderBy: [],
      type: { kind: 'list', child: BIGINT },
    } as const;
    const root: Relation = { ...totals(range(30_000_000n)), aggregates: [list], types: [list.type] };
    const outcome = await bench.runner.run(taskOf(root, { memoryMiB: 64 }), NEVER);
    assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
    assert.equal(outcome.code, 'OUT_OF_MEMORY', outcome.message);
    assert.equal(outcome.retryable, false);
    assert.deepEqual(outcome.details, { memoryMiB: 64 });
    assert.match(outcome.message, /^The task needs more memory than the 64 MiB it has\./);
    assert.doesNotMatch(outcome.message, /Possible solutions/);
    await stillWorks(bench);
  });
});

describe('a task with a small share of memory', () => {
  it('is not stopped because of memory retained from an earlier task', async (test) => {
    const bench = await openBench(test);
    const left = Buffer.alloc(800 << 20, 1);
    const outcome = await bench.runner.run(taskOf(totals(range(10n)), { memoryMiB: 64 }), NEVER);
    assert.deepEqual(resultOf(outcome), [45n, 10n]);
    assert.equal(left.at(-1), 1);
  });
});

describe('a task whose output the store rejects', () => {
  const refusing = (store: ObjectStore): ObjectStore => ({
    ...store,
    put: async (key) => {
      throw new FabricError('OBJECT_EXISTS', `${key} already exists`);
    },
  });

  for (const [name, output] of [
    ['shuffle', { kind: 'single' }],
    ['result', { kind: 'result' }],
  ] as const) {
    it(`makes the worker discard the rest of a ${name}`, async (test) => {
      // A worker whose output never ends. Its second run fails with a message that lists the requests so far.
      const worker = `
        import { parentPort } from 'node:worker_threads';
        const requests = [];
        parentPort.on('message', ({ kind, id }) => {
          requests.push(kind);
          const failure = { kind: 'duckdb', message: 'Invalid Error: ' + requests.join(' ') };
          if (kind === 'stop') parentPort.postMessage({ kind: 'stopped', id });
          else if (requests.indexOf('run') < requests.lastIndexOf('run')) parentPort.postMessage({ kind: 'failed', id, failure });
          else parentPort.postMessage({ kind: 'bytes', id, bytes: new Uint8Array(10) });
        });
        parentPort.postMessage({ kind: 'ready', connection: 0 });`;
      const entry = new URL(`data:text/javascript,${encodeURIComponent(worker)}`);
      const { runner } = await openBench(test, { entry, storeOf: refusing });
      const task = taskOf(totals(range(1n)), { output, inlineLimitBytes: 5 });
      const refused = await runner.run(task, NEVER);
      assert.ok(refused.kind === 'failed', JSON.stringify(refused));
      assert.equal(refused.code, 'OBJECT_EXISTS');
      const next = await runner.run(task, NEVER);
      assert.ok(next.kind === 'failed', JSON.stringify(next));
      assert.match(next.message, /run stop run/);
    });

    it(`leaves the executor usable after a partly written ${name}`, async (test) => {
      const bench = await openBench(test, { storeOf: refusing });
      const outcome = await bench.runner.run(taskOf(range(4_000_000n), { output }), NEVER);
      assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
      assert.equal(outcome.code, 'OBJECT_EXISTS');
      await stillWorks(bench);
    });
  }
});

describe('a running task', () => {
  const endless = totals(range(1_000_000_000_000n));

  it('times out at its deadline', async (test) => {
    const bench = await openBench(test);
    await stillWorks(bench);
    assert.deepEqual(await bench.runner.run(taskOf(endless, { deadlineMs: Date.now() + 50 }), NEVER), {
      kind: 'timed-out',
    });
    await stillWorks(bench);
  });

  it('is lost when it is cancelled', async (test) => {
    const bench = await openBench(test);
    const cancel = new AbortController();
    const outcome = bench.runner.run(taskOf(endless), cancel.signal);
    setImmediate(() => cancel.abort());
    assert.equal((await outcome).kind, 'lost');
    await stillWorks(bench);
  });

  it('is lost when its kernel worker dies', async (test) => {
    const entry = new URL('data:text/javascript,process.exit(3)');
    const { runner } = await openBench(test, { entry });
    assert.deepEqual(await runner.run(taskOf(endless), NEVER), {
      kind: 'lost',
      message: 'The kernel worker exited with code 3.',
    });
  });
});

describe('a DuckDB instance that reports an internal error', () => {
  it('is not reused', async (test) => {
    const worker = `
      import { parentPort, threadId } from 'node:worker_threads';
      parentPort.on('message', ({ id }) => {
        parentPort.postMessage({ kind: 'failed', id, failure: { kind: 'duckdb', message: 'INTERNAL Error: on thread ' + threadId } });
      });
      parentPort.postMessage({ kind: 'ready', connection: 0 });`;
    const { runner } = await openBench(test, { entry: new URL(`data:text/javascript,${encodeURIComponent(worker)}`) });
    const messages = new Set<string>();
    for (let run = 0; run < 2; run++) {
      const outcome = await runner.run(taskOf(totals(range(1n))), NEVER);
      assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
      assert.equal(outcome.code, 'QUERY_FAILED');
      messages.add(outcome.message);
    }
    assert.equal(messages.size, 2, [...messages].join(', '));
  });
});

async function stillWorks({ runner }: Bench): Promise<void> {
  assert.deepEqual(resultOf(await runner.run(taskOf(totals(range(10n))), NEVER)), [45n, 10n]);
}

function succeeded(outcome: TaskOutcome): TaskOutcome & { kind: 'succeeded' } {
  assert.ok(outcome.kind === 'succeeded', JSON.stringify(outcome));
  return outcome;
}

/** Returns the only row of an inline result, whose columns are HUGEINT and BIGINT. */
function resultOf(outcome: TaskOutcome): readonly bigint[] {
  const { output } = succeeded(outcome);
  assert.ok(output.kind === 'inline');
  const [batch] = decodeStream(output.bytes).batches;
  return (batch?.columns ?? []).map((values) => {
    const bytes = values.buffers[0];
    assert.ok(bytes !== undefined);
    return new DataView(bytes.buffer, bytes.byteOffset).getBigInt64(0, true);
  });
}
