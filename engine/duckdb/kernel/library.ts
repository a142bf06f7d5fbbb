import koffi from 'koffi';
import { FabricError } from '../../errors.ts';
import { DUCKDB_VERSION } from '../../plan/engine-version.ts';
import { locateLibrary } from './locate.ts';

/** An address or an opaque handle of the C API. User-space addresses fit in a double exactly. */
export type Pointer = number;
/** A parameter through which the C API sets or clears a handle. */
type OutPointer = [Pointer];
/** A `duckdb_result` to pass by value, as returned by `decodeResult`. */
export type ResultValue = object & { readonly __brand: 'duckdb_result' };

/** `sizeof(duckdb_result)`. */
export const RESULT_BYTES = 48;

/** The functions of the C API that Volley uses, without the prefix `duckdb_`. A returned state of 0 means success. Source: duckdb.h 1.5. */
export interface Duckdb {
  library_version(): string;
  open(path: string, database: OutPointer): number;
  connect(database: Pointer, connection: OutPointer): number;
  disconnect(connection: OutPointer): void;
  close(database: OutPointer): void;
  interrupt(connection: Pointer): void;
  query(connection: Pointer, sql: string, result: Uint8Array): number;
  destroy_result(result: Uint8Array): void;
  result_error(result: Uint8Array): string | null;
  column_count(result: Uint8Array): number;
  column_name(result: Uint8Array, column: number): string;
  column_logical_type(result: Uint8Array, column: number): Pointer;
  prepare(connection: Pointer, sql: string, statement: OutPointer): number;
  prepare_error(statement: Pointer): string | null;
  destroy_prepare(statement: OutPointer): void;
  prepared_statement_column_count(statement: Pointer): number;
  prepared_statement_column_name(statement: Pointer, column: number): Pointer;
  prepared_statement_column_logical_type(statement: Pointer, column: number): Pointer;
  execute_prepared_streaming(statement: Pointer, result: Uint8Array): number;
  fetch_chunk(result: ResultValue): Pointer;
  destroy_data_chunk(chunk: OutPointer): void;
  data_chunk_get_size(chunk: Pointer): number;
  data_chunk_set_size(chunk: Pointer, rows: number): void;
  data_chunk_get_vector(chunk: Pointer, column: number): Pointer;
  vector_get_data(vector: Pointer): Pointer;
  vector_get_validity(vector: Pointer): Pointer;
  vector_get_column_type(vector: Pointer): Pointer;
  vector_reference_vector(to: Pointer, from: Pointer): void;
  free(pointer: Pointer): void;
  error_data_message(error: Pointer): string;
  destroy_error_data(error: OutPointer): void;

  create_logical_type(type: number): Pointer;
  destroy_logical_type(type: OutPointer): void;
  get_type_id(type: Pointer): number;
  logical_type_get_alias(type: Pointer): Pointer;
  decimal_width(type: Pointer): number;
  decimal_scale(type: Pointer): number;
  enum_dictionary_size(type: Pointer): number;
  enum_dictionary_value(type: Pointer, index: number): Pointer;
  list_type_child_type(type: Pointer): Pointer;
  array_type_child_type(type: Pointer): Pointer;
  array_type_array_size(type: Pointer): number;
  map_type_key_type(type: Pointer): Pointer;
  map_type_value_type(type: Pointer): Pointer;
  struct_type_child_count(type: Pointer): number;
  struct_type_child_name(type: Pointer, index: number): Pointer;
  struct_type_child_type(type: Pointer, index: number): Pointer;
  union_type_member_count(type: Pointer): number;
  union_type_member_name(type: Pointer, index: number): Pointer;
  union_type_member_type(type: Pointer, index: number): Pointer;

  connection_get_arrow_options(connection: Pointer, options: OutPointer): void;
  destroy_arrow_options(options: OutPointer): void;
  to_arrow_schema(
    options: Pointer,
    types: BigUint64Array,
    names: BigUint64Array,
    columns: number,
    schema: BigUint64Array,
  ): Pointer;
  data_chunk_to_arrow(options: Pointer, chunk: Pointer, array: BigUint64Array): Pointer;
  schema_from_arrow(connection: Pointer, schema: Pointer, converted: OutPointer): Pointer;
  data_chunk_from_arrow(connection: Pointer, array: Pointer, converted: Pointer, chunk: OutPointer): Pointer;
  destroy_arrow_converted_schema(converted: OutPointer): void;

