import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { fileOutput } from '../../../functions/cli/output.ts';
import { makeScratch } from '../../../functions/executor/prepare-executor.ts';
import { removeAbandoned, temporaryName } from '../../../functions/process/temporary-name.ts';
import { temporaryFolder } from '../../engine/scan/parquet-fixture.ts';

const skip = process.getuid === undefined && 'has no user ids';

/** Returns a name of a process that has ended. */
function abandonedName(): string {
  const { pid } = spawnSync(process.execPath, ['--version']);
  return temporaryName().replace(/-[0-9]+-/, `-${pid}-`);
}

/** Returns a name of an ended process of another machine or container. */
function foreignName(): string {
  return abandonedName().replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
}

test('only temporary files of ended processes in the same container are removed', { skip }, async (t) => {
  const folder = await temporaryFolder(t);
  const kept = [temporaryName(), foreignName()];
  for (const name of [...kept, abandonedName()]) writeFileSync(join(folder, name), '');
  await removeAbandoned(folder, /^(.*)$/);
  assert.deepEqual(readdirSync(folder).sort(), kept.toSorted());
});

test('an output file replaces the temporary file of a killed process', { skip }, async (t) => {
  const folder = await temporaryFolder(t);
  writeFileSync(join(folder, `.rows.csv.${abandonedName()}.tmp`), 'half');
  const output = await fileOutput(join(folder, 'rows.csv'));
  await output.finish();
  assert.deepEqual(readdirSync(folder), ['rows.csv']);
});

test('an executor removes the scratch folders of killed executors', { skip }, async (t) => {
  const folder = await temporaryFolder(t);
  mkdirSync(join(folder, `volley-executor-${abandonedName()}`, 'spilled'), { recursive: true });
  await makeScratch({ scratch: join(folder, 'own') });
  assert.deepEqual(readdirSync(folder), ['own']);
});
