import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { listOf, numberFrom, oneOf, parseScriptArguments, wholeNumberFrom } from '../../scripts/arguments.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

async function run(script: string, ...flags: readonly string[]) {
  const environment = { ...process.env, VOLLEY_OFFLINE_PORT: 'abc' };
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...flags], { cwd: root, env: environment });
  const [stdout, stderr, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { status, stdout, stderr };
}

/** The command that starts each script, as its messages show it. */
const COMMANDS: Readonly<Record<string, string>> = {
  'scripts/bench.ts': 'npm run bench --',
  'scripts/bench/coordinator.ts': 'npm run bench:coordinator --',
  'scripts/chaos.ts': 'npm run chaos --',
  'scripts/demo.ts': 'npm run demo --',
  'scripts/fuzz.ts': 'npm run fuzz --',
  'scripts/fuzz-texts.ts': 'npm run fuzz:texts --',
  'scripts/images.ts': 'npm run images --',
  'scripts/localstack.ts': 'npm run localstack --',
  'scripts/offline.ts': 'npm run offline --',
  'scripts/proto.mjs': 'npm run proto --',
  'scripts/sim.ts': 'npm run sim --',
  'scripts/test.mjs': 'node --import tsx scripts/test.mjs',
  'localstack/init.ts': 'node --import tsx localstack/init.ts',
  'localstack/lambda/main.ts': 'node --import tsx localstack/lambda/main.ts',
};

const HELP: readonly (readonly [script: string, help: RegExp])[] = [
  ['scripts/bench.ts', /--repeat <N>/],
  ['scripts/demo.ts', /TPC-H/],
  ['scripts/chaos.ts', /each further job\s+adds 1/],
  ['scripts/test.mjs', /coordinator\/planner/],
];

describe('a script', { concurrency: 2 }, () => {
  for (const [script, command] of Object.entries(COMMANDS)) {
    test(`${script} rejects unknown flags`, async () => {
      assert.deepEqual(await run(script, '--no-such-flag'), {
        status: 2,
        stdout: '',
        stderr: `Unknown option '--no-such-flag'. Run ${command} --help for usage.\n`,
      });
    });
  }
  for (const [script, help] of HELP) {
    test(`${script} --help describes its arguments and runs nothing`, async () => {
      const { status, stdout, stderr } = await run(script, '--help');
      assert.deepEqual([status, stderr], [0, '']);
      assert.ok(stdout.startsWith(`Usage: ${COMMANDS[script]} [options]`), stdout);
      assert.match(stdout, help);
    });
  }
});

/** Wrong values, which the scripts check before they start anything. */
const REJECTED: readonly (readonly [script: string, flags: readonly string[], message: RegExp])[] = [
  ['scripts/bench.ts', ['--repeat', '0'], /^--repeat must be a whole number of at least 1, not "0"\.\n$/],
  ['scripts/bench.ts', ['--scale', '0'], /^--scale must be a number from 0\.001 to 1000, not "0"\.\n$/],
  ['scripts/bench.ts', ['--queries', '1,,6'], /^--queries must be a list of numbers from 1 to 22, .*\n$/],
  ['scripts/bench.ts', ['--scale', '1', '--data', '.'], /^--scale has no effect on the tables in --data\..*\n$/],
  ['scripts/chaos.ts', ['--only', 'flood'], /^--only must be a list of faults, .*executor-kill.*, not "flood"\.\n$/],
  ['scripts/localstack.ts', ['--scale', 'abc'], /^--scale must be a number from 0\.001 to 1000, not "abc"\.\n$/],
  ['scripts/offline.ts', [], /^VOLLEY_OFFLINE_PORT must be a whole number from 1 to 65535, not "abc"\.\n$/],
  ['scripts/sim.ts', ['--fanout', 'x'], /^--fanout must be auto or a whole number of at least 1, not "x"\.\n$/],
  ['localstack/init.ts', ['--memory', '64'], /^--memory must be a whole number from 128 to 10240, not "64"\.\n$/],
  ['localstack/lambda/main.ts', ['none.json'], /^The file none\.json cannot be read: .*\n$/],
];

describe('a script with wrong values', { concurrency: 2 }, () => {
  for (const [script, flags, stderr] of REJECTED) {
    test(`rejects ${[script, ...flags].join(' ')} with status 2 and one line`, async () => {
      const ended = await run(script, ...flags);
      assert.deepEqual([ended.status, ended.stdout], [2, '']);
      assert.match(ended.stderr, stderr);
    });
  }
});

const OPTIONS = {
  whole: { value: 'N', read: wholeNumberFrom(1), about: '' },
  limited: { value: 'N', read: wholeNumberFrom(0, 9), about: '' },
  number: { value: 'X', read: numberFrom(0.5), about: '' },
  share: { value: 'X', read: numberFrom(0, 1), about: '' },
  word: { value: 'name', read: oneOf('one', 'two'), about: '' },
  list: {
    value: 'names',
    read: listOf('a list of digits', (item) => (/^\d$/.test(item) ? item : undefined)),
    about: '',
  },
  'with-default': { value: 'N', default: '3', read: wholeNumberFrom(1), about: '' },
  flag: { about: '' },
} as const;
const parse = (...argv: readonly string[]) => parseScriptArguments({ name: 'npm run x', about: '' }, OPTIONS, argv);

test('the parser reads values and applies defaults', () => {
  assert.deepEqual(
    parse('--whole', '7', '--number=0.5', '--share', '1', '--word', 'two', '--list', '1, 2,1', '--flag'),
    {
      options: { whole: 7, number: 0.5, share: 1, word: 'two', list: ['1', '2'], withDefault: 3, flag: true },
      names: [],
    },
  );
});

for (const [flag, values, message] of [
  ['whole', ['0', '-1', '1.5', '1e3', 'abc', ' ', '99999999999999999999'], 'must be a whole number of at least 1'],
  ['limited', ['10', 'x'], 'must be a whole number from 0 to 9'],
  ['number', ['0.4', '.5', '1e1', '0x1', 'Infinity', 'abc'], 'must be a number of at least 0.5'],
  ['share', ['1.1', '-0'], 'must be a number from 0 to 1'],
  ['word', ['three', 'ONE'], 'must be one or two'],
  ['list', ['1,,2', ',', 'a'], 'must be a list of digits'],
  ['with-default', ['0'], 'must be a whole number of at least 1'],
] as const) {
  for (const value of values) {
    test(`the parser rejects --${flag}="${value}" and names the accepted values`, () => {
      assert.throws(() => parse(`--${flag}=${value}`), {
        code: 'USAGE',
        message: `--${flag} ${message}, not "${value}".`,
      });
    });
  }
}

for (const [argv, message] of [
  [['--whole='], '--whole has an empty value. Specify a value, or omit the flag.'],
  [['--whole'], "Option '--whole <N>' requires a value. Run npm run x -- --help for usage."],
  [
    ['--whole', '1', '--whole', '2'],
    '--whole was given more than once, but accepts only one value. Run npm run x -- --help for usage.',
  ],
  [['--whale', '1'], "Unknown option '--whale'. Did you mean --whole? Run npm run x -- --help for usage."],
  [['more'], 'npm run x does not accept the argument "more". Run npm run x -- --help for usage.'],
] as const) {
  test(`the parser rejects the arguments ${argv.join(' ')} in one line`, () => {
    assert.throws(() => parse(...argv), { code: 'USAGE', message });
  });
}
