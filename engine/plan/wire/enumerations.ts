import { volley } from '../../../proto/generated/volley.js';
import type { ComparisonOperator, SyntaxOperator, WindowCall } from '../expression.ts';
import type { JoinType, Relation, ScanColumn, ScanFormat } from '../relation.ts';
import type { ShuffleCompression } from '../stage.ts';
import type { ScalarTypeName } from '../types.ts';
import { tooNew } from './faults.ts';

/** Maps names to numbers on the wire and back. */
export interface Enumeration<Name extends string> {
  encode(name: Name): number;
  /** Throws `VERSION_SKEW` for a number without a name and for 0, the value of an absent field. */
  decode(value: number | null | undefined): Name;
}

/** Returns an enumeration of all names of a union type. The compiler checks that no name is missing. */
export function enumeration<Name extends string>(
  what: string,
  numbers: Readonly<Record<Name, number>>,
): Enumeration<Name> {
  const names = new Map<number, Name>();
  for (const name in numbers) names.set(numbers[name], name);
  return {
    encode: (name) => numbers[name],
    decode(value) {
      const name = names.get(value ?? 0);
      if (name === undefined) throw tooNew(`${what} ${value ?? 0} is not known`);
      return name;
    },
  };
}

const { Scalar } = volley.DataType;
/** The scalar types of DuckDB. */
export const scalarTypes = enumeration<ScalarTypeName>('the scalar type', {
  BOOLEAN: Scalar.BOOLEAN,
  TINYINT: Scalar.TINYINT,
  SMALLINT: Scalar.SMALLINT,
  INTEGER: Scalar.INTEGER,
  BIGINT: Scalar.BIGINT,
  HUGEINT: Scalar.HUGEINT,
  UTINYINT: Scalar.UTINYINT,
  USMALLINT: Scalar.USMALLINT,
  UINTEGER: Scalar.UINTEGER,
  UBIGINT: Scalar.UBIGINT,
  UHUGEINT: Scalar.UHUGEINT,
  BIGNUM: Scalar.BIGNUM,
  FLOAT: Scalar.FLOAT,
  DOUBLE: Scalar.DOUBLE,
  VARCHAR: Scalar.VARCHAR,
  BLOB: Scalar.BLOB,
  BIT: Scalar.BIT,
  DATE: Scalar.DATE,
  TIME: Scalar.TIME,
  TIME_NS: Scalar.TIME_NS,
  'TIME WITH TIME ZONE': Scalar.TIME_WITH_TIME_ZONE,
  TIMESTAMP: Scalar.TIMESTAMP,
  TIMESTAMP_S: Scalar.TIMESTAMP_S,
  TIMESTAMP_MS: Scalar.TIMESTAMP_MS,
  TIMESTAMP_NS: Scalar.TIMESTAMP_NS,
  'TIMESTAMP WITH TIME ZONE': Scalar.TIMESTAMP_WITH_TIME_ZONE,
  INTERVAL: Scalar.INTERVAL,
  UUID: Scalar.UUID,
  JSON: Scalar.JSON,
  NULL: Scalar.NULL_TYPE,
});

const { Operator: Compare } = volley.Comparison;
/** Operators of comparisons and of join conditions. */
export const comparisonOperators = enumeration<ComparisonOperator>('the comparison', {
  '=': Compare.EQUAL,
  '<>': Compare.NOT_EQUAL,
  '<': Compare.LESS,
  '>': Compare.GREATER,
  '<=': Compare.LESS_OR_EQUAL,
  '>=': Compare.GREATER_OR_EQUAL,
  'is distinct from': Compare.DISTINCT_FROM,
  'is not distinct from': Compare.NOT_DISTINCT_FROM,
});

/** Operators that combine predicates. */
export const connectives = enumeration<'and' | 'or'>('the connective', {
  and: volley.Conjunction.Connective.AND,
  or: volley.Conjunction.Connective.OR,
});

