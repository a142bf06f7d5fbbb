import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Choices, choicesFrom } from '../../../scripts/fuzz/choices.ts';
import { startVolleyServe } from '../../../scripts/servers/volley-serve.ts';
import { makePlace, writeParquet } from '../volley-process.ts';
import { assertNames, codeOf, runJob } from './coordinator.ts';

/** `VOLLEY_MUTATIONS=3000` runs the long version, and `VOLLEY_SEED=N` repeats a run. */
const MUTATIONS = Number(process.env['VOLLEY_MUTATIONS'] ?? 60);
const SEED = Number(process.env['VOLLEY_SEED'] ?? randomInt(2 ** 31));
const CONCURRENCY = 4;

const ROWS = `SELECT i, i * 1.5 AS d, 'name' || i AS s, DATE '2020-01-01' + i::INTEGER AS dt, [i, i + 1] AS l,
  {'a': i, 'b': 'x' || i} AS st, (i % 7 = 0) AS b, i::DECIMAL(12, 2) AS de, TIMESTAMP '2020-01-01' + to_seconds(i) AS ts
  FROM range(5000) AS t(i)`;

const QUERIES: readonly ((file: string) => string)[] = [
  (file) => `SELECT * FROM read_parquet('${file}')`,
  (file) => `SELECT count(*), min(i), max(s), sum(d) FROM read_parquet('${file}') WHERE i > 4000`,
  (file) =>
    `SELECT s FROM read_parquet('${file}') WHERE dt < DATE '2000-01-01' OR d > 1e9 OR ts > TIMESTAMP '2030-01-01'`,
];

/** Overwrites one to three bytes of the footer or of the whole file, or removes bytes before the footer. */
function mutate(original: Buffer, choices: Choices): Buffer {
  const footerStart = original.length - 8 - original.readUInt32LE(original.length - 8);
  const kind = choices.below(4);
  if (kind === 0) {
    return Buffer.concat([original.subarray(0, choices.below(footerStart)), original.subarray(footerStart)]);
  }
  const bytes = Buffer.from(original);
  const first = kind === 1 ? 0 : footerStart;
  for (let left = 1 + choices.below(3); left > 0; left -= 1) {
    const at = first + choices.below(bytes.length - first);
    bytes[at] = choices.one([choices.below(256), (bytes[at] ?? 0) ^ (1 << choices.below(8)), 255, 0]);
  }
  return bytes;
}

test(`reads ${MUTATIONS} mutated Parquet files, or names the file in the error`, {
  timeout: 3_600_000,
}, async (t) => {
  t.diagnostic(`seed ${SEED}`);
  const place = makePlace();
  const data = join(place.folder, 'data');
  mkdirSync(data);
  await writeParquet({ [join(data, 'original.parquet')]: ROWS });
  const original = readFileSync(join(data, 'original.parquet'));
  const serve = await startVolleyServe(['--allow', data], { VOLLEY_STATE_DIR: place.state });
  t.after(async () => {
    await serve.close();
    place.remove();
  });
  const failures: string[] = [];
  const tally = new Map<string, number>();
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let number = next++; number < MUTATIONS; number = next++) {
      const choices = choicesFrom(SEED + number);
      const file = join(data, `${number}.parquet`);
      writeFileSync(file, mutate(original, choices));
      const answer = await runJob(serve.url, choices.one(QUERIES)(file));
      let outcome = 'ok';
      try {
        if (answer.status !== 200) {
          outcome = codeOf(answer);
          assertNames(answer, file);
        }
      } catch (error) {
        outcome = 'failed';
        failures.push(`seed ${SEED + number}: ${error instanceof Error ? error.message : String(error)}`);
      }
      tally.set(outcome, (tally.get(outcome) ?? 0) + 1);
      rmSync(file);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  t.diagnostic([...tally].map(([outcome, count]) => `${count} ${outcome}`).join(', '));
  assert.deepEqual(failures, [], `seed ${SEED}`);
  assert.doesNotMatch(serve.said(), /INTERNAL|Internal error|^\s+at /m);
});
