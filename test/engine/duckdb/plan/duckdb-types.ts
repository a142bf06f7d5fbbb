import { type DuckDBType, DuckDBTypeId } from '@duckdb/node-api';
import { type DataType, type ScalarTypeName, scalar } from '../../../../engine/plan/types.ts';

const SCALAR_NAMES: ReadonlyMap<DuckDBTypeId, ScalarTypeName> = new Map([
  [DuckDBTypeId.BOOLEAN, 'BOOLEAN'],
  [DuckDBTypeId.TINYINT, 'TINYINT'],
  [DuckDBTypeId.SMALLINT, 'SMALLINT'],
  [DuckDBTypeId.INTEGER, 'INTEGER'],
  [DuckDBTypeId.BIGINT, 'BIGINT'],
  [DuckDBTypeId.HUGEINT, 'HUGEINT'],
  [DuckDBTypeId.UTINYINT, 'UTINYINT'],
  [DuckDBTypeId.USMALLINT, 'USMALLINT'],
  [DuckDBTypeId.UINTEGER, 'UINTEGER'],
  [DuckDBTypeId.UBIGINT, 'UBIGINT'],
  [DuckDBTypeId.UHUGEINT, 'UHUGEINT'],
  [DuckDBTypeId.BIGNUM, 'BIGNUM'],
  [DuckDBTypeId.FLOAT, 'FLOAT'],
  [DuckDBTypeId.DOUBLE, 'DOUBLE'],
  [DuckDBTypeId.VARCHAR, 'VARCHAR'],
  [DuckDBTypeId.BLOB, 'BLOB'],
  [DuckDBTypeId.BIT, 'BIT'],
  [DuckDBTypeId.DATE, 'DATE'],
  [DuckDBTypeId.TIME, 'TIME'],
  [DuckDBTypeId.TIME_NS, 'TIME_NS'],
  [DuckDBTypeId.TIME_TZ, 'TIME WITH TIME ZONE'],
  [DuckDBTypeId.TIMESTAMP, 'TIMESTAMP'],
  [DuckDBTypeId.TIMESTAMP_S, 'TIMESTAMP_S'],
  [DuckDBTypeId.TIMESTAMP_MS, 'TIMESTAMP_MS'],
  [DuckDBTypeId.TIMESTAMP_NS, 'TIMESTAMP_NS'],
  [DuckDBTypeId.TIMESTAMP_TZ, 'TIMESTAMP WITH TIME ZONE'],
  [DuckDBTypeId.INTERVAL, 'INTERVAL'],
  [DuckDBTypeId.UUID, 'UUID'],
  [DuckDBTypeId.SQLNULL, 'NULL'],
]);

/** Converts the type of a result column to the form that the binder reports. */
export function dataTypeOf(type: DuckDBType): DataType {
  switch (type.typeId) {
    case DuckDBTypeId.DECIMAL:
      return { kind: 'decimal', width: type.width, scale: type.scale };
    case DuckDBTypeId.ENUM:
      return { kind: 'enum', values: type.values };
    case DuckDBTypeId.LIST:
      return { kind: 'list', child: dataTypeOf(type.valueType) };
    case DuckDBTypeId.ARRAY:
      return { kind: 'array', child: dataTypeOf(type.valueType), size: type.length };
    case DuckDBTypeId.STRUCT:
      return { kind: 'struct', fields: fields(type.entryNames, type.entryTypes) };
    case DuckDBTypeId.UNION:
      return { kind: 'union', members: fields(type.memberTags, type.memberTypes) };
    case DuckDBTypeId.MAP:
      return { kind: 'map', key: dataTypeOf(type.keyType), value: dataTypeOf(type.valueType) };
    default: {
      const name = type.alias === 'JSON' ? 'JSON' : SCALAR_NAMES.get(type.typeId);
      if (name === undefined) throw new Error(`no type for ${type.toString()}`);
      return scalar(name);
    }
  }
}

function fields(names: readonly string[], types: readonly DuckDBType[]) {
  return types.map((type, index) => ({ name: names[index] ?? '', type: dataTypeOf(type) }));
}
