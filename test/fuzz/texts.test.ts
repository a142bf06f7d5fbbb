import assert from 'node:assert/strict';
import test from 'node:test';
import { fuzzTexts } from '../../scripts/fuzz/texts/run.ts';
import { openTokenizer, type Tokenizer } from '../../scripts/fuzz/texts/tokenizer.ts';

/** The number of random texts, which take a few seconds. `npm run fuzz:texts` runs more. */
const TEXTS = 1000;
const seed = Number(process.env['VOLLEY_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

function tokenizerOrReason(): Tokenizer | string {
  try {
    return openTokenizer();
  } catch (error) {
    return `DuckDB's Python package cannot be installed: ${error instanceof Error ? error.message : error}`;
  }
}

const tokenizer = tokenizerOrReason();

test(`reads ${TEXTS} random texts as DuckDB does (VOLLEY_SEED=${seed})`, {
  skip: typeof tokenizer === 'string' && tokenizer,
}, async () => {
  assert.ok(typeof tokenizer !== 'string');
  const binderEntry = new URL('../../dist/binder.js', import.meta.url);
  const figures = await fuzzTexts({ seed, texts: TEXTS, tokenizer, binderEntry, say: () => undefined });
  assert.deepEqual(figures.different, []);
  assert.ok(figures.bound > TEXTS / 10 && figures.rewritten > TEXTS / 100, 'too few texts are bound to prove anything');
});
