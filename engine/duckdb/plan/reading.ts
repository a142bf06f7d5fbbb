import type { Expression } from '../../plan/expression.ts';
import type { Relation, ScanFormat, SharedId } from '../../plan/relation.ts';
import type { InputFile, PlanTable } from '../../plan/stage.ts';
import type { DataType } from '../../plan/types.ts';
import { unsupported } from './fields.ts';
import type { JsonObject } from './parse-json.ts';
import type { Scope } from './scope.ts';

/** An input file as the plan's text names it, resolved. */
export interface ResolvedFile extends InputFile {
  /** The table the user knows the file by. Absent: the plan names it after the file. */
  readonly table?: string;
  /** How the file is read, where the plan was bound on a Parquet file that stands in for one of another format. */
  readonly format?: ScanFormat;
}

/** An operator that was read: its relation, and the names (`table.column`) DuckDB gives the output columns in expressions it left unresolved. */
export interface BoundRelation {
  readonly relation: Relation;
  readonly bindings: readonly string[];
}

/** What a definition that several places read is known as. */
export interface SharedDefinition {
  readonly id: SharedId;
  readonly types: readonly DataType[];
}

/** The distinct rows that the DELIM_GETs of a delim join give: a projection of the shared side. */
export interface DelimSide extends SharedDefinition {
  readonly columns: readonly Expression[];
}

/** What encloses the operator that is read. */
export interface Environment {
  /** Materialised and recursive CTEs by DuckDB's table index. */
  readonly ctes: ReadonlyMap<number, SharedDefinition>;
  /** The side of the innermost delim join whose other side is being read. */
  readonly delim?: DelimSide;
}

/** The reading of one plan: what is the same for all of its operators. Tables and counters grow while it is read. */
export interface PlanReading {
  readonly resolveFile: (path: string) => ResolvedFile;
  /** Estimated rows by plan node. */
  readonly estimates: ReadonlyMap<JsonObject, number>;
  readonly tables: PlanTable[];
  nextSharedId(): SharedId;
  nextParameterName(): string;
  /** Reads an operator below. */
  read(node: JsonObject, environment: Environment): BoundRelation;
}

/** The bindings of an operator that names its columns by one table index of its own. */
export function ownBindings(table: number, count: number): readonly string[] {
  return Array.from({ length: count }, (_, column) => `${table}.${column}`);
}

/** The scope of expressions over the outputs of some operators, one beside the other. */
export function scopeOver(reading: PlanReading, inputs: readonly BoundRelation[]): Scope {
  const types = inputs.flatMap((input) => input.relation.types);
  const bindings = inputs.flatMap((input) => input.bindings);
  return {
    parameterName: () => reading.nextParameterName(),
    reference: (index, type) => {
      if (index >= types.length) throw unsupported(`a reference to column ${index} of ${types.length}`);
      return { kind: 'column', index, type };
    },
    binding: (table, column) => {
      const index = bindings.indexOf(`${table}.${column}`);
      if (index < 0) throw unsupported(`a column of another operator (${table}.${column})`);
      return index;
    },
  };
}

/** The scope of expressions that read no columns. */
export function constantScope(reading: PlanReading): Scope {
  return scopeOver(reading, []);
}

/** The input's columns at some positions. All of them in order: the input itself. */
export function select(input: BoundRelation, positions: readonly number[]): BoundRelation {
  const { relation, bindings } = input;
  if (positions.length === relation.types.length && positions.every((position, index) => position === index)) {
    return input;
  }
  const columns = positions.map((index) => columnOf(relation, index));
  return {
    relation: {
      kind: 'project',
      input: relation,
      expressions: columns,
      types: columns.map((column) => column.type),
      ...(relation.estimatedRows === undefined ? {} : { estimatedRows: relation.estimatedRows }),
    },
    bindings: positions.map((position) => bindings[position] ?? ''),
  };
}

/** The expression for a relation's column. */
export function columnOf(relation: Relation, index: number): Expression {
  const type = relation.types[index];
  if (type === undefined) throw unsupported(`a projection of column ${index} of ${relation.types.length}`);
  return { kind: 'column', index, type };
}

/** All positions of a relation's columns. */
export function allPositions(relation: Relation): readonly number[] {
  return relation.types.map((_, index) => index);
}
