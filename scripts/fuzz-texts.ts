/** `npm run fuzz:texts`: compares how Volley and DuckDB read random SQL texts. */
import { randomInt } from 'node:crypto';
import { scriptArguments, wholeNumberFrom } from './arguments.ts';
import { fuzzTexts } from './fuzz/texts/run.ts';
import { openTokenizer } from './fuzz/texts/tokenizer.ts';

const { options: flags } = scriptArguments(
  {
    name: 'npm run fuzz:texts',
    about: `Compares how Volley's lexer and checks read random SQL texts with how DuckDB reads them. Prints each text with a difference, and exits with status 1 if there is any.`,
  },
  {
    texts: { value: 'N', default: '100000', read: wholeNumberFrom(1), about: 'number of texts' },
    seed: {
      value: 'N',
      read: wholeNumberFrom(0),
      about: 'seed of all random choices; the same seed generates the same texts (default: random)',
    },
  },
);
const { texts, seed = randomInt(2 ** 31) } = flags;

const binderEntry = new URL('../dist/binder.js', import.meta.url);
const say = (line: string): void => console.log(line);
say(`seed ${seed}`);
const { accepted, bound, rewritten, different } = await fuzzTexts({
  seed,
  texts,
  tokenizer: openTokenizer(),
  binderEntry,
  say,
});
say(
  `seed ${seed}: ${texts} texts, ${accepted} accepted, ${bound} bound, ${rewritten} rewritten, ${different.length} read differently`,
);
process.exitCode = different.length > 0 ? 1 : 0;
