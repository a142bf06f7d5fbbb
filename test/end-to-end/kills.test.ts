import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { loadQueries, makeData } from '../../scripts/chaos/queries.ts';
import { choicesFrom } from '../../scripts/fuzz/choices.ts';
import { RestartingServer } from '../../scripts/kills/restarting-server.ts';
import { killAndResume } from '../../scripts/kills/resume-kills.ts';
import { killDuringJobs, problemsOf } from '../../scripts/kills/serve-kills.ts';
import { makePlace } from './volley-process.ts';

// The short form of `npm run chaos:kills` (docs/chaos.md).

const KILLS = 4;
const RESUMES = 2;
const seed = Number(process.env['VOLLEY_SEED'] ?? 1);
const skip = process.platform !== 'linux' && 'reads /proc';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'volley-kills-')));
after(() => rmSync(folder, { recursive: true, force: true }));

test('kills of a server and its children lose no job and leave no file', { skip }, async (t) => {
  t.diagnostic(`VOLLEY_SEED=${seed}`);
  const data = await makeData();
  t.after(() => rmSync(data, { recursive: true, force: true }));
  const queries = await loadQueries(data);
  const server = new RestartingServer({ data, state: join(folder, 'state') });
  await server.start();
  t.after(() => server.stop());
  const say = (line: string) => t.diagnostic(line);
  const report = await killDuringJobs(server, queries, KILLS, choicesFrom(seed), say, { awaitsLateWriters: false });
  assert.deepEqual(problemsOf(report), []);
});

test('statements that are killed at different moments can be resumed', { skip }, async (t) => {
  const place = makePlace();
  after(() => place.remove());
  const sql = 'SELECT k % 7 AS k, count(*) AS n FROM range(3000000) AS r(k) GROUP BY ALL ORDER BY ALL';
  const { problems, resumed } = await killAndResume(place, ['--set', 'fanout=3'], sql, RESUMES, (line) =>
    t.diagnostic(line),
  );
  assert.deepEqual(problems, []);
  assert.equal(resumed, RESUMES);
});
