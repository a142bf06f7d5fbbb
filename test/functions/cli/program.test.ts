import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { SETTINGS } from '../../../coordinator/settings.ts';
import { parseArguments, type Request } from '../../../functions/cli/program.ts';

// Captures the output of the parser.
const printed: string[] = [];
const print = (text: string): boolean => printed.push(text) > 0;
beforeEach(() => {
  printed.length = 0;
  mock.method(process.stdout, 'write', print);
  mock.method(process.stderr, 'write', print);
});
afterEach(() => mock.restoreAll());

const CASES: readonly (readonly [arguments_: readonly string[], request: Request])[] = [
  [[], { kind: 'interactive', flags: {} }],
  [['--data', 'a', '--data', 'b'], { kind: 'interactive', flags: { data: ['a', 'b'] } }],
  [['sql', 'select 1'], { kind: 'sql', source: { kind: 'argument', text: 'select 1' }, flags: {} }],
  [['sql', '-f', 'q.sql'], { kind: 'sql', source: { kind: 'file', path: 'q.sql' }, flags: {} }],
  [['sql'], { kind: 'sql', source: { kind: 'stdin' }, flags: {} }],
  [
    ['--data', 'a', '--quiet', 'sql', '--data', 'b', '--set', 'fanout=4', '--format', 'csv', '--explain'],
    {
      kind: 'sql',
      source: { kind: 'stdin' },
      flags: { data: ['a', 'b'], set: ['fanout=4'], quiet: true, format: 'csv', explain: true },
    },
  ],
  [['jobs'], { kind: 'jobs', flags: {} }],
  [['job', 'x'], { kind: 'job', id: 'x', flags: {} }],
  [['resume', 'x', '--format', 'json'], { kind: 'resume', id: 'x', flags: { format: 'json' } }],
  [['cancel', 'x'], { kind: 'cancel', id: 'x', flags: {} }],
  [['executor'], { kind: 'executor' }],
  [['executor', '--port', '0', '--help'], { kind: 'executor' }],
  [['serve', '--data', 'x', '--insecure'], { kind: 'serve' }],
  [['--help'], { kind: 'nothing' }],
  [['sql', '--help'], { kind: 'nothing' }],
  [['--version'], { kind: 'nothing' }],
];

for (const [given, expected] of CASES) {
  test(`parses ${['volley', ...given].join(' ')} as a request of kind ${expected.kind}`, async () => {
    assert.deepEqual(await parseArguments(given), expected);
  });
}

const REJECTED: readonly (readonly [arguments_: readonly string[], message: RegExp])[] = [
  [['frob'], /Unknown command 'frob'.*volley --help/],
  [['sql', 'a', 'b'], /volley sql does not accept the argument "b".*volley sql --help/],
  [['sql', 'a', '-f', 'b'], /a file, not both/],
  [['job'], /Missing required argument 'id'/],
  [['--config='], /--config has an empty value/],
  [['--store', '', 'jobs'], /--store has an empty value/],
  [['sql', '-f', ''], /--file has an empty value/],
  [['sql', '--data', 'a', '--data='], /--data has an empty value/],
  [['resume', 'id', '--set', 'timeout=1h'], /resume accepts only --set memory=MIB.*volley resume --help/],
  [['sql', '--no-such-flag'], /^Unknown option '--no-such-flag'\. Run volley --help for usage\.$/],
  [['sql', '--ouptut', 'x'], /^Unknown option '--ouptut'\. Did you mean --output\? Run volley --help for usage\.$/],
  [['sql', '--output', 'a', '--output', 'b'], /^--output was given more than once, but accepts only one value\./],
  [['--format', 'csv', 'sql', '--format', 'json'], /^--format was given more than once/],
  [['sql', '-f', 'a', '--file', 'b'], /^--file was given more than once/],
  [['sql', '--output'], /^Option '--output <file>' requires a value\. Run volley --help for usage\.$/],
];

for (const [given, message] of REJECTED) {
  test(`rejects volley ${given.join(' ')} without printing anything`, async () => {
    await assert.rejects(parseArguments(given), { code: 'USAGE', message });
    assert.deepEqual(printed, []);
  });
}

const VALUES = { data: 'x', table: 't=x', set: 'memory=512', fabric: 'local', format: 'csv', output: 'x', store: '/x' };
const FLAGS: readonly (readonly string[])[] = [
  ...Object.entries({ ...VALUES, config: 'x' }).map(([name, value]) => [`--${name}`, value]),
  ...['explain', 'quiet', 'summary'].map((name) => [`--${name}`]),
];
const CONFIG = ['--config'];
const ACCEPTED: Readonly<Record<string, readonly string[]>> = {
  sql: FLAGS.map(([name = '']) => name),
  jobs: CONFIG,
  'job x': CONFIG,
  'cancel x': CONFIG,
  'resume x': ['--set', '--fabric', '--format', '--output', '--quiet', '--summary', ...CONFIG],
};

for (const [command, accepted] of Object.entries(ACCEPTED)) {
  const [name = '', ...rest] = command.split(' ');
  test(`volley ${name} accepts its flags before or after the command, rejects other flags, and lists its flags in its help`, async () => {
    await parseArguments([name, '--help']);
    const listed = [...printed.join('').matchAll(/^ {2}(?:-f, )?(--[a-z]+)/gm)].map(([, flag]) => flag);
    assert.deepEqual(new Set(listed), new Set([...accepted, ...(name === 'sql' ? ['--file'] : [])]));
    for (const flag of FLAGS) {
      const [flagName = ''] = flag;
      for (const given of [
        [...flag, name, ...rest],
        [name, ...rest, ...flag],
      ]) {
        if (accepted.includes(flagName)) assert.equal((await parseArguments(given)).kind, name);
        else {
          const message = new RegExp(`^volley ${name} does not accept ${flagName}\\. Run volley ${name} --help`);
          await assert.rejects(parseArguments(given), { code: 'USAGE', message });
        }
      }
    }
  });
}

/** Settings that have an effect. */
const EFFECTIVE = SETTINGS.filter(({ reserved }) => reserved === undefined);

for (const given of [['--help'], ['-h'], ['sql', '--help'], ['sql', '-h']]) {
  test(`volley ${given.join(' ')} prints examples and the settings`, async () => {
    await parseArguments(given);
    const text = printed.join('');
    assert.match(text, /\nExamples:\n {2}volley sql [^\n]*select/);
    const settings = text.slice(text.indexOf('\nSettings '));
    for (const { name } of EFFECTIVE) assert.match(settings, new RegExp(`^ {2}${name}=`, 'm'));
  });
}

test('volley --help describes the values of --store', async () => {
  await parseArguments(['--help']);
  const help = printed.join('').replace(/\s+/g, ' ');
  assert.match(help, /--store <location> [^-]* s3:\/\/bucket\/prefix or an absolute path/);
});
