import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, type TestContext, test } from 'node:test';
import { type FunctionPlace, publishedVersion } from '../../../coordinator/invoke/lambda-version.ts';

interface Answer {
  readonly status?: number;
  readonly type?: string;
  readonly body: object;
}

/** Starts a fake Lambda API with a fixed answer for each path, and records the requests. */
async function against(
  t: TestContext,
  answers: Readonly<Record<string, Answer>>,
): Promise<{ readonly place: FunctionPlace; readonly requests: string[] }> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const url = request.url ?? '';
    requests.push(url);
    const { status = 200, type, body } = answers[url] ?? { status: 404, type: 'ResourceNotFoundException', body: {} };
    response.writeHead(status, {
      'content-type': 'application/json',
      ...(type === undefined ? {} : { 'x-amzn-errortype': type }),
    });
    response.end(JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const endpoint = `http://127.0.0.1:${address.port}`;
  return { place: { functionName: 'f', region: 'us-east-1', endpoint, credentials }, requests };
}

const VERSIONS = '/2015-03-31/functions/f/versions';
const CONFIGURATION = '/2015-03-31/functions/f/configuration';
const versions = (...names: readonly string[]) => names.map((Version) => ({ FunctionName: 'f', Version }));

describe('the published version of a function', () => {
  test('is the newest version by default, even if the list has several pages', async (t) => {
    const { place } = await against(t, {
      [VERSIONS]: { body: { Versions: versions('$LATEST', '2', '10'), NextMarker: 'm' } },
      [`${VERSIONS}?Marker=m`]: { body: { Versions: versions('9', '1') } },
    });
    assert.equal(await publishedVersion(place), '10');
  });

  test('is the version that the configured alias points to', async (t) => {
    const { place } = await against(t, { [`${CONFIGURATION}?Qualifier=live`]: { body: { Version: '6' } } });
    assert.equal(await publishedVersion({ ...place, qualifier: 'live' }), '6');
  });

  test('is the configured version number, without a request', async (t) => {
    const { place, requests } = await against(t, {});
    assert.equal(await publishedVersion({ ...place, qualifier: '7' }), '7');
    assert.deepEqual(requests, []);
  });

  for (const [what, qualifier, answers, message] of [
    [
      'has no published version',
      undefined,
      { [VERSIONS]: { body: { Versions: versions('$LATEST') } } },
      /no published version.*publish-version --function-name f.*lambda-unpublished:f/,
    ],
    [
      'has an alias for $LATEST',
      'live',
      { [`${CONFIGURATION}?Qualifier=live`]: { body: { Version: '$LATEST' } } },
      /no published version for the alias live/,
    ],
    ['does not exist', undefined, {}, /Cannot look up .* \(ResourceNotFoundException/],
    [
      'may not be read',
      undefined,
      { [VERSIONS]: { status: 403, type: 'AccessDeniedException', body: { message: 'no right' } } },
      /AccessDeniedException: no right.*lambda:ListVersionsByFunction/,
    ],
  ] as const) {
    test(`rejects a function that ${what}`, async (t) => {
      const { place } = await against(t, answers);
      const asked = publishedVersion({ ...place, ...(qualifier === undefined ? {} : { qualifier }) });
      await assert.rejects(asked, { code: 'USAGE', message });
    });
  }

  test('rejects with a retryable error if Lambda does not answer', async (t) => {
    const { place } = await against(t, { [VERSIONS]: { status: 503, type: 'ServiceException', body: {} } });
    await assert.rejects(publishedVersion(place), { code: 'EXECUTOR_LOST', retryable: true });
  });
});
