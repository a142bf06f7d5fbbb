import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { gzipSync } from 'node:zlib';
import { formatResult } from '../../coordinator/front/result/format.ts';
import { FabricError } from '../../engine/errors.ts';
import { loadConfig } from '../../functions/config/config.ts';
import { makePlace, writeParquet } from './volley-process.ts';

// Tests the built program. The executors and the binder run from the bundles in dist/.
const { openEmbedded }: typeof import('../../functions/embedded/session.ts') = await import(
  new URL('../../dist/session.js', import.meta.url).href
);

/** The number of queries. `VOLLEY_SWAP_QUERIES=5000` makes the test run longer. */
const QUERIES = Number(process.env['VOLLEY_SWAP_QUERIES'] ?? 150);
const ROWS = 300;
/** Error codes of a query that found a link, or a file that was swapped while it was being opened. */
const REFUSALS = ['LOCATION_NOT_ALLOWED', 'INPUT_CHANGED', 'INPUT_NOT_FOUND'];

/** For each file name, a function that returns the file's content. The column `origin` of every row contains the function's argument. */
const FORMATS: Readonly<Record<string, (from: string) => string | Buffer>> = {
  'text.csv': csvOf,
  'packed.csv.gz': (from) => gzipSync(csvOf(from)),
  'lines.ndjson': (from) => `${rowsOf(from).join('\n')}\n`,
  'array.json': (from) => `[${rowsOf(from).join(',\n')}]`,
};

function csvOf(from: string): string {
  return `id,origin\n${Array.from({ length: ROWS }, (_, id) => `${id},${from}\n`).join('')}`;
}

function rowsOf(from: string): readonly string[] {
  return Array.from({ length: ROWS }, (_, id) => JSON.stringify({ id, origin: from }));
}

const parquetOf = (from: string) => `SELECT id, '${from}' AS origin FROM range(${ROWS}) AS r(id)`;

test('reads no rows from outside the --data folder while files and folders are rapidly swapped with links', {
  skip: process.platform !== 'linux' && 'exchanges names with renameat2',
}, async (t) => {
  const place = makePlace();
  const inPlace = (path: string): string => join(place.folder, path);
  for (const folder of ['data/folder', 'outside/folder']) mkdirSync(inPlace(folder), { recursive: true });
  // Files with the same name have the same length and schema in both folders, so a swap changes only the version of a file.
  for (const [folder, from] of [
    ['data', 'inside!'],
    ['outside', 'outside'],
  ] as const) {
    for (const [name, make] of Object.entries(FORMATS)) writeFileSync(inPlace(`${folder}/${name}`), make(from));
    await writeParquet({
      [inPlace(`${folder}/columns.parquet`)]: parquetOf(from),
      [inPlace(`${folder}/folder/part.parquet`)]: parquetOf(from),
    });
  }
  const names = [...Object.keys(FORMATS), 'columns.parquet', 'folder'];
  const pairs = names.map((name) => {
    symlinkSync(inPlace(`outside/${name}`), inPlace(`data/.link-${name}`));
    return [inPlace(`data/${name}`), inPlace(`data/.link-${name}`)] as const;
  });
  const config = loadConfig({ data: [inPlace('data')] }, { VOLLEY_STATE_DIR: place.state });
  const session = await openEmbedded(config);
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const counter = new BigInt64Array(new SharedArrayBuffer(8));
  const swapper = new Worker(new URL('./swapper.mjs', import.meta.url), {
    workerData: { pairs, stop: stop.buffer, counter: counter.buffer },
  });
  t.after(async () => {
    Atomics.store(stop, 0, 1);
    Atomics.notify(stop, 0);
    await once(swapper, 'exit');
    await session.close();
    place.remove();
  });
  await once(swapper, 'message');

  const paths = names.map((name) => inPlace(`data/${name}${name === 'folder' ? '/part.parquet' : ''}`));
  const counts = new Map<string, number>();
  for (let query = 0; query < QUERIES; query += 1) {
    const path = paths[query % paths.length] ?? '';
    const outcome = await outcomeOf(`SELECT origin, count(*) AS n FROM '${path}' GROUP BY origin`);
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  t.diagnostic(`${counter[0]} exchanges, ${[...counts].map(([outcome, count]) => `${outcome} ${count}`).join(', ')}`);
  assert.ok((counter[0] ?? 0n) > BigInt(QUERIES), 'the names were exchanged');
  assert.ok((counts.get('inside') ?? 0) > 0, 'some queries succeed');
  assert.ok(
    [...counts.keys()].some((outcome) => REFUSALS.includes(outcome)),
    'some queries meet a link',
  );
  assert.match(readFileSync(inPlace('outside/text.csv'), 'utf8'), /outside/);

  async function outcomeOf(script: string): Promise<string> {
    try {
      const ran = await session.run(script, { resultFormat: 'arrow', explain: false });
      try {
        assert.ok(ran.kind === 'rows');
        let text = '';
        for await (const chunk of formatResult(ran.result, 'csv', {})) text += Buffer.from(chunk).toString();
        assert.equal(text, `origin,n\ninside!,${ROWS}\n`, script);
        return 'inside';
      } finally {
        await ran.release();
      }
    } catch (error) {
      // The session is a separate bundle with its own error classes, so `instanceof FabricError` is false here.
      if (!(error instanceof Error) || !('code' in error) || !REFUSALS.includes(String(error.code))) throw error;
      assert.ok(!(error instanceof FabricError) && !error.message.includes('origin'), error.message);
      return String(error.code);
    }
  }
});
