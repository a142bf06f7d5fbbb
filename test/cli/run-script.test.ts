import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { runScript } from '../../functions/cli/run-script.ts';
import { loadConfig } from '../../functions/config/config.ts';
import type { EmbeddedSession } from '../../functions/embedded/session.ts';

const folder = mkdtempSync(join(tmpdir(), 'volley-script-'));
after(() => rmSync(folder, { recursive: true }));

const { signal } = new AbortController();
const nothing = async (): Promise<void> => undefined;

/** Gives what it is to run, as text; nothing for definitions alone. */
const echo: EmbeddedSession = {
  run: async (script) =>
    /select/i.test(script)
      ? { kind: 'text', text: script, rows: 0, release: nothing }
      : { kind: 'none', release: nothing },
  close: nothing,
};

const configOf = (output: string) =>
  loadConfig({ quiet: true, output: join(folder, output) }, { XDG_CONFIG_HOME: '/nonexistent' });

test('one file takes a script of one statement that gives rows, whatever definitions stand around it', async () => {
  await runScript('set fanout = 1; select 1; set fanout = 2', echo, configOf('one.csv'), signal);
  assert.equal(readFileSync(join(folder, 'one.csv'), 'utf8'), 'set fanout = 1; select 1');
});

test('one file takes no script of two such statements, and they are counted without definitions', async () => {
  const script = 'create view v as select 0; select 1; select 2; set fanout = 2';
  await assert.rejects(runScript(script, echo, configOf('two.csv'), signal), {
    code: 'USAGE',
    message: /^--output takes one result, but 2 statements give rows/,
  });
});
