import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { defaultSettings, SETTING_NAMES, SETTINGS, type Settings, withSetting } from '../../coordinator/settings.ts';
import { FabricError } from '../../engine/errors.ts';

const DEFAULTS = defaultSettings('UTC');

const ACCEPTED: readonly (readonly [name: string, value: string, change: Partial<Settings>])[] = [
  ['fanout', 'auto', { fanout: 'auto' }],
  ['FANOUT', '16', { fanout: 16 }],
  ['broadcast_limit', '0', { broadcastLimitBytes: 0 }],
  ['broadcast_limit', '64 MiB', { broadcastLimitBytes: 67108864 }],
  ['broadcast_limit', '1.5gb', { broadcastLimitBytes: 1_500_000_000 }],
  ['timeout', '500ms', { timeoutMs: 500 }],
  ['timeout', '5m', { timeoutMs: 300_000 }],
  ['memory', '2048', { memoryMiB: 2048 }],
  ['retries', '0', { retries: 0 }],
  ['result_ttl', '1h', { resultTtlMs: 3_600_000 }],
  ['timezone', 'Europe/Berlin', { timeZone: 'Europe/Berlin' }],
  ['speculation', 'off', {}],
  ['shuffle_compression', 'none', {}],
  ['shuffle_compression', 'LZ4', { shuffleCompression: 'lz4' }],
];

for (const [name, value, change] of ACCEPTED) {
  test(`accepts ${name}=${value}`, () =>
    assert.deepEqual(withSetting(DEFAULTS, name, value), { ...DEFAULTS, ...change }));
}

const REJECTED: readonly (readonly [name: string, value: string])[] = [
  ['fanout', '0'],
  ['fanout', '1.5'],
  ['fanout', '-1'],
  ['fanout', '100000'],
  ['fanout', 'abc'],
  ['broadcast_limit', '10 parsecs'],
  ['broadcast_limit', '-1'],
  ['timeout', '30'],
  ['timeout', '0s'],
  ['timeout', '100d'],
  ['memory', '64'],
  ['memory', '1GiB'],
  ['retries', 'many'],
  ['timezone', 'Mars/Olympus'],
  // Reserved settings, which have no effect yet.
  ['speculation', 'on'],
  ['shuffle_compression', 'zstd'],
  ['shuffle_compression', 'gzip'],
  ['max_rows', '10'],
];

for (const [name, value] of REJECTED) {
  test(`rejects ${name}=${value} and names both in the error`, () => {
    assert.throws(
      () => withSetting(DEFAULTS, name, value),
      (error) =>
        error instanceof FabricError &&
        error.code === 'INVALID_SETTING' &&
        error.message.includes(name) &&
        error.message.includes(value),
    );
  });
}

test('rejects an unknown setting and lists the known settings', () => {
  assert.throws(
    () => withSetting(DEFAULTS, 'threads', '4'),
    (error) =>
      error instanceof FabricError &&
      error.code === 'UNKNOWN_SETTING' &&
      SETTING_NAMES.every((name) => error.message.includes(name)),
  );
});

test('lists the accepted values when it rejects a value', () => {
  assert.throws(() => withSetting(DEFAULTS, 'fanout', 'abc'), { message: /auto, or a whole number from 1 to 10000/ });
});

/** Returns the table of settings as `docs/cli.md` must show it. */
function documentedTable(): string {
  const rows = SETTINGS.filter(({ reserved }) => reserved === undefined).map(({ name, defaultText, help, details }) => {
    const text = `${help.charAt(0).toUpperCase()}${help.slice(1)}.${details === undefined ? '' : ` ${details}.`}`;
    return `| \`${name}\` | ${defaultText} | ${text} |\n`;
  });
  return `| setting | default | |\n| --- | --- | --- |\n${rows.join('')}`;
}

test('docs/cli.md shows the table of settings and names the reserved settings', () => {
  const page = readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8');
  const [table] = /\| setting \| default \|[\s\S]*?\n(?=\n)/.exec(page) ?? [];
  assert.equal(table, documentedTable());
  for (const { name, reserved } of SETTINGS) {
    if (reserved !== undefined) assert.ok(page.includes(`\`${name}\``), name);
  }
});
