import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { parseArguments, type Request } from '../../functions/cli/program.ts';

// What the parser prints is not these tests' business.
beforeEach(() => {
  mock.method(process.stdout, 'write', () => true);
  mock.method(process.stderr, 'write', () => true);
});
afterEach(() => mock.restoreAll());

const NO_LISTS = { data: [], table: [], set: [] };

const CASES: readonly (readonly [arguments_: readonly string[], request: Request])[] = [
  [[], { kind: 'interactive', flags: {} }],
  [['--data', 'a', '--data', 'b'], { kind: 'interactive', flags: { data: ['a', 'b'] } }],
  [['sql', 'select 1'], { kind: 'sql', source: { kind: 'argument', text: 'select 1' }, flags: NO_LISTS }],
  [['sql', '-f', 'q.sql'], { kind: 'sql', source: { kind: 'file', path: 'q.sql' }, flags: NO_LISTS }],
  [['sql'], { kind: 'sql', source: { kind: 'stdin' }, flags: NO_LISTS }],
  [
    ['--data', 'a', '--quiet', 'sql', '--data', 'b', '--set', 'fanout=4', '--format', 'csv', '--explain'],
    {
      kind: 'sql',
      source: { kind: 'stdin' },
      flags: { data: ['a', 'b'], table: [], set: ['fanout=4'], quiet: true, format: 'csv', explain: true },
    },
  ],
  [['jobs'], { kind: 'jobs', flags: NO_LISTS }],
  [['job', 'x'], { kind: 'job', id: 'x', flags: NO_LISTS }],
  [['resume', 'x', '--format', 'json'], { kind: 'resume', id: 'x', flags: { ...NO_LISTS, format: 'json' } }],
  [['cancel', 'x'], { kind: 'cancel', id: 'x', flags: NO_LISTS }],
  [['--help'], { kind: 'nothing', exitStatus: 0 }],
  [['sql', '--help'], { kind: 'nothing', exitStatus: 0 }],
  [['--version'], { kind: 'nothing', exitStatus: 0 }],
  [['serve'], { kind: 'nothing', exitStatus: 2 }],
  [['sql', 'a', 'b'], { kind: 'nothing', exitStatus: 2 }],
  [['sql', 'a', '-f', 'b'], { kind: 'nothing', exitStatus: 2 }],
  [['job'], { kind: 'nothing', exitStatus: 2 }],
  [['sql', '--format', 'xml'], { kind: 'nothing', exitStatus: 2 }],
  [['sql', '--set', 'fanout'], { kind: 'nothing', exitStatus: 2 }],
  [['sql', '--set', 'threads=4'], { kind: 'nothing', exitStatus: 2 }],
  [['sql', '--no-such-flag'], { kind: 'nothing', exitStatus: 2 }],
];

for (const [given, expected] of CASES) {
  test(`volley ${given.join(' ')} asks for: ${expected.kind}`, async () => {
    assert.deepEqual(await parseArguments(given), expected);
  });
}
