import assert from 'node:assert/strict';
import { test } from 'node:test';
import { s3Environment, s3Settings } from '../../../functions/config/s3-settings.ts';
import { locationText, parseStoreLocation } from '../../../functions/config/store-location.ts';

test('parses the location of a store in a folder or a bucket', () => {
  const cases = [
    ['/var/volley', { kind: 'file', root: '/var/volley' }],
    ['file:///var/volley', { kind: 'file', root: '/var/volley' }],
    ['s3://bucket', { kind: 's3', bucket: 'bucket', prefix: '' }],
    ['s3://bucket/', { kind: 's3', bucket: 'bucket', prefix: '' }],
    ['s3://bucket/a/b/', { kind: 's3', bucket: 'bucket', prefix: 'a/b' }],
  ] as const;
  for (const [text, location] of cases) {
    assert.deepEqual(parseStoreLocation(text), location, text);
    assert.deepEqual(parseStoreLocation(locationText(location)), location);
  }
});

test('rejects an invalid store location, and shows a valid form', () => {
  for (const text of ['', 'volley', 'gs://bucket', 's3://', 's3:///x', 's3://B', 's3://b/../c', 's3://bucket//c']) {
    assert.throws(() => parseStoreLocation(text), { code: 'USAGE', message: /s3:\/\/bucket\/prefix/ }, text);
  }
});

test("reads S3 settings from Volley's variables, or else from the SDK's", () => {
  const cases = [
    [{}, {}],
    [{ AWS_REGION: 'eu-central-1' }, { region: 'eu-central-1' }],
    [{ AWS_REGION: 'eu-central-1', VOLLEY_S3_REGION: 'eu-west-1' }, { region: 'eu-west-1' }],
    [
      { VOLLEY_S3_ENDPOINT: 'http://s3:9000', AWS_ENDPOINT_URL_S3: 'http://other' },
      { endpoint: 'http://s3:9000', region: 'us-east-1' },
    ],
    [
      { AWS_ENDPOINT_URL_S3: 'http://s3:9000', VOLLEY_S3_PATH_STYLE: 'off' },
      { endpoint: 'http://s3:9000', region: 'us-east-1', pathStyle: false },
    ],
  ] as const;
  for (const [environment, settings] of cases) assert.deepEqual(s3Settings(environment), settings);
  assert.throws(() => s3Settings({ VOLLEY_S3_ENDPOINT: 's3:9000' }), { code: 'USAGE', message: /VOLLEY_S3_ENDPOINT/ });
  assert.throws(() => s3Settings({ VOLLEY_S3_PATH_STYLE: 'maybe' }), {
    code: 'USAGE',
    message: /VOLLEY_S3_PATH_STYLE/,
  });
});

test('passes only the variables for S3 access to a child process', () => {
  const needed = { AWS_ACCESS_KEY_ID: 'a', AWS_PROFILE: 'p', HOME: '/home/u', VOLLEY_S3_ENDPOINT: 'http://s3' };
  const others = { AWS_LAMBDA_RUNTIME_API: 'h:1', VOLLEY_TASK_KEY: 'secret', PATH: '/bin', AWS_REGION: undefined };
  assert.deepEqual(s3Environment({ ...needed, ...others }), needed);
});
