import type { ArrowBatch, ArrowField } from '../../arrow/batch.ts';
import { FabricError } from '../../errors.ts';
import { Arena } from './arena.ts';
import { writeSchema } from './arrow-schema.ts';
import { type ColumnShape, shapeOfType } from './column-shape.ts';
import type { Connection } from './database.ts';
import { throwErrorData } from './error.ts';
import { type ColumnMemory, columnMemory, writeArray, writeSlice } from './input-memory.ts';
import type { Library, Pointer } from './library.ts';
import { BIGINT_TYPE_ID } from './logical-type.ts';

/**
 * The table function that returns the rows of an input. `volley_input(3)` returns the rows registered for stage 3, in columns `c0`, `c1`,
 * ...
 */
const INPUT_FUNCTION = 'volley_input';

/** Rows per chunk, which is DuckDB's vector size. It is a multiple of 8, so every slice of a validity bitmap starts at a whole byte. */
const SLICE_ROWS = 2048;

/** The rows of another stage that a fragment reads. */
export interface InputRows {
  readonly fields: readonly ArrowField[];
  readonly batches: readonly ArrowBatch[];
}

interface RegisteredInput {
  readonly fields: readonly ArrowField[];
  readonly shapes: readonly ColumnShape[];
  readonly batches: readonly { readonly rows: number; readonly columns: readonly ColumnMemory[] }[];
  readonly rows: number;
}

/** One scan of an input. A query may scan an input several times, and each scan has its own position. */
interface Scan {
  readonly input: RegisteredInput;
  /** The projected columns of the input, with their positions in DuckDB's chunk. */
  readonly columns: readonly { readonly position: number; readonly column: number }[];
  readonly converted: [Pointer];
  readonly arena: Arena;
  batch: number;
  row: number;
}

/**
 * The inputs of the next fragment, which reads them through a table function. DuckDB reads the registered buffers in place.
 *
 * The callbacks are JavaScript and must run on the query's thread, so the query must run with `threads=1`.
 */
export class FragmentInputs {
  readonly #library: Library;
  readonly #connection: Connection;
  readonly #inputs = new Map<number, RegisteredInput>();
  /** The open scans by id. DuckDB holds only the id, never a JavaScript value. Ids start at 1, since 0 is the null pointer. */
  readonly #scans = new Map<number, Scan>();
  #lastScan = 0;

  /** Registers the table function with the connection's database. Call once per database. */
  constructor(connection: Connection) {
    this.#connection = connection;
    this.#library = connection.library;
    const { duckdb } = this.#library;
    const tableFunction = duckdb.create_table_function();
    const parameter = duckdb.create_logical_type(BIGINT_TYPE_ID);
    duckdb.table_function_set_name(tableFunction, INPUT_FUNCTION);
    duckdb.table_function_add_parameter(tableFunction, parameter);
    duckdb.table_function_set_bind(
      tableFunction,
      this.#callback('info', duckdb.bind_set_error, (info) => this.#bind(info)),
    );
    duckdb.table_function_set_init(
      tableFunction,
      this.#callback('info', duckdb.init_set_error, (info) => this.#start(info)),
    );
    duckdb.table_function_set_function(
      tableFunction,
      this.#callback('info-and-chunk', duckdb.function_set_error, (info, chunk) => this.#fill(info, chunk)),
    );
    duckdb.table_function_supports_projection_pushdown(tableFunction, true);
    const state = duckdb.register_table_function(connection.pointer, tableFunction);
    duckdb.destroy_logical_type([parameter]);
    duckdb.destroy_table_function([tableFunction]);
    if (state !== 0) throw new FabricError('INTERNAL', `DuckDB rejected the table function ${INPUT_FUNCTION}.`);
  }

  /** Makes rows readable as `volley_input(stage)` until `clear` is called. The memory of the batches must not change until then. */
  register(stage: number, input: InputRows): void {
    const shapes = input.fields.map((field) => shapeOfType(field.type));
    const batches = input.batches
      .filter((batch) => batch.rows > 0)
      .map((batch) => ({
        rows: batch.rows,
        columns: shapes.map((shape, index) => columnMemory(this.#library, shape, batch.columns[index])),
      }));
    const rows = batches.reduce((sum, batch) => sum + batch.rows, 0);
    this.#inputs.set(stage, { fields: input.fields, shapes, batches, rows });
  }

  /** Removes all inputs. No query that reads them may be running. */
  clear(): void {
    for (const scan of this.#scans.values()) this.#library.duckdb.destroy_arrow_converted_schema(scan.converted);
    this.#scans.clear();
    this.#inputs.clear();
  }

  #callback(
    kind: 'info' | 'info-and-chunk',
    setError: (info: Pointer, message: string) => void,
    run: (info: Pointer, chunk: Pointer) => void,
  ): bigint {
    return this.#library.callback(kind, (info, chunk) => {
      // An exception must not unwind through DuckDB's stack frames.
      try {
        run(info, chunk);
      } catch (error) {
        setError(info, error instanceof Error ? error.message : String(error));
      }
    });
  }

