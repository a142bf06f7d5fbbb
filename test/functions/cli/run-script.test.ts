import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { FabricError } from '../../../engine/errors.ts';
import type { JobId } from '../../../engine/task/task.ts';
import { runScript } from '../../../functions/cli/run-script.ts';
import { loadConfig } from '../../../functions/config/config.ts';
import type { EmbeddedSession } from '../../../functions/embedded/session.ts';

const folder = mkdtempSync(join(tmpdir(), 'volley-script-'));
after(() => rmSync(folder, { recursive: true }));

const { signal } = new AbortController();
const nothing = async (): Promise<void> => undefined;

/** A session that returns the script itself as the result, or no result if the script has only definitions. */
const echo: EmbeddedSession = {
  run: async (script) =>
    /select/i.test(script)
      ? { kind: 'text', text: script, rows: 0, release: nothing }
      : { kind: 'none', release: nothing },
  close: nothing,
};

const configOf = (output: string) =>
  loadConfig({ quiet: true, output: join(folder, output) }, { XDG_CONFIG_HOME: '/nonexistent' });

test('an output file accepts a script with one result among definitions', async () => {
  await runScript('set fanout = 1; select 1; set fanout = 2', echo, configOf('one.csv'), signal);
  assert.equal(readFileSync(join(folder, 'one.csv'), 'utf8'), 'set fanout = 1; select 1');
});

test('a blank line precedes the text of every statement after the first', async (t) => {
  let written = '';
  const config = loadConfig({ quiet: true }, { XDG_CONFIG_HOME: '/nonexistent' });
  t.mock.method(process.stdout, 'write', (chunk: string, done: () => void) => {
    written += chunk;
    done();
    return true;
  });
  await runScript('select 1; set fanout = 1; select 2', echo, config, signal);
  t.mock.restoreAll();
  assert.match(written, /^select 1\n {8}; set fanout = 1; select 2$/);
});

test('an output file rejects a script with two results', async () => {
  const script = 'create view v as select 0; select 1; select 2; set fanout = 2';
  await assert.rejects(runScript(script, echo, configOf('two.csv'), signal), {
    code: 'USAGE',
    message: /^--output accepts only one result, but 2 statements return rows/,
  });
});

/** A session with one job that returns rows. Calls `meanwhile` while the job runs, and records the events of the job. */
function oneJob(meanwhile: () => void = () => undefined) {
  const events: string[] = [];
  const session: EmbeddedSession = {
    async run() {
      events.push('run');
      meanwhile();
      const release = async (): Promise<void> => {
        events.push('released');
      };
      return { kind: 'text', text: 'rows', rows: 1, job: 'job-1' as JobId, release };
    },
    close: nothing,
  };
  return { session, events };
}

test('releases a job after writing its rows', async () => {
  const { session, events } = oneJob();
  await runScript('select 1', session, configOf('whole.csv'), signal);
  assert.deepEqual(events, ['run', 'released']);
});

test('does not start a job whose output cannot be opened', async () => {
  const { session, events } = oneJob();
  await assert.rejects(runScript('select 1', session, configOf('none/x.csv'), signal), { code: 'OUTPUT_FAILED' });
  assert.deepEqual(events, []);
});

test('keeps a job whose rows could not be written, and reports how to get them', async () => {
  mkdirSync(join(folder, 'going'));
  const { session, events } = oneJob(() => rmSync(join(folder, 'going'), { recursive: true }));
  await assert.rejects(runScript('select 1', session, configOf('going/x.csv'), signal), {
    code: 'OUTPUT_FAILED',
    message:
      /Cannot write .*\nThe job is kept. .* with volley resume job-1, or delete the job with volley cancel job-1/,
  });
  assert.deepEqual(events, ['run']);
});

test('leaves no output file after a failed query', async () => {
  mkdirSync(join(folder, 'empty'));
  const failure = new FabricError('QUERY_FAILED', 'wrong');
  const { session } = oneJob(() => {
    throw failure;
  });
  await assert.rejects(runScript('select 1', session, configOf('empty/x.csv'), signal), failure);
  assert.deepEqual(readdirSync(join(folder, 'empty')), []);
});

test('Ctrl-C while rows are written keeps the previous file and releases the job', async () => {
  writeFileSync(join(folder, 'before.csv'), 'before');
  const interruption = new AbortController();
  const { session, events } = oneJob(() => interruption.abort('SIGINT'));
  await assert.rejects(runScript('select 1', session, configOf('before.csv'), interruption.signal), {
    code: 'CANCELLED',
  });
  assert.deepEqual(events, ['run', 'released']);
  assert.equal(readFileSync(join(folder, 'before.csv'), 'utf8'), 'before');
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.endsWith('.tmp')),
    [],
  );
});
