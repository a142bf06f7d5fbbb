import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FabricError } from '../../../engine/errors.ts';
import { statementsOf } from '../../../functions/cli/script.ts';
import { TypedSession } from '../../../functions/cli/typed-session.ts';
import { loadConfig } from '../../../functions/config/config.ts';
import type { EmbeddedSession } from '../../../functions/embedded/session.ts';

const CONFIG = loadConfig({ quiet: true }, { XDG_CONFIG_HOME: '/nonexistent' });
const { signal } = new AbortController();

/** Opens a prompt on a session that records every script, or throws the error that `fault` returns for it. */
function prompt(fault: (script: string) => FabricError | undefined = () => undefined) {
  const ran: string[] = [];
  const session: EmbeddedSession = {
    async run(script, { explain }) {
      const error = fault(script);
      if (error !== undefined) throw error;
      if (!explain) ran.push(script);
      return { kind: 'none', release: async () => undefined };
    },
    close: async () => undefined,
  };
  const typed = new TypedSession(session, CONFIG);
  return { ran, type: async (text: string) => typed.run(statementsOf(text), signal), reset: () => typed.reset() };
}

test('keeps views and settings, and replaces those with the same name', async () => {
  const { ran, type } = prompt();
  await type('create or replace view v as select 1; set fanout = 2;');
  await type('CREATE OR REPLACE VIEW V AS SELECT 2;');
  await type('SET FANOUT = 3;');
  await type('from v;');
  assert.deepEqual(ran, ['CREATE OR REPLACE VIEW V AS SELECT 2;\nSET FANOUT = 3;\nfrom v']);
});

test('replaces an existing view only with CREATE OR REPLACE', async () => {
  const { ran, type } = prompt();
  await type('create view v as select 1;');
  await assert.rejects(type('create view v as select 2;'), { code: 'INVALID_QUERY', message: /OR REPLACE/ });
  await type('create view if not exists v as select 3;');
  await type('from v;');
  assert.deepEqual(ran, ['create view v as select 1;\nfrom v']);
});

test('defines a replaced view after the views that it reads and before the views that read it', async () => {
  const { ran, type } = prompt();
  await type('create view a as select 1; create view b as from a; create view c as select 3;');
  await type('create or replace view a as from c;');
  await type('from "B";');
  assert.deepEqual(ran, [
    'create view c as select 3;\ncreate or replace view a as from c;\ncreate view b as from a;\nfrom "B"',
  ]);
});

test('a failing view affects only statements that read it, and SHOW TABLES still lists it', async () => {
  const gone = new FabricError('INPUT_NOT_FOUND', 'gone');
  let isGone = false;
  const { ran, type } = prompt((script) => (isGone && script.includes('x.parquet') ? gone : undefined));
  await type("create view v as from 'x.parquet'; create view w as from v;");
  isGone = true;
  await type('select 1;');
  await assert.rejects(type('from w;'), gone);
  await type('show tables;');
  await type('create or replace view v as select 5;');
  await type('from w;');
  assert.deepEqual(ran, [
    'select 1',
    'CREATE VIEW "v" AS SELECT 1;\nCREATE VIEW "w" AS SELECT 1;\nshow tables',
    'create or replace view v as select 5;\ncreate view w as from v;\nfrom w',
  ]);
});

test('rejects a definition that cannot be planned and keeps the previous one', async () => {
  const wrong = new FabricError('UNKNOWN_TABLE', 'nowhere');
  const { ran, type } = prompt((script) => (script.includes('nowhere') ? wrong : undefined));
  await type('create view v as select 1;');
  await assert.rejects(type('create or replace view v as from nowhere;'), wrong);
  await type('from v;');
  assert.deepEqual(ran, ['create view v as select 1;\nfrom v']);
});

test('.reset drops all views and settings', async () => {
  const { ran, type, reset } = prompt();
  await type('create view v as select 1; set fanout = 2;');
  reset();
  await type('from v;');
  assert.deepEqual(ran, ['from v']);
});

test('reports error positions in the typed text, or in a named view', async () => {
  let line = 0;
  const at = (): FabricError =>
    new FabricError('UNKNOWN_COLUMN', `There is no column x at line ${line}, column 8.`, { details: { line } });
  const { type } = prompt((script) => (line > 0 && script.includes('from v') ? at() : undefined));
  await type('create view v as\nselect 1;');
  line = 5;
  await assert.rejects(type('set fanout = 1;\nselect x from v;'), {
    message: /at line 2, column 8/,
    details: { line: 2 },
  });
  line = 2;
  await assert.rejects(type('from v;'), { message: /at line 2 of the view v, column 8/ });
});
