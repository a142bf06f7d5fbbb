import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { FabricError } from '../../../engine/errors.ts';
import { loadConfig } from '../../../functions/config/config.ts';

const folder = mkdtempSync(join(tmpdir(), 'volley-config-'));
after(() => rmSync(folder, { recursive: true }));

/** Keeps the tests from reading the user's own config file. */
const HOME = { XDG_CONFIG_HOME: folder, XDG_STATE_HOME: join(folder, 'state') };

function configFile(content: unknown): string {
  const path = join(folder, `${Math.random().toString(36).slice(2)}.json`);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

test('uses defaults if nothing is configured', () => {
  const config = loadConfig({}, HOME);
  assert.deepEqual(
    [config.data, config.tables, config.format, config.settings.fanout, config.settings.retries, config.quiet],
    [[], [], 'table', 'auto', 3, false],
  );
  assert.equal(config.stateDirectory, join(folder, 'state', 'volley'));
});

test('flags override the environment, which overrides the config file, and lists are concatenated', () => {
  const path = configFile({
    data: ['lake'],
    tables: { trips: ['a.parquet', '/b.parquet'], s: 's3://bucket/x' },
    settings: { fanout: 2, retries: '5', broadcast_limit: '1MiB' },
    format: 'csv',
    quiet: true,
  });
  const environment = { ...HOME, VOLLEY_FANOUT: '3', VOLLEY_RETRIES: '6', VOLLEY_FORMAT: 'json', VOLLEY_DATA: 'x,y' };
  const config = loadConfig(
    { config: path, set: ['fanout=4'], format: 'ndjson', data: ['z'], table: ['t=c.parquet'] },
    environment,
  );
  assert.deepEqual(
    [config.settings.fanout, config.settings.retries, config.settings.broadcastLimitBytes],
    [4, 6, 1048576],
  );
  assert.deepEqual([config.format, config.quiet], ['ndjson', true]);
  assert.deepEqual(config.data, [join(folder, 'lake'), 'x', 'y', 'z']);
  assert.deepEqual(config.tables, [
    { name: 'trips', location: join(folder, 'a.parquet') },
    { name: 'trips', location: '/b.parquet' },
    { name: 's', location: 's3://bucket/x' },
    { name: 't', location: 'c.parquet' },
  ]);
});

test('uses the home directory from the user database if HOME is unset, empty or relative', () => {
  const state = join(userInfo().homedir, '.local', 'state', 'volley');
  const named = { XDG_CONFIG_HOME: folder };
  for (const environment of [named, { ...named, HOME: '' }, { ...named, HOME: 'home' }]) {
    assert.equal(loadConfig({}, environment).stateDirectory, state);
  }
  assert.equal(loadConfig({}, { ...named, HOME: '/h' }).stateDirectory, '/h/.local/state/volley');
});

test('treats an empty variable as unset', () => {
  const path = configFile({ format: 'csv', store: '/from/file' });
  const empty = { VOLLEY_CONFIG: '', VOLLEY_STORE: '', VOLLEY_FORMAT: '', VOLLEY_FABRIC: '', VOLLEY_DATA: '' };
  const config = loadConfig({ config: path }, { ...HOME, ...empty });
  assert.deepEqual([config.format, config.store, config.fabric], ['csv', '/from/file', { kind: 'local' }]);
  assert.equal(loadConfig({}, { ...HOME, ...empty }).format, 'table');
});

test('reads the store from the flag, the environment or the config file', () => {
  const path = configFile({ store: '/from/file' });
  const environment = { ...HOME, VOLLEY_STORE: 's3://from-environment' };
  assert.equal(loadConfig({}, HOME).store, undefined);
  assert.equal(loadConfig({ config: path }, HOME).store, '/from/file');
  assert.equal(loadConfig({ config: path }, environment).store, 's3://from-environment');
  assert.equal(loadConfig({ config: path, store: 's3://from-flag/x/' }, environment).store, 's3://from-flag/x');
  assert.deepEqual(loadConfig({}, { ...HOME, VOLLEY_S3_ENDPOINT: 'http://s3' }).s3.settings, {
    endpoint: 'http://s3',
    region: 'us-east-1',
  });
});

test('resolves paths in a config file against its folder, except those with a scheme', () => {
  const store = (value: string) => loadConfig({ config: configFile({ store: value }) }, HOME).store;
  assert.equal(store('objects'), join(folder, 'objects'));
  assert.equal(store('s3://bucket/x'), 's3://bucket/x');
  assert.equal(store('file:///x'), '/x');
  assert.throws(() => store('s3:/bucket'), { code: 'USAGE', message: /not "s3:\/bucket"/ });
  const serve = (value: object) => loadConfig({ config: configFile({ serve: value }) }, HOME).serve;
  assert.deepEqual(serve({ allow: ['lake', '/lake', 's3://lake'], journal: 'journal', store: '../store', name: 'a' }), {
    allow: [join(folder, 'lake'), '/lake', 's3://lake'],
    journal: join(folder, 'journal'),
    store: resolve(folder, '../store'),
    name: 'a',
  });
  const asTheyAre = { allow: '', journal: 'etcd://host:2379/volley', store: 'ftp:x', executors: 'local' };
  assert.deepEqual(serve(asTheyAre), asTheyAre);
});

test('makes the output path absolute', () => {
  assert.equal(loadConfig({ output: 'x.csv' }, HOME).outputPath, resolve('x.csv'));
});

const REJECTED: readonly (readonly [name: string, load: () => unknown, code: string, names: string])[] = [
  [
    'a config file that is missing',
    () => loadConfig({ config: join(folder, 'none.json') }, HOME),
    'USAGE',
    'none.json',
  ],
  ['a config file that is not JSON', () => loadConfig({ config: configFile('{') }, HOME), 'USAGE', '.json'],
  [
    'a config file with an unknown key',
    () => loadConfig({ config: configFile({ date: [] }) }, HOME),
    'USAGE',
    '"date"',
  ],
  [
    'a config file that holds a list',
    () => loadConfig({ config: configFile([]) }, HOME),
    'USAGE',
    'must contain one JSON object',
  ],
  [
    'a config file with an empty path',
    () => loadConfig({ config: configFile({ tables: { t: ['x', ''] } }) }, HOME),
    'USAGE',
    '"tables.t" contains an empty path.',
  ],
  [
    'a config file with a table without paths',
    () => loadConfig({ config: configFile({ tables: { t: [] } }) }, HOME),
    'USAGE',
    '"tables.t" has no paths. Add one, or remove the table.',
  ],
  [
    'a config file with a path in the home directory',
    () => loadConfig({ config: configFile({ data: '~/lake' }) }, HOME),
    'USAGE',
    '"data" starts with ~, which only a shell expands.',
  ],
  [
    'a config file with a store in the home directory',
    () => loadConfig({ config: configFile({ store: '~/store' }) }, HOME),
    'USAGE',
    '"store" starts with ~, which only a shell expands.',
  ],
  [
    'a config file with a repeated key',
    () => loadConfig({ config: configFile('{"data": "a", "settings": {}, "data": "b"}') }, HOME),
    'USAGE',
    'has the member "data" twice.',
  ],
  [
    'a config file with a setting of the wrong type',
    () => loadConfig({ config: configFile({ settings: { fanout: true } }) }, HOME),
    'USAGE',
    '"settings.fanout" must be a string or a number',
  ],
  [
    'a config file with a value of the wrong type',
    () => loadConfig({ config: configFile({ data: 3 }) }, HOME),
    'USAGE',
    '"data"',
  ],
  [
    'a config file with an unknown setting',
    () => loadConfig({ config: configFile({ settings: { x: 1 } }) }, HOME),
    'UNKNOWN_SETTING',
    'The value is "settings.x" in the config file /',
  ],
  [
    'a config file with an unknown format',
    () => loadConfig({ config: configFile({ format: 'xml' }) }, HOME),
    'USAGE',
    'The value is "format" in the config file /',
  ],
  [
    'a config file with an unknown fabric',
    () => loadConfig({ config: configFile({ fabric: 'x' }) }, HOME),
    'USAGE',
    'The value is "fabric" in the config file /',
  ],
  [
    'a config file with an invalid store',
    () => loadConfig({ config: configFile({ store: 's3:/x' }) }, HOME),
    'USAGE',
    'The value is "store" in the config file /',
  ],
  ['an invalid store', () => loadConfig({ store: 'here' }, HOME), 'USAGE', '"here"'],
  ['a table without a file', () => loadConfig({ table: ['t='] }, HOME), 'USAGE', 't='],
  ['a table without a name', () => loadConfig({ table: ['=x'] }, HOME), 'USAGE', '=x'],
  [
    'an environment variable with an invalid setting',
    () => loadConfig({}, { ...HOME, VOLLEY_FANOUT: 'many' }),
    'INVALID_SETTING',
    'many',
  ],
  ['a flag with an invalid format', () => loadConfig({ format: 'xml' }, HOME), 'USAGE', 'xml'],
  ['a setting without a value', () => loadConfig({ set: ['fanout'] }, HOME), 'USAGE', 'fanout'],
  ['an unknown setting', () => loadConfig({ set: ['threads=4'] }, HOME), 'UNKNOWN_SETTING', 'threads'],
  [
    'an environment variable with an invalid format',
    () => loadConfig({}, { ...HOME, VOLLEY_FORMAT: 'xml' }),
    'USAGE',
    'xml',
  ],
];

for (const [name, load, code, names] of REJECTED) {
  test(`rejects ${name}, and identifies it in the message`, () => {
    assert.throws(
      load,
      (error) => error instanceof FabricError && error.code === code && error.message.includes(names),
    );
  });
}
