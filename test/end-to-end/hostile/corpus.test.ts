import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { startVolleyServe, type VolleyServe } from '../../../scripts/servers/volley-serve.ts';
import { makePlace, writeParquet } from '../volley-process.ts';
import {
  type Answer,
  assertNames,
  codeOf,
  exchange,
  peakMemoryMiB,
  responsesIn,
  runJob,
  send,
  submit,
  watchHealth,
} from './coordinator.ts';
import { FILES as ALL_FILES, queryOf } from './files.ts';
import { REQUESTS } from './requests.ts';
import { FORMATS, RESULTS } from './results.ts';
import { STATEMENTS as ALL_STATEMENTS } from './statements.ts';

/** The maximum wait for `/healthz`. On an idle machine it is 100 ms. A busy machine may delay any process. */
const MAX_WAIT_MS = Number(process.env['VOLLEY_HEALTH_MS'] ?? 3000);
/** `VOLLEY_HOSTILE=long` adds the cases that take several seconds. */
const IS_LONG = process.env['VOLLEY_HOSTILE'] === 'long';
const isWanted = ({ isSlow = false }: { readonly isSlow?: boolean }): boolean => IS_LONG || !isSlow;
const STATEMENTS = ALL_STATEMENTS.filter(isWanted);
const FILES = ALL_FILES.filter(isWanted);
const MAX_MEMORY_MIB = 512;
/** The number of cases that run at the same time. */
const CONCURRENCY = 4;
const PARQUET_SQL =
  "SELECT i, 'text ' || i AS s, i * 1.5 AS d, [i] AS l, {'a': i} AS st, DATE '2026-01-01' + i::INTEGER AS dt FROM range(5000) t(i)";

const place = makePlace();
const data = join(place.folder, 'data');
let serve: VolleyServe;
let health: ReturnType<typeof watchHealth>;
/** When each case ran, to find the case that delayed `/healthz`. */
const spans: { readonly name: string; readonly startedAt: number; readonly endedAt: number }[] = [];

before(async () => {
  mkdirSync(data);
  await writeParquet({ [join(data, 'valid.parquet')]: PARQUET_SQL });
  const valid = { parquet: readFileSync(join(data, 'valid.parquet')) };
  for (const { path, make } of FILES) {
    if (path.length < 1000) mkdirSync(dirname(join(data, path)), { recursive: true });
    make(join(data, path), valid);
  }
  serve = await startVolleyServe(['--allow', data], {
    VOLLEY_STATE_DIR: place.state,
    HOME: place.folder,
  });
  assert.deepEqual(await runJob(serve.url, 'SELECT 1 AS a'), { status: 200, body: 'a\n1\n' });
  health = watchHealth(serve.url);
});

after(async () => {
  await serve?.close();
  place.remove();
});

