import { FabricError } from '../../errors.ts';
import type { DataType, ScalarTypeName, StructField } from '../../plan/types.ts';
import type { Library, Pointer } from './library.ts';

/** The type id `DUCKDB_TYPE_BIGINT`. */
export const BIGINT_TYPE_ID = 5;

const SCALARS: Readonly<Record<number, ScalarTypeName>> = {
  1: 'BOOLEAN',
  2: 'TINYINT',
  3: 'SMALLINT',
  4: 'INTEGER',
  5: 'BIGINT',
  6: 'UTINYINT',
  7: 'USMALLINT',
  8: 'UINTEGER',
  9: 'UBIGINT',
  10: 'FLOAT',
  11: 'DOUBLE',
  12: 'TIMESTAMP',
  13: 'DATE',
  14: 'TIME',
  15: 'INTERVAL',
  16: 'HUGEINT',
  17: 'VARCHAR',
  18: 'BLOB',
  20: 'TIMESTAMP_S',
  21: 'TIMESTAMP_MS',
  22: 'TIMESTAMP_NS',
  27: 'UUID',
  29: 'BIT',
  30: 'TIME WITH TIME ZONE',
  31: 'TIMESTAMP WITH TIME ZONE',
  32: 'UHUGEINT',
  35: 'BIGNUM',
  36: 'NULL',
  39: 'TIME_NS',
};

/** Reads and destroys a `duckdb_logical_type`. Throws `PLAN_UNSUPPORTED` for an unknown type. */
export function takeLogicalType(library: Library, type: Pointer): DataType {
  try {
    return readLogicalType(library, type);
  } finally {
    library.duckdb.destroy_logical_type([type]);
  }
}

function readLogicalType(library: Library, type: Pointer): DataType {
  const { duckdb } = library;
  const id = duckdb.get_type_id(type);
  switch (id) {
    case 19:
      return { kind: 'decimal', width: duckdb.decimal_width(type), scale: duckdb.decimal_scale(type) };
    case 23: {
      const values = Array.from({ length: duckdb.enum_dictionary_size(type) }, (_, index) =>
        takeText(library, duckdb.enum_dictionary_value(type, index)),
      );
      return { kind: 'enum', values };
    }
    case 24:
      return { kind: 'list', child: takeLogicalType(library, duckdb.list_type_child_type(type)) };
    case 25: {
      const count = Number(duckdb.struct_type_child_count(type));
      const fields = members(library, type, count, duckdb.struct_type_child_name, duckdb.struct_type_child_type);
      return { kind: 'struct', fields };
    }
    case 26:
      return {
        kind: 'map',
        key: takeLogicalType(library, duckdb.map_type_key_type(type)),
        value: takeLogicalType(library, duckdb.map_type_value_type(type)),
      };
    case 28: {
      const count = Number(duckdb.union_type_member_count(type));
      return {
        kind: 'union',
        members: members(library, type, count, duckdb.union_type_member_name, duckdb.union_type_member_type),
      };
    }
    case 33:
      return {
        kind: 'array',
        child: takeLogicalType(library, duckdb.array_type_child_type(type)),
        size: Number(duckdb.array_type_array_size(type)),
      };
    default: {
      const name = SCALARS[id];
      if (name === undefined) {
        throw new FabricError(
          'PLAN_UNSUPPORTED',
          `DuckDB's type number ${id} is not supported. Cast the column to another type.`,
        );
      }
      return { kind: 'scalar', name: name === 'VARCHAR' && aliasOf(library, type) === 'JSON' ? 'JSON' : name };
    }
  }
}

function members(
  library: Library,
  type: Pointer,
  count: number,
  name: (type: Pointer, index: number) => Pointer,
  child: (type: Pointer, index: number) => Pointer,
): StructField[] {
  return Array.from({ length: count }, (_, index) => ({
    name: takeText(library, name(type, index)),
    type: takeLogicalType(library, child(type, index)),
  }));
}

function aliasOf(library: Library, type: Pointer): string | undefined {
  const alias = library.duckdb.logical_type_get_alias(type);
  return alias === 0 ? undefined : takeText(library, alias);
}

/** Reads a string that the C API allocated for the caller, and frees it. */
export function takeText(library: Library, pointer: Pointer): string {
  const text = library.text(pointer);
  library.duckdb.free(pointer);
  return text;
}