  #bind(info: Pointer): void {
    const { duckdb } = this.#library;
    const parameter = duckdb.bind_get_parameter(info, 0);
    const stage = Number(duckdb.get_int64(parameter));
    duckdb.destroy_value([parameter]);
    const input = this.#inputs.get(stage);
    if (input === undefined)
      throw new FabricError('INTERNAL', `The fragment reads stage ${stage}, which is not an input of its task.`);
    const types = this.#logicalTypes(input);
    for (const [index, type] of types.entries()) {
      duckdb.bind_add_result_column(info, `c${index}`, type);
      duckdb.destroy_logical_type([type]);
    }
    duckdb.bind_set_cardinality(info, input.rows, true);
    // DuckDB passes this pointer-sized number back to `#start`. It is the stage plus one, since 0 is the null pointer.
    duckdb.bind_set_bind_data(info, stage + 1, 0);
  }

  /** Returns the types that DuckDB derives from the fields. No rows are converted. The caller must destroy the types. */
  #logicalTypes(input: RegisteredInput): Pointer[] {
    const { duckdb } = this.#library;
    const arena = new Arena(this.#library, 4096);
    const converted = this.#convertSchema(arena, input.fields);
    try {
      const empty = input.shapes.map((shape) =>
        writeSlice(arena, shape, columnMemory(this.#library, shape, undefined), 0, 0),
      );
      const chunk: [Pointer] = [0];
      const array = writeArray(arena, 0, [0], empty);
      throwErrorData(this.#library, duckdb.data_chunk_from_arrow(this.#connection.pointer, array, converted[0], chunk));
      const types = input.fields.map((_, index) =>
        duckdb.vector_get_column_type(duckdb.data_chunk_get_vector(chunk[0], index)),
      );
      duckdb.destroy_data_chunk(chunk);
      return types;
    } finally {
      duckdb.destroy_arrow_converted_schema(converted);
    }
  }

  #convertSchema(arena: Arena, fields: readonly ArrowField[]): [Pointer] {
    const schema = writeSchema(arena, { name: '', type: { kind: 'struct', fields } });
    const converted: [Pointer] = [0];
    throwErrorData(this.#library, this.#library.duckdb.schema_from_arrow(this.#connection.pointer, schema, converted));
    return converted;
  }

  #start(info: Pointer): void {
    const { duckdb } = this.#library;
    const stage = Number(duckdb.init_get_bind_data(info)) - 1;
    const input = this.#inputs.get(stage);
    if (input === undefined)
      throw new FabricError('INTERNAL', `The rows of stage ${stage} were removed before they were read.`);
    duckdb.init_set_max_threads(info, 1);
    const count = Number(duckdb.init_get_column_count(info));
    const projected = Array.from({ length: count }, (_, position) => ({
      position,
      column: Number(duckdb.init_get_column_index(info, position)),
    }));
    // A query that needs no columns, such as count(*), projects a virtual column. Its number is beyond all real
    // columns, and it is never read.
    const columns = projected.filter(({ column }) => column < input.fields.length);
    const arena = new Arena(this.#library);
    const fields = columns.flatMap(({ column }) => input.fields[column] ?? []);
    const converted = columns.length === 0 ? ([0] satisfies [Pointer]) : this.#convertSchema(arena, fields);
    const id = ++this.#lastScan;
    this.#scans.set(id, { input, columns, converted, arena, batch: 0, row: 0 });
    duckdb.init_set_init_data(info, id, 0);
  }

  #fill(info: Pointer, chunk: Pointer): void {
    const { duckdb } = this.#library;
    const scan = this.#scans.get(Number(duckdb.function_get_init_data(info)));
    if (scan === undefined) throw new FabricError('INTERNAL', 'An input scan continued after its query ended.');
    const batch = scan.input.batches[scan.batch];
    const rows = batch === undefined ? 0 : Math.min(SLICE_ROWS, batch.rows - scan.row);
    if (batch !== undefined) {
      if (scan.columns.length > 0) this.#reference(scan, batch.columns, rows, chunk);
      scan.row += rows;
      if (scan.row >= batch.rows) {
        scan.batch++;
        scan.row = 0;
      }
    }
    duckdb.data_chunk_set_size(chunk, rows);
  }

  /** Points DuckDB's vectors at rows of a batch. */
  #reference(scan: Scan, columns: readonly ColumnMemory[], rows: number, chunk: Pointer): void {
    const { duckdb } = this.#library;
    const mark = scan.arena.mark();
    const slices = scan.columns.map(({ column }) => {
      const shape = scan.input.shapes[column];
      const memory = columns[column];
      if (shape === undefined || memory === undefined)
        throw new FabricError('INTERNAL', `An input has no column ${column}.`);
      return writeSlice(scan.arena, shape, memory, scan.row, rows);
    });
    const array = writeArray(scan.arena, rows, [0], slices);
    const source: [Pointer] = [0];
    throwErrorData(
      this.#library,
      duckdb.data_chunk_from_arrow(this.#connection.pointer, array, scan.converted[0], source),
    );
    for (const [index, { position }] of scan.columns.entries()) {
      duckdb.vector_reference_vector(
        duckdb.data_chunk_get_vector(chunk, position),
        duckdb.data_chunk_get_vector(source[0], index),
      );
    }
    duckdb.destroy_data_chunk(source);
    // DuckDB no longer needs the structs. Its vectors point at the buffers themselves.
    scan.arena.rewind(mark);
  }
}