/** Runs cases, a few at a time, and reports all failures together. */
async function runAll<Case extends { readonly name: string }>(
  cases: readonly Case[],
  run: (each: Case) => Promise<void>,
  concurrency = CONCURRENCY,
): Promise<void> {
  const failures: string[] = [];
  const waiting = [...cases];
  const worker = async (): Promise<void> => {
    for (let each = waiting.shift(); each !== undefined; each = waiting.shift()) {
      const startedAt = Date.now();
      try {
        await run(each);
      } catch (error) {
        failures.push(`${each.name}: ${error instanceof Error ? error.message : String(error)}`);
      }
      spans.push({ name: each.name, startedAt, endedAt: Date.now() });
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  assert.equal(failures.length, 0, `${failures.length} of ${cases.length} cases failed:\n${failures.join('\n')}`);
}

/** Asserts that a job ended in an expected way. */
function assertEnded(answer: Answer, codes: readonly string[]): void {
  const code = answer.status === 200 ? 'ok' : codeOf(answer);
  assert.ok(codes.includes(code), `ended with ${code}, not ${codes.join(', ')}: ${answer.body.slice(0, 500)}`);
}

test(`answers ${REQUESTS.length} hostile requests with a readable response`, { timeout: 300_000 }, () =>
  runAll(REQUESTS, async ({ status, code, responses, ...request }) => {
    const { statuses, last } = responsesIn(await exchange(serve.url, request));
    assert.equal(last.status, status, last.body.slice(0, 500));
    if (responses !== undefined) assert.equal(statuses.length, responses);
    if (code !== undefined) assert.equal(codeOf(last), code);
  }),
);

test(`ends ${STATEMENTS.length} hostile statements with their rows or a stable error`, { timeout: 300_000 }, () =>
  runAll(STATEMENTS, async ({ sql, settings = {}, codes = ['ok'] }) => {
    assertEnded(await runJob(serve.url, sql, { settings }), codes);
  }),
);

test(`reads ${FILES.length} hostile files, or names the file in the error`, { timeout: 300_000 }, () =>
  runAll(FILES, async (file) => {
    const answer = await runJob(serve.url, queryOf(file, data), { settings: file.settings ?? {} });
    assertEnded(answer, file.codes);
    if (answer.status !== 200 && file.isUnnamed !== true) assertNames(answer, join(data, file.path));
  }),
);

test(`returns ${RESULTS.length} large or unusual results in ${FORMATS.length} formats`, { timeout: 300_000 }, () =>
  runAll(
    RESULTS,
    async ({ sql, lines }) => {
      const { id, path } = await submit(serve.url, sql);
      for (const format of FORMATS) {
        const { status, body } = await send(serve.url, `${path}/result?format=${format}&wait=60`, undefined, 'GET');
        assert.equal(status, 200, `${id} as ${format}: ${body.slice(0, 500)}`);
        if (format === 'csv' && lines !== undefined) assert.equal(body.split('\n').length - 1, lines);
      }
      await send(serve.url, path, undefined, 'DELETE');
    },
    2,
  ),
);

test('answers other clients while clients leave in the middle of a result', { timeout: 300_000 }, async () => {
  const sql = "SELECT i, repeat('x', 100) AS s FROM range(500000) t(i)";
  const { path } = await submit(serve.url, sql);
  await runAll(
    Array.from({ length: 24 }, (_, at) => ({ name: `client ${at}`, format: FORMATS[at % FORMATS.length] ?? 'csv' })),
    async ({ format }) => {
      const gone = new AbortController();
      const response = await fetch(`${serve.url}${path}/result?format=${format}&wait=60`, {
        signal: gone.signal,
      });
      assert.equal(response.status, 200);
      await response.body?.getReader().read();
      gone.abort();
    },
  );
  assert.deepEqual(await runJob(serve.url, 'SELECT 1 AS a'), { status: 200, body: 'a\n1\n' });
  await send(serve.url, path, undefined, 'DELETE');
});

test('answers /healthz and stays below its memory limit all the time', async (t) => {
  const { count, slowest, failures } = await health.end();
  assert.deepEqual(failures, []);
  const [longest] = slowest.map(({ startedAt, endedAt }) => endedAt - startedAt);
  for (const { startedAt, endedAt } of slowest) {
    const running = spans
      .filter((span) => span.startedAt < endedAt && span.endedAt > startedAt)
      .map(({ name }) => name);
    t.diagnostic(`/healthz took ${endedAt - startedAt} ms during: ${running.join(' | ')}`);
  }
  const memoryMiB = process.platform === 'linux' ? Math.round(peakMemoryMiB(serve)) : 0;
  t.diagnostic(
    `${count} requests to /healthz, the slowest took ${longest} ms; the coordinator used up to ${memoryMiB} MiB`,
  );
  assert.ok(longest !== undefined && longest <= MAX_WAIT_MS, `/healthz took ${longest} ms`);
  assert.ok(memoryMiB < MAX_MEMORY_MIB, `the coordinator used ${memoryMiB} MiB`);
  assert.doesNotMatch(serve.said(), /INTERNAL|Internal error|^\s+at /m);
});