const { Operator: Syntax } = volley.SyntaxCall;
/** Operators with special syntax. */
export const syntaxOperators = enumeration<SyntaxOperator>('the operator', {
  not: Syntax.NOT,
  'is null': Syntax.IS_NULL,
  'is not null': Syntax.IS_NOT_NULL,
  in: Syntax.IN,
  'not in': Syntax.NOT_IN,
  coalesce: Syntax.COALESCE,
  try: Syntax.TRY,
});

type Frame = NonNullable<WindowCall['frame']>;
/** Units of a window frame's bounds. */
export const frameModes = enumeration<Frame['mode']>('the frame mode', {
  rows: volley.Frame.Mode.ROWS,
  range: volley.Frame.Mode.RANGE,
  groups: volley.Frame.Mode.GROUPS,
});
/** Exclusions of a window's frame. */
export const frameExclusions = enumeration<NonNullable<Frame['exclude']>>('the frame exclusion', {
  'current row': volley.Frame.Exclude.EXCLUDE_CURRENT_ROW,
  group: volley.Frame.Exclude.EXCLUDE_GROUP,
  ties: volley.Frame.Exclude.EXCLUDE_TIES,
});

/** Layouts of rows in a JSON file. */
export const jsonLayouts = enumeration<Extract<ScanFormat, { kind: 'json' }>['layout']>('the JSON layout', {
  array: volley.JsonFormat.Layout.ARRAY,
  'newline-delimited': volley.JsonFormat.Layout.NEWLINE_DELIMITED,
});
/** Virtual columns of scans. */
export const virtualColumns = enumeration<Extract<ScanColumn, { kind: 'virtual' }>['name']>('the virtual column', {
  filename: volley.ScanColumn.VirtualColumn.FILENAME,
  file_row_number: volley.ScanColumn.VirtualColumn.FILE_ROW_NUMBER,
  file_index: volley.ScanColumn.VirtualColumn.FILE_INDEX,
});

const { Type: Join } = volley.Join;
/** Join types. */
export const joinTypes = enumeration<JoinType>('the join type', {
  inner: Join.INNER,
  left: Join.LEFT,
  right: Join.RIGHT,
  full: Join.FULL,
  semi: Join.SEMI,
  anti: Join.ANTI,
  'right-semi': Join.RIGHT_SEMI,
  'right-anti': Join.RIGHT_ANTI,
  mark: Join.MARK,
  single: Join.SINGLE,
});
/** As-of join types. */
export const asofJoinTypes = enumeration<Extract<Relation, { kind: 'asof-join' }>['joinType']>('the ASOF join type', {
  inner: Join.INNER,
  left: Join.LEFT,
  right: Join.RIGHT,
  full: Join.FULL,
  semi: Join.SEMI,
  anti: Join.ANTI,
});

/** Sampling methods. */
export const sampleMethods = enumeration<Extract<Relation, { kind: 'sample' }>['method']>('the sampling method', {
  system: volley.Sample.Method.SYSTEM,
  bernoulli: volley.Sample.Method.BERNOULLI,
  reservoir: volley.Sample.Method.RESERVOIR,
});
/** Set operations. */
export const setOperations = enumeration<Extract<Relation, { kind: 'set-operation' }>['operation']>(
  'the set operation',
  {
    union: volley.SetOperation.Operation.UNION,
    except: volley.SetOperation.Operation.EXCEPT,
    intersect: volley.SetOperation.Operation.INTERSECT,
  },
);
/** Compression of a stage's shuffle output. */
export const shuffleCompressions = enumeration<ShuffleCompression>('the shuffle compression', {
  lz4: volley.Stage.ShuffleCompression.LZ4_FRAME,
});
/** How a task reads the output of another stage. */
export const inputModes = enumeration<Extract<Relation, { kind: 'input' }>['mode']>('the input mode', {
  partition: volley.StageInput.Mode.PARTITION,
  all: volley.StageInput.Mode.ALL,
  forward: volley.StageInput.Mode.FORWARD,
  combine: volley.StageInput.Mode.COMBINE,
});