  create_table_function(): Pointer;
  destroy_table_function(tableFunction: OutPointer): void;
  table_function_set_name(tableFunction: Pointer, name: string): void;
  table_function_add_parameter(tableFunction: Pointer, type: Pointer): void;
  table_function_set_bind(tableFunction: Pointer, callback: bigint): void;
  table_function_set_init(tableFunction: Pointer, callback: bigint): void;
  table_function_set_function(tableFunction: Pointer, callback: bigint): void;
  table_function_supports_projection_pushdown(tableFunction: Pointer, supported: boolean): void;
  register_table_function(connection: Pointer, tableFunction: Pointer): number;
  bind_get_parameter(info: Pointer, index: number): Pointer;
  bind_add_result_column(info: Pointer, name: string, type: Pointer): void;
  bind_set_cardinality(info: Pointer, rows: number, exact: boolean): void;
  bind_set_bind_data(info: Pointer, data: Pointer, destroy: Pointer): void;
  bind_set_error(info: Pointer, message: string): void;
  init_get_bind_data(info: Pointer): Pointer;
  init_set_init_data(info: Pointer, data: Pointer, destroy: Pointer): void;
  init_get_column_count(info: Pointer): number;
  init_get_column_index(info: Pointer, position: number): number;
  init_set_max_threads(info: Pointer, threads: number): void;
  init_set_error(info: Pointer, message: string): void;
  function_get_init_data(info: Pointer): Pointer;
  function_set_error(info: Pointer, message: string): void;
  get_int64(value: Pointer): number;
  destroy_value(value: OutPointer): void;
}

/** DuckDB's functions, and the parts of the C library and koffi that Volley needs. */
export interface Library {
  readonly duckdb: Duckdb;
  /** The address of a function that takes one pointer and does nothing. See `NO_OPERATION`. */
  readonly noOperation: Pointer;
  /** Copies foreign memory to an address in JavaScript memory. */
  copy(to: Pointer, from: Pointer, bytes: number): void;
  /** Reads a NUL-terminated string from foreign memory. */
  text(pointer: Pointer): string;
  /** Returns the by-value form of a result's bytes. */
  decodeResult(result: Uint8Array): ResultValue;
  /** Calls the `release` function of an Arrow struct: `void (*)(struct *)`. */
  release(callback: Pointer, struct: BigUint64Array): void;
  /** Returns the address of a buffer's memory. The caller must keep the buffer alive. The memory must not be on the JavaScript heap. */
  addressOf(memory: ArrayBufferLike): Pointer;
  /**
   * Returns a C function pointer for a callback of a table function. The callback runs only on this thread. The pointer stays valid until
   * the process ends.
   */
  callback(kind: 'info' | 'info-and-chunk', callback: (info: Pointer, chunk: Pointer) => void): bigint;
}

/**
 * The release function of Arrow arrays that Volley passes to DuckDB. Every Arrow array must have one. DuckDB calls it when it drops the
 * array, possibly on another thread, where a JavaScript callback would stop the process. The garbage collector frees the memory, so the
 * release function does nothing. libc's `labs` takes one machine word, touches no memory and returns.
 */
const NO_OPERATION = 'labs';

