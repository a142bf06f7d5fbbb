import assert from 'node:assert/strict';
import { copyFile, mkdir, rename, symlink, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import test from 'node:test';
import { nearestNames } from '../../../coordinator/binder/sql/nearest-names.ts';
import { type CatalogSources, createCatalog } from '../../../coordinator/catalog/discover.ts';
import { fileFormat } from '../../../coordinator/catalog/formats.ts';
import { type PinnedTable, pinTable } from '../../../coordinator/catalog/pin-table.ts';
import { TextSamples } from '../../../coordinator/catalog/text-samples.ts';
import { type ErrorCode, FabricError } from '../../../engine/errors.ts';
import { FooterCache } from '../../../engine/scan/footer-cache.ts';
import { temporaryFolder, writeParquet } from '../../engine/scan/parquet-fixture.ts';

const rejectsWith = (code: ErrorCode, message: RegExp) => (error: unknown) => {
  assert.ok(error instanceof FabricError, String(error));
  assert.equal(error.code, code, error.message);
  assert.match(error.message, message);
  return true;
};

async function write(folder: string, ...files: readonly string[]): Promise<void> {
  for (const file of files) {
    await mkdir(join(folder, file, '..'), { recursive: true });
    await writeFile(join(folder, file), '');
  }
}

async function tablesOf(
  folder: string,
  sources: Partial<CatalogSources>,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const { tables } = await createCatalog({ data: [], tables: [], workingFolder: folder, ...sources });
  return Object.fromEntries(
    tables.map((table) => [`${table.name} ${table.format}`, table.files.map((file) => relative(folder, file))]),
  );
}

test('creates a table for each file and folder directly inside a data folder', async (t) => {
  const folder = await temporaryFolder(t);
  await write(folder, 'd/a.parquet', 'd/b.csv', 'd/c.ndjson.gz', 'd/e.TSV', 'd/readme.md', 'd/.x.csv', 'd/_tmp.csv');
  await write(
    folder,
    'd/f/2.parquet',
    'd/f/1.parquet',
    'd/f/_SUCCESS',
    'd/f/year=1/3.parquet',
    'd/f/_old/4.parquet',
    'd/g/notes.txt',
  );
  assert.deepEqual(await tablesOf(folder, { data: ['d'] }), {
    'a parquet': ['d/a.parquet'],
    'b csv': ['d/b.csv'],
    'c json': ['d/c.ndjson.gz'],
    'e csv': ['d/e.TSV'],
    'f parquet': ['d/f/1.parquet', 'd/f/2.parquet', 'd/f/year=1/3.parquet'],
  });
});

test('creates a table for a data path that is a file', async (t) => {
  const folder = await temporaryFolder(t);
  await write(folder, 'd/some.thing.json');
  assert.deepEqual(await tablesOf(folder, { data: ['d/some.thing.json'] }), {
    'some.thing json': ['d/some.thing.json'],
  });
});

test('combines the files, folders and globs of a named table, which takes precedence over data folders', async (t) => {
  const folder = await temporaryFolder(t);
  await write(folder, 'd/a.csv', 'x/1.csv', 'x/2.csv', 'y/z/3.csv');
  const tables = ['x/*.csv', 'y', 'x/1.csv'].map((path) => ({ name: 'A', path }));
  assert.deepEqual(await tablesOf(folder, { data: ['d'], tables }), { 'A csv': ['x/1.csv', 'x/2.csv', 'y/z/3.csv'] });
});

test('lists invalid tables with their errors, unless a named table has the same name', async (t) => {
  const folder = await temporaryFolder(t);
  await write(folder, 'd/m/1.csv', 'd/m/2.json', 'd/t.csv', 'd/t.json', 'd/T.parquet', 'd/a.csv');
  const unreadable = async (sources: Partial<CatalogSources>) => {
    const catalog = await createCatalog({ data: [], tables: [], workingFolder: folder, ...sources });
    return [catalog.tables.map(({ name }) => name), catalog.unreadable.map(({ name, error }) => [name, error.message])];
  };
  const [m, twins] = [
    ['m', 'The table m has files of two formats, csv and json. Use one format per table.'],
    [
      't',
      `Two inputs have the table name t: ${join(folder, 'd/T.parquet')} and ${join(folder, 'd/t.csv')}. Name them with --table NAME=PATH.`,
    ],
  ];
  assert.deepEqual(await unreadable({ data: ['d'] }), [['a'], [m, twins]]);
  assert.deepEqual(await unreadable({ data: ['d'], tables: [{ name: 'T', path: 'd/t.csv' }] }), [['T', 'a'], [m]]);
  assert.deepEqual(await unreadable({ data: ['d/m'] }), [['1', '2'], []]);
});

const wrongSources: readonly {
  readonly what: string;
  readonly sources: Partial<CatalogSources>;
  readonly code: ErrorCode;
  readonly message: RegExp;
}[] = [
  { what: 'a missing folder', sources: { data: ['none'] }, code: 'INPUT_NOT_FOUND', message: /none/ },
  {
    what: 'a missing file',
    sources: { tables: [{ name: 'a', path: 'd/none.csv' }] },
    code: 'INPUT_NOT_FOUND',
    message: /none\.csv/,
  },
  {
    what: 'a glob without matches',
    sources: { tables: [{ name: 'a', path: 'd/*.json' }] },
    code: 'INPUT_NOT_FOUND',
    message: /d\/\*\.json/,
  },
  { what: 'an empty folder', sources: { data: ['empty'] }, code: 'INPUT_NOT_FOUND', message: /empty/ },
  {
    what: 'a file of an unknown format',
    sources: { data: ['d/note.txt'] },
    code: 'INPUT_INVALID',
    message: /note\.txt/,
  },
  {
    what: 'a table of two formats',
    sources: {
      tables: [
        { name: 'a', path: 'd/a.csv' },
        { name: 'a', path: 'twins/t.json' },
      ],
    },
    code: 'INPUT_INVALID',
    message: /csv and json/,
  },
  { what: 'a URL', sources: { data: ['s3://bucket/x'] }, code: 'LOCATION_NOT_ALLOWED', message: /s3:\/\/bucket\/x/ },
];

for (const { what, sources, code, message } of wrongSources) {
  test(`rejects ${what} with ${code}`, async (t) => {
    const folder = await temporaryFolder(t);
    await write(folder, 'd/a.csv', 'd/note.txt', 'twins/t.json');
    await mkdir(join(folder, 'empty'));
    await assert.rejects(
      createCatalog({ data: [], tables: [], workingFolder: folder, ...sources }),
      rejectsWith(code, message),
    );
  });
}

async function pin(folder: string, cache = new FooterCache(1 << 20)): Promise<PinnedTable> {
  const { tables, inputs } = await createCatalog({ data: ['d'], tables: [], workingFolder: folder });
  assert.ok(tables[0] !== undefined);
  return pinTable(tables[0], { inputs, footers: cache, samples: new TextSamples(join(folder, 'samples')) });
}

test('pins a table with the identity and footer of every file', async (t) => {
  const folder = await temporaryFolder(t);
  await mkdir(join(folder, 'd/t'), { recursive: true });
  writeParquet(join(folder, 'd/t/1.parquet'), 'SELECT range AS a FROM range(10)');
  writeParquet(join(folder, 'd/t/2.parquet'), 'SELECT range AS a FROM range(20)');
  const cache = new FooterCache(1 << 20);
  const table = await pin(folder, cache);
  assert.ok(table.format === 'parquet');
  assert.deepEqual(
    table.files.map(({ footer }) => footer.layout.rows),
    [10, 20],
  );
  const again = await pin(folder, cache);
  assert.ok(again.format === 'parquet');
  assert.equal(again.files[1]?.footer, table.files[1]?.footer, 'the footer was read again');
  writeParquet(join(folder, 'new.parquet'), 'SELECT range AS a FROM range(30)');
  await rename(join(folder, 'new.parquet'), join(folder, 'd/t/2.parquet'));
  const replaced = await pin(folder, cache);
  assert.ok(replaced.format === 'parquet');
  assert.equal(replaced.files[1]?.footer.layout.rows, 30);
  assert.notDeepEqual(replaced.files[1]?.identity, table.files[1]?.identity);
});

const disagreeing: readonly { readonly what: string; readonly query: string; readonly message: RegExp }[] = [
  {
    what: 'a column of another type',
    query: "SELECT 'x' AS a, 1 AS b",
    message: /column a is BYTE_ARRAY UTF8 in .*2\.parquet but is INT64 INT_64 in .*1\.parquet/,
  },
  { what: 'a missing column', query: 'SELECT 1::BIGINT AS a', message: /column b is missing in .*2\.parquet/ },
  {
    what: 'an additional column',
    query: 'SELECT 1::BIGINT AS a, 1 AS b, 2 AS c',
    message: /column c is .* in .*2\.parquet but is missing in .*1\.parquet/,
  },
];

for (const { what, query, message } of disagreeing) {
  test(`rejects a table with INPUT_INVALID if one of its files has ${what}`, async (t) => {
    const folder = await temporaryFolder(t);
    await mkdir(join(folder, 'd/t'), { recursive: true });
    writeParquet(join(folder, 'd/t/1.parquet'), 'SELECT 1::BIGINT AS a, 1 AS b');
    writeParquet(join(folder, 'd/t/2.parquet'), query);
    await assert.rejects(pin(folder), rejectsWith('INPUT_INVALID', message));
  });
}

test('accepts files of one table that differ in column order and nullability', async (t) => {
  const folder = await temporaryFolder(t);
  await mkdir(join(folder, 'd/t'), { recursive: true });
  writeParquet(join(folder, 'd/t/1.parquet'), "SELECT [1] AS a, {'x': 1, 'y': 'z'} AS b");
  writeParquet(join(folder, 'd/t/2.parquet'), "SELECT {'x': 2, 'y': NULL::VARCHAR} AS b, NULL::INTEGER[] AS a");
  assert.equal((await pin(folder)).files.length, 2);
});

test('reports LOCATION_NOT_ALLOWED for a symbolic link that leads out of the data folder', async (t) => {
  const folder = await temporaryFolder(t);
  await mkdir(join(folder, 'd'));
  writeParquet(join(folder, 'secret.parquet'), 'SELECT 1');
  await symlink('../secret.parquet', join(folder, 'd/t.parquet'));
  await assert.rejects(pin(folder), rejectsWith('LOCATION_NOT_ALLOWED', /d\/t\.parquet/));
});

test('reports INPUT_INVALID for an invalid Parquet file and for an Arrow IPC file', async (t) => {
  const folder = await temporaryFolder(t);
  await write(folder, 'd/t.parquet');
  await assert.rejects(pin(folder), rejectsWith('INPUT_INVALID', /d\/t\.parquet .*it is empty/));
  await rename(join(folder, 'd/t.parquet'), join(folder, 'd/t.arrow'));
  await assert.rejects(pin(folder), rejectsWith('INPUT_INVALID', /Arrow/));
});

test('reports INPUT_NOT_FOUND for a file that was deleted after discovery', async (t) => {
  const folder = await temporaryFolder(t);
  await write(folder, 'd/t.csv');
  const { tables, inputs } = await createCatalog({ data: ['d'], tables: [], workingFolder: folder });
  const context = { inputs, footers: new FooterCache(1 << 20), samples: new TextSamples(join(folder, 'samples')) };
  await rename(join(folder, 'd/t.csv'), join(folder, 'd/u.csv'));
  assert.ok(tables[0] !== undefined);
  await assert.rejects(pinTable(tables[0], context), rejectsWith('INPUT_NOT_FOUND', /d\/t\.csv/));
  await copyFile(join(folder, 'd/u.csv'), join(folder, 'd/t.csv'));
  assert.equal((await pinTable(tables[0], context)).files.length, 1);
});

const formats: readonly (readonly [name: string, table: string | undefined, format?: string])[] = [
  ['a.parquet', 'a', 'parquet'],
  ['a.b.csv', 'a.b', 'csv'],
  ['a.csv.gz', 'a', 'csv'],
  ['a.JSONL.ZST', 'a', 'json'],
  ['a.parquet.gz', undefined],
  ['a.txt', undefined],
  ['.csv', undefined],
  ['csv', undefined],
];

test('determines the format of a file from its extension', () => {
  for (const [name, table, format] of formats) {
    assert.deepEqual(fileFormat(name), table === undefined ? undefined : { table, format }, name);
  }
});

test('suggests similar names, most similar first', () => {
  assert.deepEqual(nearestNames('lineitm', ['orders', 'lineitem', 'LINEITMS', 'line']), [
    'LINEITMS',
    'lineitem',
    'line',
  ]);
  assert.deepEqual(nearestNames('x', ['customer', 'supplier']), []);
});

test('treats two table names as equal only if DuckDB does', async (t) => {
  const folder = await temporaryFolder(t);
  await write(folder, 'd/kiwi.csv', 'd/\u212aiwi.csv', 'd/seed.csv', 'd/\u017feed.csv', 'd/Plum.csv', 'd/plum.tsv');
  const { tables, unreadable } = await createCatalog({ data: ['d'], tables: [], workingFolder: folder });
  assert.deepEqual(tables.map(({ name }) => name).sort(), ['kiwi', 'seed', '\u017feed', '\u212aiwi']);
  assert.deepEqual(
    unreadable.map(({ name }) => name.toLowerCase()),
    ['plum'],
  );
});
