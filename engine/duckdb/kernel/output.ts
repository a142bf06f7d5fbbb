import type { ArrowBatch, ArrowColumn, ArrowField } from '../../arrow/batch.ts';
import { columnTooLarge } from '../../arrow/layout.ts';
import { FabricError } from '../../errors.ts';
import { samePhysicalType } from './arrow-format.ts';
import { fieldsOfTypes } from './arrow-schema.ts';
import { flattenViews } from './binary-view.ts';
import { type ColumnShape, shapeOfType } from './column-shape.ts';
import { type Connection, resultError, type Statement } from './database.ts';
import { DuckdbError, throwErrorData } from './error.ts';
import { type Library, type Pointer, RESULT_BYTES, type ResultValue } from './library.ts';
import { OutputMemory } from './output-memory.ts';

/** `sizeof(struct ArrowArray)` and the positions of its members, in 8-byte words. */
const ARRAY_BYTES = 80;
const LENGTH = 0;
const NULL_COUNT = 1;
const OFFSET = 2;
const BUFFER_COUNT = 3;
const BUFFERS = 5;
const CHILDREN = 6;
const RELEASE = 8;

/**
 * The rows of a statement, computed one chunk of at most 2,048 rows at a time. DuckDB's pipelines run inside `next`, on the calling thread
 * and on DuckDB's own threads.
 */
export class OutputStream {
  readonly #library: Library;
  readonly #statement: Statement;
  readonly #arrowOptions: [Pointer] = [0];
  readonly #shapes: readonly ColumnShape[];
  readonly #result = new Uint8Array(RESULT_BYTES);
  readonly #value: ResultValue;
  readonly #memory: OutputMemory;
  #closed = false;