const SIGNATURES: Readonly<Record<keyof Duckdb, string>> = {
  library_version: 'const char *duckdb_library_version()',
  open: 'int duckdb_open(const char *path, _Out_ uintptr_t *database)',
  connect: 'int duckdb_connect(uintptr_t database, _Out_ uintptr_t *connection)',
  disconnect: 'void duckdb_disconnect(_Inout_ uintptr_t *connection)',
  close: 'void duckdb_close(_Inout_ uintptr_t *database)',
  interrupt: 'void duckdb_interrupt(uintptr_t connection)',
  query: 'int duckdb_query(uintptr_t connection, const char *sql, void *result)',
  destroy_result: 'void duckdb_destroy_result(void *result)',
  result_error: 'const char *duckdb_result_error(void *result)',
  column_count: 'uint64_t duckdb_column_count(void *result)',
  column_name: 'const char *duckdb_column_name(void *result, uint64_t column)',
  column_logical_type: 'uintptr_t duckdb_column_logical_type(void *result, uint64_t column)',
  prepare: 'int duckdb_prepare(uintptr_t connection, const char *sql, _Out_ uintptr_t *statement)',
  prepare_error: 'const char *duckdb_prepare_error(uintptr_t statement)',
  destroy_prepare: 'void duckdb_destroy_prepare(_Inout_ uintptr_t *statement)',
  prepared_statement_column_count: 'uint64_t duckdb_prepared_statement_column_count(uintptr_t statement)',
  prepared_statement_column_name:
    'uintptr_t duckdb_prepared_statement_column_name(uintptr_t statement, uint64_t column)',
  prepared_statement_column_logical_type:
    'uintptr_t duckdb_prepared_statement_column_logical_type(uintptr_t statement, uint64_t column)',
  execute_prepared_streaming: 'int duckdb_execute_prepared_streaming(uintptr_t statement, void *result)',
  fetch_chunk: 'uintptr_t duckdb_fetch_chunk(duckdb_result result)',
  destroy_data_chunk: 'void duckdb_destroy_data_chunk(_Inout_ uintptr_t *chunk)',
  data_chunk_get_size: 'uint64_t duckdb_data_chunk_get_size(uintptr_t chunk)',
  data_chunk_set_size: 'void duckdb_data_chunk_set_size(uintptr_t chunk, uint64_t rows)',
  data_chunk_get_vector: 'uintptr_t duckdb_data_chunk_get_vector(uintptr_t chunk, uint64_t column)',
  vector_get_data: 'uintptr_t duckdb_vector_get_data(uintptr_t vector)',
  vector_get_validity: 'uintptr_t duckdb_vector_get_validity(uintptr_t vector)',
  vector_get_column_type: 'uintptr_t duckdb_vector_get_column_type(uintptr_t vector)',
  vector_reference_vector: 'void duckdb_vector_reference_vector(uintptr_t to, uintptr_t from)',
  free: 'void duckdb_free(uintptr_t pointer)',
  error_data_message: 'const char *duckdb_error_data_message(uintptr_t error)',
  destroy_error_data: 'void duckdb_destroy_error_data(_Inout_ uintptr_t *error)',

  create_logical_type: 'uintptr_t duckdb_create_logical_type(int type)',
  destroy_logical_type: 'void duckdb_destroy_logical_type(_Inout_ uintptr_t *type)',
  get_type_id: 'int duckdb_get_type_id(uintptr_t type)',
  logical_type_get_alias: 'uintptr_t duckdb_logical_type_get_alias(uintptr_t type)',
  decimal_width: 'uint8_t duckdb_decimal_width(uintptr_t type)',
  decimal_scale: 'uint8_t duckdb_decimal_scale(uintptr_t type)',
  enum_dictionary_size: 'uint32_t duckdb_enum_dictionary_size(uintptr_t type)',
  enum_dictionary_value: 'uintptr_t duckdb_enum_dictionary_value(uintptr_t type, uint64_t index)',
  list_type_child_type: 'uintptr_t duckdb_list_type_child_type(uintptr_t type)',
  array_type_child_type: 'uintptr_t duckdb_array_type_child_type(uintptr_t type)',
  array_type_array_size: 'uint64_t duckdb_array_type_array_size(uintptr_t type)',
  map_type_key_type: 'uintptr_t duckdb_map_type_key_type(uintptr_t type)',
  map_type_value_type: 'uintptr_t duckdb_map_type_value_type(uintptr_t type)',
  struct_type_child_count: 'uint64_t duckdb_struct_type_child_count(uintptr_t type)',
  struct_type_child_name: 'uintptr_t duckdb_struct_type_child_name(uintptr_t type, uint64_t index)',
  struct_type_child_type: 'uintptr_t duckdb_struct_type_child_type(uintptr_t type, uint64_t index)',
  union_type_member_count: 'uint64_t duckdb_union_type_member_count(uintptr_t type)',
  union_type_member_name: 'uintptr_t duckdb_union_type_member_name(uintptr_t type, uint64_t index)',
  union_type_member_type: 'uintptr_t duckdb_union_type_member_type(uintptr_t type, uint64_t index)',

  connection_get_arrow_options:
    'void duckdb_connection_get_arrow_options(uintptr_t connection, _Out_ uintptr_t *options)',
  destroy_arrow_options: 'void duckdb_destroy_arrow_options(_Inout_ uintptr_t *options)',
  to_arrow_schema:
    'uintptr_t duckdb_to_arrow_schema(uintptr_t options, void *types, void *names, uint64_t columns, void *schema)',
  data_chunk_to_arrow: 'uintptr_t duckdb_data_chunk_to_arrow(uintptr_t options, uintptr_t chunk, void *array)',
  schema_from_arrow:
    'uintptr_t duckdb_schema_from_arrow(uintptr_t connection, uintptr_t schema, _Out_ uintptr_t *converted)',
  data_chunk_from_arrow:
    'uintptr_t duckdb_data_chunk_from_arrow(uintptr_t connection, uintptr_t array, uintptr_t converted, _Out_ uintptr_t *chunk)',
  destroy_arrow_converted_schema: 'void duckdb_destroy_arrow_converted_schema(_Inout_ uintptr_t *converted)',

  create_table_function: 'uintptr_t duckdb_create_table_function()',
  destroy_table_function: 'void duckdb_destroy_table_function(_Inout_ uintptr_t *table_function)',
  table_function_set_name: 'void duckdb_table_function_set_name(uintptr_t table_function, const char *name)',
  table_function_add_parameter: 'void duckdb_table_function_add_parameter(uintptr_t table_function, uintptr_t type)',
  table_function_set_bind: 'void duckdb_table_function_set_bind(uintptr_t table_function, uintptr_t callback)',
  table_function_set_init: 'void duckdb_table_function_set_init(uintptr_t table_function, uintptr_t callback)',
  table_function_set_function: 'void duckdb_table_function_set_function(uintptr_t table_function, uintptr_t callback)',
  table_function_supports_projection_pushdown:
    'void duckdb_table_function_supports_projection_pushdown(uintptr_t table_function, bool supported)',
  register_table_function: 'int duckdb_register_table_function(uintptr_t connection, uintptr_t table_function)',
  bind_get_parameter: 'uintptr_t duckdb_bind_get_parameter(uintptr_t info, uint64_t index)',
  bind_add_result_column: 'void duckdb_bind_add_result_column(uintptr_t info, const char *name, uintptr_t type)',
  bind_set_cardinality: 'void duckdb_bind_set_cardinality(uintptr_t info, uint64_t rows, bool exact)',
  bind_set_bind_data: 'void duckdb_bind_set_bind_data(uintptr_t info, uintptr_t data, uintptr_t destroy)',
  bind_set_error: 'void duckdb_bind_set_error(uintptr_t info, const char *message)',
  init_get_bind_data: 'uintptr_t duckdb_init_get_bind_data(uintptr_t info)',
  init_set_init_data: 'void duckdb_init_set_init_data(uintptr_t info, uintptr_t data, uintptr_t destroy)',
  init_get_column_count: 'uint64_t duckdb_init_get_column_count(uintptr_t info)',
  init_get_column_index: 'uint64_t duckdb_init_get_column_index(uintptr_t info, uint64_t position)',
  init_set_max_threads: 'void duckdb_init_set_max_threads(uintptr_t info, uint64_t threads)',
  init_set_error: 'void duckdb_init_set_error(uintptr_t info, const char *message)',
  function_get_init_data: 'uintptr_t duckdb_function_get_init_data(uintptr_t info)',
  function_set_error: 'void duckdb_function_set_error(uintptr_t info, const char *message)',
  get_int64: 'int64_t duckdb_get_int64(uintptr_t value)',
  destroy_value: 'void duckdb_destroy_value(_Inout_ uintptr_t *value)',
};

