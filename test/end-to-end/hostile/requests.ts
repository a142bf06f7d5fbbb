import type { ErrorCode } from '../../../engine/errors.ts';
import type { RawExchange } from './coordinator.ts';

/** A hostile request, and the status and the error code of the last response to it. */
export interface RequestCase extends RawExchange {
  readonly name: string;
  /** 0 if the server only closes the connection. */
  readonly status: number;
  readonly code?: ErrorCode;
  /** The number of responses, if it is certain. */
  readonly responses?: number;
}

const HOST = 'host: 127.0.0.1\r\nconnection: close\r\n';
const HIDDEN = 'DELETE /v1/jobs HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n';
const BODY_LIMIT = 8 << 20;

/** A request without a body. */
const get = (target: string, headers = ''): readonly string[] => [`GET ${target} HTTP/1.1\r\n${HOST}${headers}\r\n`];

/** A submission with this body. */
function post(body: string | Buffer, headers = 'content-type: application/json\r\n'): readonly (string | Buffer)[] {
  const bytes = Buffer.from(body);
  return [`POST /v1/jobs HTTP/1.1\r\n${HOST}${headers}content-length: ${bytes.length}\r\n\r\n`, bytes];
}

const postJson = (value: unknown) => post(JSON.stringify(value));
const many = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));
const named = (count: number, value: unknown) => Object.fromEntries(many(count, (at) => [`n${at}`, value]));

