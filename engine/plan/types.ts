/**
 * The names of DuckDB's scalar types, as `typeof` prints them. They include the long forms of the plan JSON, such as `TIMESTAMP WITH TIME
 * ZONE`.
 */
export type ScalarTypeName =
  | 'BOOLEAN'
  | 'TINYINT'
  | 'SMALLINT'
  | 'INTEGER'
  | 'BIGINT'
  | 'HUGEINT'
  | 'UTINYINT'
  | 'USMALLINT'
  | 'UINTEGER'
  | 'UBIGINT'
  | 'UHUGEINT'
  | 'BIGNUM'
  | 'FLOAT'
  | 'DOUBLE'
  | 'VARCHAR'
  | 'BLOB'
  | 'BIT'
  | 'DATE'
  | 'TIME'
  | 'TIME_NS'
  | 'TIME WITH TIME ZONE'
  | 'TIMESTAMP'
  | 'TIMESTAMP_S'
  | 'TIMESTAMP_MS'
  | 'TIMESTAMP_NS'
  | 'TIMESTAMP WITH TIME ZONE'
  | 'INTERVAL'
  | 'UUID'
  | 'JSON'
  /** The type of a bare NULL. */
  | 'NULL';

/** A field of a STRUCT, or a member of a UNION. */
export interface StructField {
  /** Empty for the fields of an unnamed struct (`row(1, 2)`). */
  readonly name: string;
  readonly type: DataType;
}

/** A logical type of DuckDB. */
export type DataType =
  | { readonly kind: 'scalar'; readonly name: ScalarTypeName }
  /** `width` digits in total (1 to 38), `scale` of them after the decimal point. */
  | { readonly kind: 'decimal'; readonly width: number; readonly scale: number }
  | { readonly kind: 'enum'; readonly values: readonly string[] }
  | { readonly kind: 'list'; readonly child: DataType }
  | { readonly kind: 'array'; readonly child: DataType; readonly size: number }
  | { readonly kind: 'struct'; readonly fields: readonly StructField[] }
  | { readonly kind: 'map'; readonly key: DataType; readonly value: DataType }
  | { readonly kind: 'union'; readonly members: readonly StructField[] };

/** Returns the scalar type with this name. */
export function scalar(name: ScalarTypeName): DataType {
  return { kind: 'scalar', name };
}

/** Types that the plan itself needs. */
export const BOOLEAN: DataType = scalar('BOOLEAN');
export const BIGINT: DataType = scalar('BIGINT');
export const HUGEINT: DataType = scalar('HUGEINT');
export const DOUBLE: DataType = scalar('DOUBLE');
export const VARCHAR: DataType = scalar('VARCHAR');

/** Quotes an SQL identifier. No other function turns a name into SQL text. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Quotes an SQL string literal. The text must not contain NUL. Callers whose text may contain NUL split the text first. */
export function quoteLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Returns the type as DuckDB writes it. The text is valid in `CAST(x AS ...)` and in messages. */
export function typeSql(type: DataType): string {
  switch (type.kind) {
    case 'scalar':
      return type.name === 'NULL' ? '"NULL"' : type.name;
    case 'decimal':
      return `DECIMAL(${type.width},${type.scale})`;
    case 'enum':
      return `ENUM(${type.values.map(quoteLiteral).join(', ')})`;
    case 'list':
      return `${typeSql(type.child)}[]`;
    case 'array':
      return `${typeSql(type.child)}[${type.size}]`;
    case 'struct':
      return `STRUCT(${type.fields.map((field) => `${quoteIdentifier(field.name)} ${typeSql(field.type)}`).join(', ')})`;
    case 'map':
      return `MAP(${typeSql(type.key)}, ${typeSql(type.value)})`;
    case 'union':
      return `UNION(${type.members.map((member) => `${quoteIdentifier(member.name)} ${typeSql(member.type)}`).join(', ')})`;
    default:
      return type satisfies never;
  }
}

/** Returns whether two types are equal. */
export function sameType(left: DataType, right: DataType): boolean {
  return typeSql(left) === typeSql(right);
}
