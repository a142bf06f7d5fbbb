/**
 * Generates `proto/generated/` from the schemas in `proto/`.
 *
 *   npm run proto                  writes the files
 *   npm run proto -- --check       writes no files; exits with 1 if a file is out of date
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pbjs from 'protobufjs-cli/pbjs.js';
import { scriptArguments } from './arguments.ts';

const { options: flags } = scriptArguments(
  {
    name: 'npm run proto',
    about: 'Generates proto/generated/ from the schemas in proto/.',
  },
  { check: { about: 'write no files; exit with status 1 if a file is out of date' } },
);

const here = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const schemas = ['proto/plan.proto', 'proto/task.proto', 'proto/job.proto'].map(here);
const outputs = ['volley.js', 'volley.d.ts'];

/** Messages are plain objects that are only encoded and decoded, so the generator's other features are off. */
const options = [
  ...['--target', 'static-module', '--wrap', 'esm', '--root', 'volley', '--dependency', 'protobufjs/minimal.js'],
  ...['--no-create', '--no-verify', '--no-convert', '--no-delimited', '--no-typeurl', '--no-service', '--force-long'],
];

/** Declares only the members of the type `Long` that the codecs use, so that the package `long` is not needed. */
function typed(declarations) {
  return declarations.replace(
    'import Long = require("long");',
    'type Long = { readonly low: number; readonly high: number; readonly unsigned: boolean };',
  );
}

async function generate() {
  const scratch = await mkdtemp(join(tmpdir(), 'volley-proto-'));
  try {
    const [code, declarations] = outputs.map((name) => join(scratch, name));
    const run = promisify(pbjs.main);
    // The declarations are generated from the comments in the code. After that, the comments would only make the code
    // larger.
    await run([...options, '--dts', '--out', code, ...schemas]);
    await run([...options, '--no-comments', '--out', code, ...schemas]);
    return [await readFile(code, 'utf8'), typed(await readFile(declarations, 'utf8'))];
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

const contents = await generate();
const stale = [];
for (const [index, name] of outputs.entries()) {
  const path = here(`proto/generated/${name}`);
  if ((await readFile(path, 'utf8').catch(() => '')) === contents[index]) continue;
  stale.push(name);
  if (!flags.check) await writeFile(path, contents[index]);
}
if (flags.check && stale.length > 0) {
  console.error(`proto/generated/ is out of date (${stale.join(', ')}). Run npm run proto.`);
  process.exit(1);
}
