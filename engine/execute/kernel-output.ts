import type { ArrowBatch, ArrowField } from '../arrow/batch.ts';
import { END_OF_STREAM, encodeBatchMessage, encodeSchemaMessage } from '../arrow/encode-stream.ts';
import type { Connection } from '../duckdb/kernel/database.ts';
import { OutputStream } from '../duckdb/kernel/output.ts';
import { FabricError } from '../errors.ts';
import { quoteLiteral } from '../plan/types.ts';
import { createPartitionWriter } from '../shuffle/write.ts';
import type { KernelEnd, KernelOutput } from './kernel-protocol.ts';

/** The partition number column that follows the columns of a partitioned output. */
const PARTITION_FIELD: ArrowField = { name: 'partition', type: { kind: 'int', bits: 32, signed: false } };

export interface FragmentRun {
  readonly connection: Connection;
  readonly sql: string;
  /** Called between batches. Throws if the run must stop. */
  readonly checkStop: () => void;
  /** Called after the last row. The inputs may then be freed. */
  readonly inputsRead: () => void;
}

/**
 * Runs a fragment and yields the bytes of its output. Each piece is valid only until the next step. Returning from the
 * generator early frees all resources. Throws `DuckdbError` and `FabricError`.
 */
export function runFragment(run: FragmentRun, output: KernelOutput): Generator<Uint8Array, KernelEnd> {
  switch (output.kind) {
    case 'shuffle':
      return shuffleObject(run, output);
    case 'stream':
      return arrowStream(run, output.fields);
    case 'parquet':
      return parquetFile(run, output.path);
    default:
      return output satisfies never;
  }
}

function* shuffleObject(
  run: FragmentRun,
  output: KernelOutput & { kind: 'shuffle' },
): Generator<Uint8Array, KernelEnd> {
  const { fields, numbered } = output;
  const writer = createPartitionWriter(output);
  try {
    for (const batch of batchesOf(run, numbered ? [...fields, PARTITION_FIELD] : fields)) {
      if (numbered) {
        writer.append(
          { rows: batch.rows, columns: batch.columns.slice(0, fields.length) },
          partitionNumbers(batch, fields.length),
        );
      } else writer.append(batch);
    }
    run.inputsRead();
    const { parts, rows, footer } = writer.finish();
    yield* parts;
    return { rows, footer };
  } finally {
    writer.abort();
  }
}

function partitionNumbers(batch: ArrowBatch, column: number): Uint32Array {
  const values = batch.columns[column]?.buffers[0];
  if (values === undefined) throw new FabricError('INTERNAL', 'A partitioned fragment returned no partition numbers.');
  return new Uint32Array(values.buffer, values.byteOffset, batch.rows);
}

function* arrowStream(run: FragmentRun, fields: readonly ArrowField[]): Generator<Uint8Array, KernelEnd> {
  let rows = 0;
  yield encodeSchemaMessage(fields);
  for (const batch of batchesOf(run, fields)) {
    rows += batch.rows;
    yield* encodeBatchMessage(fields, batch);
  }
  yield END_OF_STREAM;
  return { rows };
}

// biome-ignore lint/correctness/useYield: the output is a file, so there are no bytes to yield.
function* parquetFile(run: FragmentRun, path: string): Generator<Uint8Array, KernelEnd> {
  run.connection.run(run.sql);
  const count = run.connection.query(`SELECT CAST(count(*) AS VARCHAR) FROM read_parquet(${quoteLiteral(path)})`);
  return { rows: Number(count.rows[0]?.[0]) };
}

function* batchesOf(run: FragmentRun, fields: readonly ArrowField[]): Generator<ArrowBatch> {
  const stream = new OutputStream(run.connection, run.sql, fields);
  try {
    for (let batch = stream.next(); batch !== undefined; batch = stream.next()) {
      run.checkStop();
      if (batch.rows > 0) yield batch;
    }
  } finally {
    stream.close();
  }
}
