import { decodeBatches } from '../../engine/arrow/decode-stream.ts';
import type { Stage } from '../../engine/plan/stage.ts';
import { decodeFooter } from '../../engine/shuffle/decode-footer.ts';
import { IN_FLIGHT_BYTES, READS_AT_ONCE, readFooter, readPinned } from '../../engine/shuffle/read-footer.ts';
import { Gate } from '../../engine/store/gate.ts';
import type { ListedObject, ObjectStore } from '../../engine/store/object-store.ts';
import { NO_STORE_REQUESTS } from '../../engine/store/request-counts.ts';
import { settleAll } from '../../engine/store/settle-all.ts';
import type { TaskStatistics } from '../../engine/task/task.ts';
import type { AdoptedOutput } from '../scheduler/decide.ts';
import { jobPrefixes, outputKey } from '../scheduler/keys.ts';
import { type JobState, runningAttempts, stageOf } from '../scheduler/state.ts';

/**
 * The outputs of running attempts that are in the store, whole: their executors finished, and the owner that was to hear of it is gone.
 * An object that does not read as an output is passed over. What came back with an outcome is in no store and cannot be adopted; nor
 * can what an attempt used, so its figures are those of its output alone. Rejects as the store's listing does.
 */
export async function adoptOutputs(job: JobState, store: ObjectStore): Promise<readonly AdoptedOutput[]> {
  const running = [...runningAttempts(job)];
  if (job.end !== undefined || running.length === 0) return [];
  const objects = new Map<string, ListedObject>();
  for (const prefix of jobPrefixes(job)) for await (const object of store.list(prefix)) objects.set(object.key, object);
  // As an index is read: whoever takes over may have thousands of footers to look at.
  const gate = new Gate(READS_AT_ONCE, IN_FLIGHT_BYTES);
  const found = running.map(async ({ stage: id, task, state: { attempt } }): Promise<readonly AdoptedOutput[]> => {
    const { stage } = stageOf(job, id);
    const object = objects.get(outputKey(job, stage, task, attempt));
    if (object === undefined) return [];
    const bounded = { get: boundedGet(store, gate) };
    const rows = await rowsOf(bounded, stage, object, job.settings.resultFormat).catch(() => undefined);
    if (rows === undefined) return [];
    const { key, identity } = object;
    const statistics = { ...nothingKnown, rowsWritten: rows, bytesWritten: identity.sizeBytes };
    return [
      {
        stage: id,
        task,
        attempt,
        outcome: { kind: 'succeeded', output: { kind: 'object', key, identity, rows }, statistics },
      },
    ];
  });
  return (await settleAll(found)).flat();
}

const nothingKnown: TaskStatistics = {
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

/** How many rows an output has. Undefined for a Parquet result, whose footer is no part of the wire; rejects where it is none. */
async function rowsOf(
  store: Reads,
  stage: Stage,
  object: ListedObject,
  resultFormat: 'arrow' | 'parquet',
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
