import { request as httpRequest } from 'node:http';
import type { TestContext } from 'node:test';
import { systemClock } from '../../../../coordinator/clock.ts';
import type { AccessToken } from '../../../../coordinator/front/http/access.ts';
import { type Readiness, serveHttpApi } from '../../../../coordinator/front/http/server.ts';
import { CoordinatorHarness } from '../../jobs/coordinator-fixture.ts';
import { localWriter } from '../local-writer.ts';

export const ALICE: AccessToken = { subject: 'alice', token: 'the-token-of-alice' };
export const BOB: AccessToken = { subject: 'bob', token: 'the-token-of-bob' };
export const ALL: AccessToken = { subject: '', token: 'the-token-of-all' };

export interface Ask {
  readonly method?: string;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Returns an object with `count` members that all have the same value. */
export const numbered = (count: number, value: unknown) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`n${at}`, value]));

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  json(): { readonly id: string; readonly code: string; readonly state: string } & Readonly<Record<string, unknown>>;
}

/** Opens the API on in-memory coordinators. Requests use `node:http` because `fetch` does not allow callers to set `Host`. */
export async function openApi(
  t: TestContext,
  changes: {
    readonly readiness?: () => Promise<Readiness>;
    readonly jobsAtOnce?: number;
    readonly check?: () => void;
  } = {},
) {
  const harness = new CoordinatorHarness(t);
  const coordinator = harness.open({ jobsAtOnce: changes.jobsAtOnce ?? 2 });
  const defects: unknown[] = [];
  const api = await serveHttpApi({
    host: '127.0.0.1',
    port: 0,
    access: { tokens: [ALICE, BOB, ALL], hostNames: ['127.0.0.1', 'localhost'] },
    coordinator,
    results: localWriter(harness.store),
    clock: systemClock,
    unavailableReason: () => harness.unavailableReason,
    check: changes.check ?? (() => undefined),
    readiness: changes.readiness ?? (async () => ({ isReady: true, dependencies: {} })),
    reportDefect: (error) => defects.push(error),
  });
  t.after(() => api.drain());
  const ask = (path: string, { method = 'GET', token = ALL.token, headers = {}, body }: Ask = {}): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const json = body === undefined ? {} : { 'content-type': 'application/json' };
      const all = { authorization: `Bearer ${token}`, ...json, ...headers };
      const sending = httpRequest(api.url + path, { method, headers: all, agent: false }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          const { statusCode = 0 } = response;
          resolve({ status: statusCode, headers: response.headers, text, json: () => JSON.parse(text) });
        });
      });
      sending.on('error', reject);
      sending.end(
        body === undefined || typeof body === 'string' || body instanceof Buffer ? body : JSON.stringify(body),
      );
    });
  const submit = async (sql: string, more: Ask = {}) =>
    (await ask('/v1/jobs', { method: 'POST', body: { sql }, ...more })).json().id;
  return { harness, coordinator, api, ask, submit, defects };
}
