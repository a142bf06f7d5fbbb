import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { gzipSync } from 'node:zlib';
import { temporaryFolder } from '../../engine/scan/parquet-fixture.ts';
import { openBinder } from './binder-fixture.ts';
import { bindQuery, columnsOf, filesOf, operators } from './bound-query.ts';

const texts: readonly {
  readonly file: string;
  readonly content: string | Buffer;
  readonly columns: readonly string[];
  readonly format: unknown;
}[] = [
  {
    file: 'plain.csv',
    content: 'id,name\n1,one\n2,two\n',
    columns: ['id BIGINT', 'name VARCHAR'],
    format: { kind: 'csv', delimiter: ',', header: true },
  },
  {
    file: 'german.csv',
    content: 'id;when;price\n1;2020-01-31;0.5\n2;2020-02-01;"1.5"\n',
    columns: ['id BIGINT', 'when DATE', 'price DOUBLE'],
    format: { kind: 'csv', delimiter: ';', quote: '"', header: true },
  },
  {
    file: 'bare.tsv',
    content: '1\tx\n2\ty\n',
    columns: ['column0 BIGINT', 'column1 VARCHAR'],
    format: { kind: 'csv', delimiter: '\t', header: false },
  },
  {
    file: 'zipped.csv.gz',
    content: gzipSync('id,ok\n1,true\n'),
    columns: ['id BIGINT', 'ok BOOLEAN'],
    format: { kind: 'csv', delimiter: ',' },
  },
  {
    file: 'lines.ndjson',
    content: '{"a": 1, "b": {"c": [1, 2]}}\n{"a": 2, "b": null, "d": "2020-01-01 10:00:00"}\n',
    columns: ['a BIGINT', 'b STRUCT("c" BIGINT[])', 'd TIMESTAMP'],
    format: { kind: 'json', layout: 'newline-delimited' },
  },
  {
    file: 'array.json',
    content: ' [{"a": 1.5},\n {"a": 2}]',
    columns: ['a DOUBLE'],
    format: { kind: 'json', layout: 'array' },
  },
  {
    file: 'zipped.json.gz',
    content: gzipSync('[{"a": true}]'),
    columns: ['a BOOLEAN'],
    format: { kind: 'json', layout: 'array' },
  },
];

test('binds CSV and JSON files with their own dialect and columns, and ignores the row counts and statistics of their Parquet stand-ins', async (t) => {
  const folder = await temporaryFolder(t);
  for (const { file, content } of texts) await writeFile(join(folder, file), content);
  const to = await openBinder(t, { data: [], allow: ['.'], workingFolder: folder });
  for (const { file, columns, format } of texts) {
    const result = await bindQuery(to, `SELECT * FROM '${file}'`);
    assert.deepEqual(columnsOf(result), columns, file);
    assert.deepEqual(filesOf(result), [[file, join(folder, file)]]);
    const scan = operators(result.plan.root).find((relation) => relation.kind === 'scan');
    assert.ok(scan?.kind === 'scan');
    const { format: found } = scan;
    const options = found.kind === 'csv' ? { kind: 'csv', ...found.options } : found;
    assert.deepEqual({ ...options, ...(format as object) }, options, file);
    const name = columns[0]?.split(' ')[0];
    for (const query of [
      `SELECT count(*) FROM '${file}'`,
      `SELECT * FROM '${file}' WHERE ${name} IS NULL`,
      `SELECT max(${name}) FROM '${file}'`,
    ]) {
      const kinds = operators((await bindQuery(to, query)).plan.root).map(({ kind }) => kind);
      assert.ok(kinds.includes('scan'), `${query} reads nothing: ${kinds.join()}`);
    }
  }
  assert.deepEqual(columnsOf(await bindQuery(to, "SELECT read_csv.id FROM read_csv('plain.csv')")), ['id BIGINT']);
});

