import type { DataType } from '../../plan/types.ts';
import { DuckdbError } from './error.ts';
import { type Library, loadLibrary, type Pointer, RESULT_BYTES } from './library.ts';
import { takeLogicalType, takeText } from './logical-type.ts';
import { readStrings } from './strings.ts';

export interface KernelColumn {
  readonly name: string;
  readonly type: DataType;
}

/** A small query result as text. Each value is a string, or null for NULL. */
export interface TextAnswer {
  readonly columns: readonly KernelColumn[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** An open in-memory DuckDB instance. All calls run synchronously on the calling thread. */
export class Database {
  readonly #library: Library;
  readonly #handle: [Pointer] = [0];

  private constructor(library: Library) {
    this.#library = library;
  }

  /** Opens an empty in-memory database. */
  static open(): Database {
    const database = new Database(loadLibrary());
    if (database.#library.duckdb.open(':memory:', database.#handle) !== 0) {
      throw new DuckdbError('IO Error: cannot open an in-memory database');
    }
    return database;
  }

  /** Opens another connection to the same instance. */
  connect(): Connection {
    const handle: [Pointer] = [0];
    if (this.#library.duckdb.connect(this.#handle[0], handle) !== 0) {
      throw new DuckdbError('Connection Error: cannot connect to an in-memory database');
    }
    return new Connection(this.#library, handle);
  }

  /** Closes the instance. Its connections must be closed first. Idempotent. */
  close(): void {
    if (this.#handle[0] !== 0) this.#library.duckdb.close(this.#handle);
    this.#handle[0] = 0;
  }
}

/** An open connection. Methods throw `DuckdbError` if DuckDB rejects the call. */
export class Connection {
  readonly library: Library;
  readonly #handle: [Pointer];

  /** Use `Database.connect` to create a connection. */
  constructor(library: Library, handle: [Pointer]) {
    this.library = library;
    this.#handle = handle;
  }

  /** The handle for the C API. Another thread of the process may use it to interrupt a statement. */
  get pointer(): Pointer {
    return this.#handle[0];
  }

  /** Runs statements and discards their rows. */
  run(sql: string): void {
    this.#execute(sql, () => undefined);
  }

  /**
   * Runs a statement and returns its rows as text. Every column must be VARCHAR or an alias of VARCHAR such as JSON. Cast other types in
   * the SQL.
   */
  query(sql: string): TextAnswer {
    const { duckdb } = this.library;
    return this.#execute(sql, (result) => {
      const count = Number(duckdb.column_count(result));
      const columns = Array.from({ length: count }, (_, index) => ({
        name: duckdb.column_name(result, index),
        type: takeLogicalType(this.library, duckdb.column_logical_type(result, index)),
      }));
      return { columns, rows: this.#textRows(result, columns) };
    });
  }

  /** Binds a statement without running it. The caller must close the returned statement. */
  prepare(sql: string): Statement {
    const handle: [Pointer] = [0];
    const { duckdb } = this.library;
    if (duckdb.prepare(this.pointer, checkedSql(sql), handle) !== 0) {
      const message =
        duckdb.prepare_error(handle[0]) ?? 'INTERNAL Error: preparing the statement failed without a message';
      duckdb.destroy_prepare(handle);
      throw new DuckdbError(message);
    }
    return new Statement(this.library, handle);
  }

  /** Closes the connection. Idempotent. */
  close(): void {
    if (this.#handle[0] !== 0) this.library.duckdb.disconnect(this.#handle);
    this.#handle[0] = 0;
  }

  #execute<T>(sql: string, read: (result: Uint8Array) => T): T {
    const { duckdb } = this.library;
    const result = new Uint8Array(RESULT_BYTES);
    try {
      if (duckdb.query(this.pointer, checkedSql(sql), result) !== 0) throw resultError(this.library, result);
      return read(result);
    } finally {
      duckdb.destroy_result(result);
    }
  }

  #textRows(result: Uint8Array, columns: readonly KernelColumn[]): (string | null)[][] {
    const { duckdb } = this.library;
    const value = this.library.decodeResult(result);
    const rows: (string | null)[][] = [];
    for (let chunk = duckdb.fetch_chunk(value); chunk !== 0; chunk = duckdb.fetch_chunk(value)) {
      const count = Number(duckdb.data_chunk_get_size(chunk));
      const texts = columns.map((column, index) => {
        const vector = duckdb.data_chunk_get_vector(chunk, index);
        if (column.type.kind !== 'scalar' || (column.type.name !== 'VARCHAR' && column.type.name !== 'JSON')) {
          throw new TypeError(`Column ${column.name} of a text result must be cast to VARCHAR.`);
        }
        return readStrings(this.library, vector, count);
      });
      for (let row = 0; row < count; row++) rows.push(texts.map((column) => column[row] ?? null));
      duckdb.destroy_data_chunk([chunk]);
    }
    return rows;
  }
}

/** A bound statement. It stays open until `close` is called. */
export class Statement {
  readonly #library: Library;
  readonly #handle: [Pointer];

  /** Use `Connection.prepare` to create a statement. */
  constructor(library: Library, handle: [Pointer]) {
    this.#library = library;
    this.#handle = handle;
  }

  get pointer(): Pointer {
    return this.#handle[0];
  }

  /** The names and types of the result's columns. */
  columns(): KernelColumn[] {
    const { duckdb } = this.#library;
    const count = Number(duckdb.prepared_statement_column_count(this.pointer));
    return Array.from({ length: count }, (_, index) => ({
      name: takeText(this.#library, duckdb.prepared_statement_column_name(this.pointer, index)),
      type: takeLogicalType(this.#library, duckdb.prepared_statement_column_logical_type(this.pointer, index)),
    }));
  }

  /** Closes the statement. Idempotent. */
  close(): void {
    if (this.#handle[0] !== 0) this.#library.duckdb.destroy_prepare(this.#handle);
    this.#handle[0] = 0;
  }
}

/**
 * Returns the SQL if it contains no NUL character, and throws otherwise. The C API takes NUL-terminated strings and would silently ignore
 * the rest.
 */
function checkedSql(sql: string): string {
  if (sql.includes('\0'))
    throw new DuckdbError('Parser Error: the statement contains a NUL character. Write it as chr(0).');
  return sql;
}

/** Returns the error of a failed result. */
export function resultError(library: Library, result: Uint8Array): DuckdbError {
  return new DuckdbError(
    library.duckdb.result_error(result) ?? 'INTERNAL Error: the statement failed without a message',
  );
}