const HTTP: readonly RequestCase[] = [
  { name: 'a header of 20 KB', parts: get('/healthz', `x: ${'y'.repeat(20_000)}\r\n`), status: 431 },
  { name: 'a header name of 20 KB', parts: get('/healthz', `${'y'.repeat(20_000)}: x\r\n`), status: 431 },
  { name: '5,000 headers', parts: get('/healthz', many(5000, (at) => `x-${at}: y\r\n`).join('')), status: 431 },
  { name: '1,000 short headers', parts: get('/healthz', many(1000, () => 'x: y\r\n').join('')), status: 200 },
  { name: 'a path of 20 KB', parts: get(`/${'a'.repeat(20_000)}`), status: 431 },
  { name: 'a path of 10 KB', parts: get(`/${'a'.repeat(10_000)}`), status: 404, code: 'NOT_FOUND' },
  { name: 'an unknown method', parts: [`BREW /healthz HTTP/1.1\r\n${HOST}\r\n`], status: 400 },
  { name: 'bytes that are not HTTP', parts: [Buffer.alloc(64, 0xfe)], status: 400 },
  { name: 'a TLS handshake', parts: [Buffer.from('16030100c8010000c40303', 'hex')], status: 400 },
  { name: 'the HTTP/2 preface', parts: ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'], status: 400 },
  { name: 'an HTTP/0.9 request', parts: ['GET /healthz\r\n\r\n'], status: 200 },
  { name: 'an unknown HTTP version', parts: [`GET /healthz HTTP/9.9\r\n${HOST}\r\n`], status: 400 },
  { name: 'a NUL in a header', parts: get('/healthz', 'x: a\0b\r\n'), status: 400 },
  { name: 'a header without a colon', parts: get('/healthz', 'x y z\r\n'), status: 400 },
  { name: 'a space before the colon of a header', parts: get('/healthz', 'content-length : 5\r\n'), status: 400 },
  { name: 'lines that end in LF alone', parts: ['GET /healthz HTTP/1.1\nhost: 127.0.0.1\n\n'], status: 400 },
  { name: 'a request without a host', parts: ['GET /healthz HTTP/1.1\r\nconnection: close\r\n\r\n'], status: 400 },
  { name: 'a content length that is not a number', parts: get('/healthz', 'content-length: abc\r\n'), status: 400 },
  { name: 'a negative content length', parts: get('/healthz', 'content-length: -1\r\n'), status: 400 },
  {
    name: 'a content length beyond 64 bits',
    parts: get('/healthz', 'content-length: 99999999999999999999999\r\n'),
    status: 400,
  },
  {
    name: 'two content lengths',
    parts: [`POST /v1/jobs HTTP/1.1\r\n${HOST}content-length: 2\r\ncontent-length: 3\r\n\r\n{}`],
    status: 400,
  },
  {
    name: 'a content length beside chunks',
    parts: [`POST /v1/jobs HTTP/1.1\r\n${HOST}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`],
    status: 400,
  },
  {
    name: 'an unknown transfer encoding',
    parts: [`POST /v1/jobs HTTP/1.1\r\n${HOST}transfer-encoding: gzip\r\n\r\n`],
    status: 400,
  },
  { name: 'a chunk size that is not a number', parts: chunked('zz\r\n{}\r\n'), status: 400 },
  { name: 'a chunk size beyond 64 bits', parts: chunked('fffffffffffffffff\r\n{}\r\n'), status: 400 },
  { name: 'a chunk that is longer than its size', parts: chunked('2\r\n{}{}{}\r\n0\r\n\r\n'), status: 400 },
  { name: 'a chunk extension of 1 MB', parts: chunked(`2;${'x'.repeat(1 << 20)}\r\n{}\r\n0\r\n\r\n`), status: 400 },
  { name: 'a trailer of 1 MB', parts: chunked(`2\r\n{}\r\n0\r\nx: ${'y'.repeat(1 << 20)}\r\n\r\n`), status: 431 },
  { name: 'chunks without an end', parts: chunked('2\r\n{}\r\n'), ends: true, status: 400 },
  {
    name: '200,000 chunks of a byte',
    parts: chunked(`${'1\r\n \r\n'.repeat(200_000)}0\r\n\r\n`),
    status: 400,
    code: 'REQUEST_INVALID',
  },
  {
    name: 'a body that ends before its content length',
    parts: [`POST /v1/jobs HTTP/1.1\r\n${HOST}content-type: application/json\r\ncontent-length: 100\r\n\r\n{`],
    ends: true,
    status: 400,
  },
  {
    name: 'a body sent in pieces of three bytes',
    parts: post('{"sql": "SELECT 1"}').flatMap((part, at) => (at === 0 ? [part] : piecesOf(part))),
    pauseMs: 10,
    status: 202,
  },
  {
    name: 'a declared body of 1 TB',
    parts: [`POST /v1/jobs HTTP/1.1\r\n${HOST}content-type: application/json\r\ncontent-length: 1000000000000\r\n\r\n`],
    ends: true,
    status: 413,
    code: 'REQUEST_TOO_LARGE',
  },
  {
    name: 'a body above the limit, sent completely before the response is read',
    parts: post(Buffer.alloc(BODY_LIMIT + 1, ' ')),
    status: 413,
    code: 'REQUEST_TOO_LARGE',
  },
  {
    name: 'a body far above the limit in chunks',
    parts: chunked(`${`10000\r\n${' '.repeat(0x10000)}\r\n`.repeat(320)}0\r\n\r\n`),
    status: 413,
    code: 'REQUEST_TOO_LARGE',
  },
  {
    name: 'a body above the limit that waits for permission',
    parts: [
      `POST /v1/jobs HTTP/1.1\r\n${HOST}content-type: application/json\r\nexpect: 100-continue\r\ncontent-length: 9000000\r\n\r\n`,
      Buffer.alloc(9_000_000, ' '),
    ],
    status: 413,
    responses: 2,
    code: 'REQUEST_TOO_LARGE',
  },
  { name: 'JSON after a byte order mark', parts: post('\ufeff{"sql": "SELECT 1"}'), status: 202 },
  { name: 'an unknown expectation', parts: get('/healthz', 'expect: banana\r\n'), status: 417 },
  {
    name: 'a compressed body',
    parts: post('{}', 'content-type: application/json\r\ncontent-encoding: gzip\r\n'),
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
  },
  {
    name: '200 requests in one packet',
    parts: [`${'GET /healthz HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n'.repeat(199)}${get('/healthz').join('')}`],
    responses: 200,
    status: 200,
  },
  {
    name: 'a valid request and then bytes that are not HTTP',
    parts: [`GET /healthz HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n\0\0\0\0`],

    status: 400,
  },
  {
    name: 'a request hidden in the body of another',
    parts: [
      `POST /v1/jobs HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: ${HIDDEN.length}\r\n\r\n${HIDDEN}`,
      ...get('/healthz'),
    ],
    responses: 2,
    status: 200,
  },
  { name: 'HTTP/1.0', parts: ['GET /healthz HTTP/1.0\r\n\r\n'], status: 200 },
  { name: 'a protocol upgrade', parts: get('/healthz', 'upgrade: websocket\r\n'), status: 200 },
  { name: 'a tunnel', parts: [`CONNECT example.org:443 HTTP/1.1\r\n${HOST}\r\n`], status: 0 },
  { name: 'OPTIONS *', parts: [`OPTIONS * HTTP/1.1\r\n${HOST}\r\n`], status: 400, code: 'REQUEST_INVALID' },
  { name: 'an absolute URL', parts: get('http://example.org/v1/jobs'), status: 400, code: 'REQUEST_INVALID' },
  { name: 'an invalid percent escape', parts: get('/v1/jobs/%zz'), status: 400, code: 'REQUEST_INVALID' },
  { name: 'an overlong UTF-8 escape', parts: get('/v1/jobs/%c0%ae'), status: 400, code: 'REQUEST_INVALID' },
  { name: 'a NUL as a job id', parts: get('/v1/jobs/%00'), status: 404, code: 'UNKNOWN_JOB' },
  { name: 'a path as a job id', parts: get('/v1/jobs/..%2f..%2fetc%2fpasswd'), status: 404, code: 'UNKNOWN_JOB' },
  { name: 'a dot as a job id', parts: get('/v1/jobs/%2e'), status: 404, code: 'UNKNOWN_JOB' },
  {
    name: 'a job id of 10,000 characters',
    parts: get(`/v1/jobs/${'a'.repeat(10_000)}`),
    status: 404,
    code: 'UNKNOWN_JOB',
  },
  {
    name: '2,000 parameters',
    parts: get(`/v1/jobs?${many(2000, (at) => `p${at}`).join('&')}`),
    status: 400,
    code: 'REQUEST_INVALID',
  },
  { name: 'a repeated parameter', parts: get('/v1/jobs?limit=1&limit=2'), status: 400, code: 'REQUEST_INVALID' },
  { name: 'a limit of 0', parts: get('/v1/jobs?limit=0'), status: 400, code: 'REQUEST_INVALID' },
  { name: 'a limit of 1e99', parts: get('/v1/jobs?limit=1e99'), status: 400, code: 'REQUEST_INVALID' },
  { name: 'a negative wait', parts: get('/v1/jobs/x/result?wait=-1'), status: 400, code: 'REQUEST_INVALID' },
  {
    name: 'a wait that is not a number',
    parts: get('/v1/jobs/x/result?wait=NaN'),
    status: 400,
    code: 'REQUEST_INVALID',
  },
  { name: 'a NUL as a cursor', parts: get('/v1/jobs?cursor=%00'), status: 400, code: 'REQUEST_INVALID' },
  { name: 'an unknown state', parts: get('/v1/jobs?state=__proto__'), status: 400, code: 'REQUEST_INVALID' },
  {
    name: 'the origin of another site',
    parts: get('/v1/jobs', 'origin: http://example.org\r\n'),
    status: 403,
    code: 'FORBIDDEN',
  },
  {
    name: 'the host of another site',
    parts: ['GET /v1/jobs HTTP/1.1\r\nhost: example.org\r\nconnection: close\r\n\r\n'],
    status: 403,
    code: 'FORBIDDEN',
  },
  {
    name: 'a deletion of all jobs',
    parts: [`DELETE /v1/jobs HTTP/1.1\r\n${HOST}\r\n`],
    status: 405,
    code: 'METHOD_NOT_ALLOWED',
  },
  {
    name: 'a WebDAV method',
    parts: [`PROPFIND /v1/jobs HTTP/1.1\r\n${HOST}\r\n`],
    status: 405,
    code: 'METHOD_NOT_ALLOWED',
  },
  {
    name: 'a form instead of JSON',
    parts: post('sql=SELECT', 'content-type: application/x-www-form-urlencoded\r\n'),
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
  },
  { name: 'a body without a type', parts: post('{}', ''), status: 415, code: 'UNSUPPORTED_MEDIA_TYPE' },
  { name: 'an unknown result format', parts: get('/v1/jobs/x/result?format=exe'), status: 406, code: 'NOT_ACCEPTABLE' },
];

function chunked(text: string): readonly string[] {
  return [
    `POST /v1/jobs HTTP/1.1\r\n${HOST}content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n`,
    text,
  ];
}

function piecesOf(part: string | Buffer): readonly (string | Buffer)[] {
  const bytes = Buffer.from(part);
  return many(Math.ceil(bytes.length / 3), (at) => bytes.subarray(at * 3, at * 3 + 3));
}

/** Bodies that are rejected with `REQUEST_INVALID`, unless they have another code. */
const BODIES: readonly (readonly [name: string, body: unknown, code?: ErrorCode])[] = [
  ['an empty body', ''],
  ['a body of white space', ' \n '],
  ['a body that is not JSON', 'SELECT 1'],
  ['truncated JSON', '{"sql": "SELECT'],
  ['text after the JSON', '{"sql": "SELECT 1"} x'],
  ['null', 'null'],
  ['an array', '[]'],
  ['a number', '1'],
  ['a string', '"SELECT 1"'],
  ['invalid UTF-8', Buffer.concat([Buffer.from('{"sql": "SELECT \''), Buffer.of(0xff, 0xfe), Buffer.from('\'"}')])],
  ['UTF-16', Buffer.from('{"sql": "SELECT 1"}', 'utf16le')],
  ['no statement', {}],
  ['a number as a statement', { sql: 1 }],
  ['an array of statements', { sql: ['SELECT 1'] }],
  ['an empty statement', { sql: '' }],
  ['a statement of semicolons', { sql: ' ; ;' }],
  ['a NUL in the statement', { sql: 'SELECT 1\0' }],
  ['half of a surrogate pair in the statement', '{"sql": "SELECT \'\\ud800\'"}'],
  ['a repeated name', '{"sql": "SELECT 1", "sql": "SELECT 2"}'],
  ['a repeated name with an escape', '{"sql": "SELECT 1", "\\u0073ql": "SELECT 2"}'],
  ['a repeated setting', '{"sql": "SELECT 1", "settings": {"fanout": 1, "fanout": 2}}'],
  ['a setting repeated in another case', { sql: 'SELECT 1', settings: { fanout: 1, FANOUT: 2 } }],
  ['a table repeated in another case', { sql: 'SELECT 1', tables: { t: { location: '/a' }, T: { location: '/b' } } }],
  ['40,000 settings', { sql: 'SELECT 1', settings: named(40_000, 1) }],
  ['40,000 tables', { sql: 'SELECT 1', tables: named(40_000, { location: '/a' }) }],
  ['40,000 labels', { sql: 'SELECT 1', labels: named(40_000, 'x') }],
  ['40,000 unknown members', { sql: 'SELECT 1', ...named(40_000, 1) }],
  ['an array of 40,000 values', { sql: 'SELECT 1', labels: { a: many(40_000, () => 0) } }],
  ['4 million empty arrays', `[${'[],'.repeat(2_000_000)}[]]`],
  ['4 million empty objects', `[${'{},'.repeat(2_000_000)}{}]`],
  ['8 MB of opening brackets', '['.repeat(8_000_000)],
  ['8 MB of opening objects', '{"a":'.repeat(1_600_000)],
  ['arrays nested 100,000 deep', '['.repeat(100_000) + ']'.repeat(100_000)],
  ['objects nested 1,000 deep', `${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`],
  ['8 MB of backslashes', `{"sql": "${'\\\\'.repeat(3_900_000)}"}`, 'REQUEST_TOO_LARGE'],
  ['8 MB of quotes', '"'.repeat(8_000_000)],
  ['8 MB of colons', `{"a"${':'.repeat(8_000_000)}`],
  ['a number of 1 MB', `{"sql": "SELECT 1", "labels": {"a": ${'1'.repeat(1_000_000)}}}`],
  ['an infinite number', '{"sql": "SELECT 1", "settings": {"fanout": 1e999}}'],
  ['a prototype', '{"sql": "SELECT 1", "__proto__": {"admin": true}}'],
  ['a prototype in the settings', '{"sql": "SELECT 1", "settings": {"__proto__": 1}}', 'UNKNOWN_SETTING'],
  ['a constructor as a setting', { sql: 'SELECT 1', settings: { constructor: 1 } }, 'UNKNOWN_SETTING'],
  ['an unknown member', { sql: 'SELECT 1', admin: true }],
  ['a plan', { plan: 'AAAA' }],
  ['parameters', { sql: 'SELECT ?', parameters: [1] }],
  ['65 labels', { sql: 'SELECT 1', labels: named(65, 'x') }],
  ['a label of 1,025 characters', { sql: 'SELECT 1', labels: { a: 'x'.repeat(1025) } }],
  ['a NUL in a label', { sql: 'SELECT 1', labels: { a: '\0' } }],
  ['a table without a location', { sql: 'SELECT 1', tables: { t: {} } }],
  ['a table with an empty location', { sql: 'SELECT 1', tables: { t: { location: [] } } }],
  ['a table with a number as location', { sql: 'SELECT 1', tables: { t: { location: 7 } } }],
  ['a table with 10,001 paths', { sql: 'SELECT 1', tables: { t: { location: many(10_001, () => '/a') } } }],
  ['a table without a name', { sql: 'SELECT 1', tables: { '': { location: '/a' } } }],
  ['a table with a name of 256 characters', { sql: 'SELECT 1', tables: { ['t'.repeat(256)]: { location: '/a' } } }],
  ['a NUL in the name of a table', { sql: 'SELECT 1', tables: { 'a\0': { location: '/a' } } }],
  ['an unknown setting', { sql: 'SELECT 1', settings: { memory_limit: '1TB' } }, 'UNKNOWN_SETTING'],
  ['a negative fan-out', { sql: 'SELECT 1', settings: { fanout: -1 } }, 'INVALID_SETTING'],
  ['an endless time limit', { sql: 'SELECT 1', settings: { timeout: '99999999999d' } }, 'INVALID_SETTING'],
  ['a statement of 1 MiB and a byte', { sql: 'x'.repeat((1 << 20) + 1) }, 'REQUEST_TOO_LARGE'],
];

const STATUSES: Partial<Record<ErrorCode, number>> = { REQUEST_TOO_LARGE: 413 };

/** All hostile requests. */
export const REQUESTS: readonly RequestCase[] = [
  ...HTTP,
  ...BODIES.map(([name, body, code = 'REQUEST_INVALID']) => ({
    name: `a body: ${name}`,
    parts: typeof body === 'string' || Buffer.isBuffer(body) ? post(body) : postJson(body),
    status: STATUSES[code] ?? 400,
    code,
  })),
  {
    name: 'an idempotency key of 256 characters',
    parts: post('{"sql": "SELECT 1"}', `content-type: application/json\r\nidempotency-key: ${'k'.repeat(256)}\r\n`),
    status: 400,
    code: 'REQUEST_INVALID',
  },
  {
    name: 'an empty idempotency key',
    parts: post('{"sql": "SELECT 1"}', 'content-type: application/json\r\nidempotency-key:\r\n'),
    status: 400,
    code: 'REQUEST_INVALID',
  },
];