const wrongTexts: readonly { readonly files: Readonly<Record<string, string | Buffer>>; readonly message: RegExp }[] = [
  {
    files: { '1.csv': 'a,b\n1,2\n', '2.csv': 'a,c\n1,2\n' },
    message: /column 2 is c BIGINT in .*2\.csv but b BIGINT in .*1\.csv/,
  },
  { files: { '1.csv': 'a,b\n1,2\n', '2.csv': 'a;b\n1;2\n' }, message: /2\.csv and .*1\.csv differ in delimiter/ },
  { files: { '1.csv': 'a,d\n1,31/12/2020\n' }, message: /1\.csv: dates in the format %d\/%m\/%Y/ },
  { files: { '1.json': '{"a": 1}', '2.json': '[{"a": 1}]' }, message: /2\.json and .*1\.json differ in/ },
  { files: { '1.json': '' }, message: /1\.json contains no JSON/ },
  { files: { '1.json': '{"a": ' }, message: /1\.json cannot be read as JSON/ },
  { files: { '1.json.gz': '{"a": 1}' }, message: /1\.json\.gz is not a gzip file, although its name ends in \.gz/ },
  { files: { '1.csv.gz': 'a,b\n1,2\n' }, message: /1\.csv\.gz cannot be read as CSV/ },
  { files: { '1.csv': 'a\n1\n', '2.csv': 'a,v\n1,2\n' }, message: /column v exists only in .*2\.csv/ },
  {
    files: { '1.csv': Buffer.from('a,b\n1,\xff\n', 'latin1') },
    message: /1\.csv, line 2: not valid UTF-8\. Convert the file to UTF-8/,
  },
  {
    files: { '1.csv': 'title\n\na,b,c\n1,2,3\n' },
    message: /1\.csv: the table seems to start at line 3.*Otherwise, delete them\./,
  },
  {
    files: { '1.csv': 'a,b\n1,2\n3,4,5\n' },
    message: /start at line 3.*If the lines before it are rows, correct their number of fields\./,
  },
  {
    files: { 'dt=2020-01-01/1.csv': 'dt,x\nfoo,1\n' },
    message: /1\.csv: column dt clashes with the partition folder dt=2020-01-01/,
  },
  { files: { '1.csv': 'a\0b,c\n1,2\n' }, message: /1\.csv: the column name "a\\u0000b" contains a NUL character/ },
  { files: { '1.json': '{"a\\u0000b": 1}' }, message: /1\.json: the column name "a\\u0000b" contains a NUL/ },
  { files: { '1.json': '{"a": {"b\\u0000c": 1}}' }, message: /1\.json: a key in column a contains a NUL character/ },
];

for (const { files, message } of wrongTexts) {
  test(`rejects invalid text files with INPUT_INVALID: ${message.source}`, async (t) => {
    const folder = await temporaryFolder(t);
    for (const [name, content] of Object.entries(files)) {
      const path = join(folder, 'd/t', name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
    }
    const error = await (await openBinder(t, { data: ['d'], workingFolder: folder })).refusal('FROM t');
    assert.equal(error.code, 'INPUT_INVALID', error.message);
    assert.match(error.message, message);
  });
}

/** An object with a million keys. DuckDB makes a column of each. */
const manyKeys = `{${Array.from({ length: 1_000_000 }, (_, index) => `"k${index}":1`).join()}}`;

test('names the file if detecting its columns exceeds the memory limit', async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, '1.json'), manyKeys);
  const { refusal } = await openBinder(t, { data: [], allow: ['.'], workingFolder: folder }, { memoryLimitMiB: 300 });
  const error = await refusal("FROM '1.json'");
  assert.equal(error.code, 'INPUT_INVALID', error.message);
  assert.match(error.message, /^Detecting the columns of .*1\.json took more than 300 MiB of memory\./);
});

for (const [name, file, content] of [
  ['arrays', '1.json', Buffer.alloc(30 << 20, '[')],
  ['objects', '1.json', '{"a":'.repeat(100_000)],
  ['compressed objects', '1.json.gz', gzipSync('{"a":'.repeat(100_000))],
  ['arrays after a text with brackets', '1.json', `{"[{\\"[": "]]]"}\n${'['.repeat(300)}`],
] as const) {
  test(`rejects a JSON file with deeply nested ${name} and names it`, async (t) => {
    const folder = await temporaryFolder(t);
    await writeFile(join(folder, file), content);
    const { refusal } = await openBinder(t, { data: [], allow: ['.'], workingFolder: folder });
    const error = await refusal(`FROM '${file}'`);
    assert.equal(error.code, 'INPUT_INVALID', error.message);
    assert.match(error.message, /1\.json(\.gz)? has a JSON value that is nested more than 200 levels deep/);
  });
}
