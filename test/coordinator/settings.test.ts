import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultSettings, SETTING_NAMES, type Settings, withSetting } from '../../coordinator/settings.ts';
import { FabricError } from '../../engine/errors.ts';

const DEFAULTS = defaultSettings('UTC');

const TAKEN: readonly (readonly [name: string, value: string, change: Partial<Settings>])[] = [
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

for (const [name, value, change] of TAKEN) {
  test(`${name} takes ${value}`, () =>
    assert.deepEqual(withSetting(DEFAULTS, name, value), { ...DEFAULTS, ...change }));
}

const REFUSED: readonly (readonly [name: string, value: string])[] = [
  ['fanout', '0'],
  ['fanout', '1.5'],
  ['fanout', '-1'],
  ['fanout', '100000'],
  ['broadcast_limit', '10 parsecs'],
  ['broadcast_limit', '-1'],
  ['timeout', '30'],
  ['timeout', '0s'],
  ['timeout', '100d'],
  ['memory', '64'],
  ['memory', '1GiB'],
  ['retries', 'many'],
  ['timezone', 'Mars/Olympus'],
  // These have no effect yet: refused, not ignored.
  ['speculation', 'on'],
  ['shuffle_compression', 'zstd'],
  ['shuffle_compression', 'gzip'],
  ['max_cost', '0.01'],
  ['max_rows', '10'],
];

for (const [name, value] of REFUSED) {
  test(`${name} refuses ${value}, naming both`, () => {
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

test('max_cost is refused in words that hold for every kind of executors', () => {
  assert.throws(() => withSetting(DEFAULTS, 'max_cost', '0.01'), { message: /nothing in this version stops a job/ });
});

test('a setting that does not exist is refused with those that do', () => {
  assert.throws(
    () => withSetting(DEFAULTS, 'threads', '4'),
    (error) =>
      error instanceof FabricError &&
      error.code === 'UNKNOWN_SETTING' &&
      SETTING_NAMES.every((name) => error.message.includes(name)),
  );
});
