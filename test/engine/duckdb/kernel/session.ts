import type { ArrowBatch, ArrowColumn, ArrowField } from '../../../../engine/arrow/batch.ts';
import { decodeStream } from '../../../../engine/arrow/decode-stream.ts';
import { joinParts } from '../../../../engine/arrow/encode-stream.ts';
import { type Connection, Database } from '../../../../engine/duckdb/kernel/database.ts';
import { FragmentInputs } from '../../../../engine/duckdb/kernel/input.ts';
import { OutputStream } from '../../../../engine/duckdb/kernel/output.ts';
import { readSql, WIRE_SETTINGS, wireField, writeSql } from '../../../../engine/duckdb/wire-types.ts';
import type { DataType } from '../../../../engine/plan/types.ts';
import { decodeFooter } from '../../../../engine/shuffle/decode-footer.ts';
import { createPartitionWriter } from '../../../../engine/shuffle/write.ts';

/** A DuckDB instance with fragment inputs, configured like the kernel worker's instance. */
export interface Session {
  readonly connection: Connection;
  readonly inputs: FragmentInputs;
  close(): void;
}

export function openSession(): Session {
  const database = Database.open();
  const connection = database.connect();
  for (const setting of ['threads = 1', ...WIRE_SETTINGS, "TimeZone = 'Europe/Berlin'"]) {
    connection.run(`SET ${setting}`);
  }
  return {
    connection,
    inputs: new FragmentInputs(connection),
    close: () => {
      connection.close();
      database.close();
    },
  };
}

/** Returns the types of a statement's columns. */
function typesOf(connection: Connection, sql: string): readonly DataType[] {
  const statement = connection.prepare(sql);
  try {
    return statement.columns().map((column) => column.type);
  } finally {
    statement.close();
  }
}

/** Returns the rows of a statement as batches that own their memory. */
function readBatches(connection: Connection, sql: string, fields: readonly ArrowField[]): readonly ArrowBatch[] {
  const stream = new OutputStream(connection, sql, fields);
  try {
    const batches: ArrowBatch[] = [];
    for (let batch = stream.next(); batch !== undefined; batch = stream.next()) {
      batches.push({ rows: batch.rows, columns: batch.columns.map(copied) });
    }
    return batches;
  } finally {
    stream.close();
  }
}

function copied(column: ArrowColumn): ArrowColumn {
  const buffers = column.buffers.map((buffer) => buffer.slice());
  const children = column.children.map(copied);
  const { rows, validity } = column;
  return validity === undefined ? { rows, buffers, children } : { rows, validity: validity.slice(), buffers, children };
}

/**
 * Sends the rows of a statement through a shuffle object and registers them as `volley_input(0)`. Returns SQL that reads them back with
 * their original types, as columns `c0`, `c1`, ...
 */
export function throughShuffle({ connection, inputs }: Session, sql: string): string {
  const types = typesOf(connection, sql);
  const fields = types.map((type, index) => wireField(`c${index}`, type));
  const names = types.map((_, index) => `c${index}`).join(', ');
  const written = types.map((type, index) => writeSql(type, `f.c${index}`)).join(', ');
  const writer = createPartitionWriter({
    fields,
    partitions: 1,
    memoryLimitBytes: 1 << 28,
    spillDirectory: '/nonexistent',
  });
  for (const batch of readBatches(connection, `SELECT ${written} FROM (${sql}) AS f(${names})`, fields))
    writer.append(batch);
  const { parts, footer } = writer.finish();
  const object = joinParts(parts);
  const range = decodeFooter(footer, 'test')[0];
  const stream = decodeStream(object.slice(0, range?.sizeBytes));
  inputs.clear();
  inputs.register(0, stream);
  const read = types.map((type, index) => `${readSql(type, `i.c${index}`)} AS c${index}`).join(', ');
  return `SELECT ${read} FROM volley_input(0) AS i`;
}
