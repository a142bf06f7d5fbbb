import { decodeBatches } from '../../engine/arrow/decode-stream.ts';
import type { Stage } from '../../engine/plan/stage.ts';
import { decodeFooter } from '../../engine/shuffle/decode-footer.ts';
import { IN_FLIGHT_BYTES, READS_AT_ONCE, readFooter, readPinned } from '../../engine/shuffle/read-footer.ts';
import { Gate } from '../../engine/store/gate.ts';
import type { ListedObject, ObjectStore } from '../../engine/store/object-store.ts';
import { NO_STORE_REQUESTS } from '../../engine/store/request-counts.ts';
import { settleAll } from '../../engine/store/settle-all.ts';
import type { StoredFormat } from '../../engine/task/stored-formats.ts';
import type { TaskOutcome, TaskStatistics } from '../../engine/task/task.ts';
import type { AdoptedOutput } from '../scheduler/decide.ts';
import { jobPrefixes, outputKey } from '../scheduler/keys.ts';
import { type JobState, runningAttempts, stageOf } from '../scheduler/state.ts';

/**
 * Returns the outputs of running attempts that are complete in the store. Their executors finished after the previous owner died. Skips
 * objects that cannot be read as an output. Inline outputs were lost with their owner, and so were the statistics of attempts, except for
 * the size and row count of the output. Rejects if the store's listing fails.
 */
export async function adoptOutputs(job: JobState, store: ObjectStore): Promise<readonly AdoptedOutput[]> {
  const running = [...runningAttempts(job)];
  if (job.end !== undefined || running.length === 0) return [];
  const objects = new Map<string, ListedObject>();
  for (const prefix of jobPrefixes(job)) for await (const object of store.list(prefix)) objects.set(object.key, object);
  // A take-over may have to read thousands of footers, so it uses the same limits as the writer of an index.
  const gate = new Gate(READS_AT_ONCE, IN_FLIGHT_BYTES);
  const adopted = running.map(async ({ stage: id, task, state: { attempt } }): Promise<readonly AdoptedOutput[]> => {
    const { stage } = stageOf(job, id);
    const object = objects.get(outputKey(job, stage, task, attempt));
    if (object === undefined) return [];
    const bounded = { get: boundedGet(store, gate) };
    const rows = await rowsOf(bounded, stage, object, job.settings.resultFormat).catch(() => undefined);
    if (rows === undefined) return [];
    const { key, identity } = object;
    const statistics = { ...UNKNOWN_STATISTICS, rowsWritten: rows, bytesWritten: identity.sizeBytes };
    return [
      {
        stage: id,
        task,
        attempt,
        outcome: { kind: 'succeeded', output: { kind: 'object', key, identity, rows }, statistics },
      },
    ];
  });
  return (await settleAll(adopted)).flat();
}

const UNKNOWN_STATISTICS: TaskStatistics = {
  rowsRead: 0,
  rowsWritten: 0,
  inputBytes: 0,
  shuffleBytesRead: 0,
  shuffleRowsRead: 0,
  bytesWritten: 0,
  cpuMs: 0,
  wallMs: 0,
  requests: NO_STORE_REQUESTS,
};

type Reads = Pick<ObjectStore, 'get'>;

function boundedGet(store: ObjectStore, gate: Gate): ObjectStore['get'] {
  return (key, range, identity) => gate.pass(range.end - range.start, () => store.get(key, range, identity));
}

/**
 * Returns the number of rows of an output, or undefined for a Parquet result, whose footer is not read here. Rejects if the object is not
 * an output.
 */
async function rowsOf(
  store: Reads,
  stage: Stage,
  object: ListedObject,
  resultFormat: StoredFormat,
): Promise<number | undefined> {
  const { key, identity } = object;
  if (stage.output.kind !== 'result') {
    const { footer } = await readFooter((range) => readPinned(store, object, range), object);
    return decodeFooter(footer, key).reduce((sum, { rows }) => sum + rows, 0);
  }
  if (resultFormat === 'parquet') return undefined;
  let rows = 0;
  const stream = {
    sizeBytes: identity.sizeBytes,
    read: (range: Parameters<Reads['get']>[1]) => store.get(key, range, identity),
  };
  for await (const { batch } of decodeBatches(stream, 'The result')) rows += batch.rows;
  return rows;
}

/**
 * Checks with one request that the object of a result is in the store of the job's owner. The result of an executor that writes to a
 * different store cannot be read. Inline outputs need no check. Returns the outcome, or a failed outcome if the object is missing. Rejects
 * with the store's errors.
 */
export async function checkResult(store: Pick<ObjectStore, 'head'>, outcome: TaskOutcome): Promise<TaskOutcome> {
  if (outcome.kind !== 'succeeded' || outcome.output.kind !== 'object') return outcome;
  const { key } = outcome.output;
  if ((await store.head(key)) !== undefined) return outcome;
  const { requests } = outcome.statistics;
  const message = `The result ${key} is not in the coordinator's store. Configure the executors and the coordinator with the same store.`;
  return { kind: 'failed', code: 'OBJECT_NOT_FOUND', message, retryable: false, details: { key }, requests };
}