  /**
   * Binds and starts a statement. Its columns must match `fields` by position. Names are ignored. Throws `INTERNAL` if DuckDB uses another
   * Arrow type for a column, and `DuckdbError` if the statement fails.
   */
  constructor(connection: Connection, sql: string, fields: readonly ArrowField[]) {
    this.#library = connection.library;
    const { duckdb } = this.#library;
    this.#memory = new OutputMemory(this.#library);
    this.#shapes = fields.map((field) => shapeOfType(field.type));
    this.#statement = connection.prepare(sql);
    try {
      duckdb.connection_get_arrow_options(connection.pointer, this.#arrowOptions);
      this.#checkColumns(fields);
      if (duckdb.execute_prepared_streaming(this.#statement.pointer, this.#result) !== 0) {
        throw resultError(this.#library, this.#result);
      }
      this.#value = this.#library.decodeResult(this.#result);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /**
   * Returns the next rows, or undefined after the last row. Throws `OUTPUT_FAILED` if a column exceeds the limits of Arrow's offsets. The batch
   * is valid until the next call, which reuses its memory.
   */
  next(): ArrowBatch | undefined {
    const { duckdb } = this.#library;
    const chunk = duckdb.fetch_chunk(this.#value);
    if (chunk === 0) {
      // DuckDB signals the end and an error in the same way, but only an error has a message.
      if (duckdb.result_error(this.#result)) throw resultError(this.#library, this.#result);
      return undefined;
    }
    const array = new BigUint64Array(ARRAY_BYTES / 8);
    try {
      throwErrorData(this.#library, duckdb.data_chunk_to_arrow(this.#arrowOptions[0], chunk, array));
    } catch (error) {
      throw isBeyondOffsets(error) ? columnTooLarge(error) : error;
    } finally {
      duckdb.destroy_data_chunk([chunk]);
    }
    try {
      this.#memory.reset();
      return {
        rows: Number(array[LENGTH] ?? 0n),
        columns: this.#readChildren(Number(array[CHILDREN] ?? 0n), this.#shapes),
      };
    } finally {
      this.#library.release(Number(array[RELEASE] ?? 0n), array);
    }
  }

  /** Ends the statement, even if not all rows have been read. Idempotent. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    const { duckdb } = this.#library;
    duckdb.destroy_result(this.#result);
    if (this.#arrowOptions[0] !== 0) duckdb.destroy_arrow_options(this.#arrowOptions);
    this.#statement.close();
  }

  #checkColumns(expected: readonly ArrowField[]): void {
    const { duckdb } = this.#library;
    const count = Number(duckdb.prepared_statement_column_count(this.#statement.pointer));
    const types = Array.from({ length: count }, (_, index) =>
      duckdb.prepared_statement_column_logical_type(this.#statement.pointer, index),
    );
    try {
      const actual = fieldsOfTypes(this.#library, this.#arrowOptions[0], types);
      if (actual.length !== expected.length) {
        throw new FabricError(
          'INTERNAL',
          `A fragment returns ${actual.length} columns, but ${expected.length} columns are expected.`,
        );
      }
      for (const [index, field] of expected.entries()) {
        const found = actual[index];
        if (found === undefined || !samePhysicalType(found, field)) {
          const types = `${JSON.stringify(found?.type)}, but ${JSON.stringify(field.type)} is expected`;
          throw new FabricError('INTERNAL', `Column ${index} of a fragment has the type ${types}.`);
        }
      }
    } finally {
      for (const type of types) duckdb.destroy_logical_type([type]);
    }
  }

  #readChildren(pointers: Pointer, shapes: readonly ColumnShape[]): ArrowColumn[] {
    if (shapes.length === 0) return [];
    const addresses = this.#memory.readWords(pointers, shapes.length);
    return shapes.map((shape, index) => this.#readColumn(addresses[index] ?? 0, shape));
  }

  #readColumn(pointer: Pointer, shape: ColumnShape): ArrowColumn {
    const memory = this.#memory;
    const array = memory.readWords(pointer, ARRAY_BYTES / 8);
    const rows = array[LENGTH] ?? 0;
    if (array[OFFSET] !== 0) throw new FabricError('INTERNAL', 'DuckDB returned an Arrow array with an offset.');
    if (shape.isGivenAsView) return this.#readViews(array, rows);
    const pointers = memory.readWords(array[BUFFERS] ?? 0, shape.buffers.length + (shape.hasValidity ? 1 : 0));
    const hasNulls = shape.hasValidity && array[NULL_COUNT] !== 0 && pointers[0] !== 0;
    const first = shape.hasValidity ? 1 : 0;
    let valueBytes = 0;
    const buffers = shape.buffers.map((layout, index) => {
      const from = pointers[first + index] ?? 0;
      switch (layout.kind) {
        case 'fixed':
          return memory.copyIn(from, rows * layout.widthBytes);
        case 'bits':
          return memory.copyIn(from, Math.ceil(rows / 8));
        case 'offsets': {
          // DuckDB allocates no offsets for zero rows, but Arrow requires one.
          const offsets = rows === 0 ? memory.zeros(4) : memory.copyIn(from, (rows + 1) * 4);
          valueBytes = new Int32Array(offsets.buffer, offsets.byteOffset, rows + 1)[rows] ?? 0;
          return offsets;
        }
        case 'bytes':
          return memory.copyIn(from, valueBytes);
        default:
          return layout satisfies never;
      }
    });
    const children = this.#readChildren(array[CHILDREN] ?? 0, shape.children);
    if (!hasNulls) return { rows, buffers, children };
    return { rows, validity: memory.copyIn(pointers[0] ?? 0, Math.ceil(rows / 8)), buffers, children };
  }

  /**
   * Reads a column that DuckDB returns as a binary view. Its buffers are the validity bitmap, the views, any number of data buffers, and
   * the sizes of the data buffers.
   */
  #readViews(array: readonly number[], rows: number): ArrowColumn {
    const memory = this.#memory;
    const pointers = memory.readWords(array[BUFFERS] ?? 0, array[BUFFER_COUNT] ?? 0);
    const dataPointers = pointers.slice(2, -1);
    const sizes = memory.readWords(pointers.at(-1) ?? 0, dataPointers.length);
    const hasNulls = array[NULL_COUNT] !== 0 && pointers[0] !== 0;
    const validity = hasNulls ? memory.copyIn(pointers[0] ?? 0, Math.ceil(rows / 8)) : undefined;
    const views = memory.copyIn(pointers[1] ?? 0, rows * 16);
    const data = dataPointers.map((pointer, index) => memory.copyIn(pointer, sizes[index] ?? 0));
    const { offsets, bytes } = flattenViews({ rows, validity, views, data });
    const buffers = [new Uint8Array(offsets.buffer), bytes];
    return validity === undefined ? { rows, buffers, children: [] } : { rows, validity, buffers, children: [] };
  }
}

/** Returns whether an error means that a column has more bytes or elements than Arrow's int32 offsets can express. */
function isBeyondOffsets(error: unknown): boolean {
  return error instanceof DuckdbError && error.message.includes('Arrow Appender: The maximum ');
}
