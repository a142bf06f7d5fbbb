import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { readTextSample } from '../../../engine/scan/text-sample.ts';

const SAMPLE_BYTES = 2 << 20;

async function sampleOf(location: string, content: Uint8Array | string) {
  const bytes = Buffer.from(content);
  let readBytes = 0;
  const read = async ({ start, end }: { readonly start: number; readonly end: number }) => {
    readBytes += end - start;
    return bytes.subarray(start, end);
  };
  const format = location.includes('.json') ? 'json' : 'csv';
  const sample = await readTextSample({ location, sizeBytes: bytes.length, format, read });
  return { text: Buffer.from(sample.bytes).toString(), extension: sample.extension, readBytes };
}

const rows = (count: number, row: (index: number) => string, separator = '\n') =>
  Array.from({ length: count }, (_, index) => row(index)).join(separator);

test('returns the whole content of a short file', async () => {
  assert.deepEqual(await sampleOf('s3://b/x.csv', 'a\n"1'), { text: 'a\n"1', extension: '.csv', readBytes: 4 });
  assert.equal((await sampleOf('s3://b/x.csv.gz', gzipSync('a\n1'))).text, 'a\n1');
  assert.equal((await sampleOf('s3://b/x.csv', '')).text, '');
});

test('cuts a long CSV file at the end of a row, never within quotes', async () => {
  const content = `a,b\n${rows(60_000, (index) => `${index},"x\n${'y'.repeat(40)}"`)}\n`;
  const { text, readBytes } = await sampleOf('s3://b/x.csv', content);
  assert.equal(readBytes, SAMPLE_BYTES);
  assert.match(text, /y"\n$/);
  assert.ok(content.startsWith(text) && text.length > SAMPLE_BYTES - 100);
});

test('cuts a long JSON file after an object, and closes its array', async () => {
  const object = (index: number) => `{"i":${index},"s":"]},{\\"","l":[1,{"a":2}]${' '.repeat(40)}}`;
  const lines = await sampleOf('s3://b/x.ndjson.json', rows(40_000, object));
  for (const line of lines.text.trimEnd().split('\n')) JSON.parse(line);
  const array = await sampleOf('s3://b/x.json', `[${rows(40_000, object, ',')}]`);
  assert.ok(JSON.parse(array.text).length > 20_000);
});

test('stops decompressing gzip when the sample is complete', async () => {
  const { text } = await sampleOf('s3://b/x.csv.gz', gzipSync(Buffer.alloc(256 << 20, 'a\n')));
  assert.ok(text.length <= SAMPLE_BYTES + (64 << 10));
  await assert.rejects(sampleOf('s3://b/x.csv.gz', 'a\n1\n'), { code: 'INPUT_INVALID', message: /not a gzip file/ });
});

test('reads all of a zstd file, and rejects a zstd file above the size limit', async () => {
  const small = await sampleOf('s3://b/x.csv.zst', Buffer.alloc(3 << 20));
  assert.deepEqual([small.readBytes, small.extension], [3 << 20, '.csv.zst']);
  const huge = {
    location: 's3://b/x.csv.zst',
    sizeBytes: 65 << 20,
    format: 'csv',
    read: () => assert.fail('read'),
  } as const;
  await assert.rejects(readTextSample(huge), { code: 'INPUT_INVALID', message: /gzip or Parquet/ });
});
