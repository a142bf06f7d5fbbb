import type { Etcd3, IKeyValue, IRangeRequest } from 'etcd3';
import { FabricError } from '../../../engine/errors.ts';
import type { JobId } from '../../../engine/task/task.ts';
import type { JobRecord } from '../../scheduler/records.ts';
import { untilAnswered } from './connection.ts';
import type { LogContext } from './job-log.ts';
import { rangeOf } from './keys.ts';
import { loadValue } from './values.ts';

/** The number of values per response, which limits a response to 32 MiB. */
const PAGE_LENGTH = 128;
/** The maximum number of attempts to read a log. A log that is condensed or removed during a read is read again. */
const READ_ATTEMPTS = 5;

/**
 * Reads the records of a job: the first record, the submission if it is a separate record, and the records of all entries in order. Rejects
 * with the errors of `Journal.read`.
 */
export async function readLog(context: LogContext, job: JobId): Promise<readonly JobRecord[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const values = await readValues(context, job);
      const records: JobRecord[] = [];
      for (const value of values) records.push(...(await loadValue(context.store, job, value)));
      return records;
    } catch (error) {
      if (attempt === READ_ATTEMPTS || !hasMoved(error)) throw missing(job, error);
    }
  }
}

/** Reads the values of all keys of a job at one revision. */
async function readValues({ client, keys }: LogContext, job: JobId): Promise<readonly Buffer[]> {
  const first = await getRange(client, job, { key: Buffer.from(keys.job(job)) });
  const [head] = first.kvs;
  if (head === undefined) return [];
  const { range_end } = rangeOf(keys.log(job));
  const plan = await getRange(client, job, { key: Buffer.from(keys.plan(job)), revision: first.revision });
  const values = [head.value, ...plan.kvs.map(({ value }) => value)];
  for (let from = Buffer.from(keys.log(job)); ; ) {
    const page = await getRange(client, job, { key: from, range_end, limit: PAGE_LENGTH, revision: first.revision });
    values.push(...page.kvs.map(({ value }) => value));
    const last = page.kvs.at(-1);
    if (!page.more || last === undefined) return values;
    from = Buffer.concat([last.key, Buffer.of(0)]);
  }
}

async function getRange(
  client: Etcd3,
  job: JobId,
  request: IRangeRequest,
): Promise<{ readonly kvs: readonly IKeyValue[]; readonly more: boolean; readonly revision: string }> {
  const answer = await untilAnswered(`read job ${job}`, (options) => client.kv.range(request, options));
  return { kvs: answer.kvs, more: answer.more, revision: answer.header.revision };
}

/** Returns whether the log was changed during the read, because an object was superseded or the revision was compacted. */
function hasMoved(error: unknown): boolean {
  if (!(error instanceof FabricError)) return false;
  return error.code === 'OBJECT_NOT_FOUND' || /required revision has been compacted/.test(error.message);
}

function missing(job: JobId, error: unknown): unknown {
  if (!(error instanceof FabricError) || error.code !== 'OBJECT_NOT_FOUND') return error;
  const message = `The journal of job ${job} is damaged: ${error.message} Run the query again.`;
  return new FabricError('JOURNAL_CORRUPT', message, { cause: error, details: { job } });
}