let loaded: Library | undefined;

/** Loads libduckdb once per thread. Throws `INTERNAL` if the library is missing or its version is not `DUCKDB_VERSION`. */
export function loadLibrary(): Library {
  loaded ??= bindLibrary(locateLibrary());
  return loaded;
}

function bindLibrary(path: string): Library {
  const handle = koffi.load(path);
  const resultType = koffi.struct('duckdb_result', {
    a: 'uint64_t',
    b: 'uint64_t',
    c: 'uint64_t',
    d: 'uintptr_t',
    e: 'uintptr_t',
    f: 'uintptr_t',
  });
  const functions = Object.entries(SIGNATURES).map(([name, signature]) => [name, handle.func(signature)]);
  // TypeScript cannot check C functions. `SIGNATURES` and `Duckdb` above must agree.
  const duckdb = Object.fromEntries(functions) as unknown as Duckdb;

  const version = duckdb.library_version();
  if (version !== `v${DUCKDB_VERSION}`) {
    throw new FabricError('INTERNAL', `DuckDB ${DUCKDB_VERSION} is required, but ${path} is ${version}.`);
  }

  const libc = koffi.load(null);
  const copy = libc.func('void *memcpy(uintptr_t to, uintptr_t from, size_t bytes)');
  const symbol = libc.func('uintptr_t dlsym(uintptr_t handle, const char *name)');
  const release = koffi.proto('void release(void *)');
  const callbacks = {
    info: koffi.pointer(koffi.proto('void table_function_step(uintptr_t info)')),
    'info-and-chunk': koffi.pointer(koffi.proto('void table_function_call(uintptr_t info, uintptr_t chunk)')),
  };
  return {
    duckdb,
    noOperation: symbol(0, NO_OPERATION),
    copy,
    text: (pointer) => koffi.decode.string(pointer),
    decodeResult: (result) => koffi.decode(result, resultType),
    release: (callback, struct) => koffi.call(callback, release, struct),
    addressOf: (memory) => Number(koffi.address(memory)),
    callback: (kind, callback) => koffi.register(callback, callbacks[kind]),
  };
}
