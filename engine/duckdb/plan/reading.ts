import type { Expression } from '../../plan/expression.ts';
import type { Relation, ScanFormat, SharedId } from '../../plan/relation.ts';
import type { InputFile, PlanTable } from '../../plan/stage.ts';
import type { DataType } from '../../plan/types.ts';
import { unsupported } from './fields.ts';
import type { JsonObject } from './parse-json.ts';
import type { Scope } from './scope.ts';

/** An input file for a path in the plan. */
export interface ResolvedFile extends InputFile {
  /** The user's name for the table. By default, the plan names the table after the file. */
  readonly table?: string;
  /** The format of the file, if the plan was bound to a Parquet stand-in for it. */
  readonly format?: ScanFormat;
}

/** A relation and the names (`table.column`) that DuckDB gives its columns in unresolved expressions. */
export interface BoundRelation {
  readonly relation: Relation;
  readonly bindings: readonly string[];
}

/** A definition that several operators read. */
export interface SharedDefinition {
  readonly id: SharedId;
  readonly types: readonly DataType[];
}

/** The materialized side of a delim join. The join's DELIM_GETs return the distinct rows of `columns`. */
export interface DelimSide extends SharedDefinition {
  readonly columns: readonly Expression[];
}

/** The definitions that are visible to an operator. */
export interface Environment {
  /** Materialized and recursive CTEs by DuckDB's table index. */
  readonly ctes: ReadonlyMap<number, SharedDefinition>;
  /** The materialized side of the innermost enclosing delim join. */
  readonly delim?: DelimSide;
}

/** The state of reading one plan, shared by all operators. The tables and counters grow as the plan is read. */
export interface PlanReading {
  readonly resolveFile: (path: string) => ResolvedFile;
  /** Estimated rows by plan node. */
  readonly estimates: ReadonlyMap<JsonObject, number>;
  readonly tables: PlanTable[];
  nextSharedId(): SharedId;
  nextParameterName(): string;
  /** Reads a child operator. */
  read(node: JsonObject, environment: Environment): BoundRelation;
}

/** Returns the bindings of an operator that has one table index for all its columns. */
export function ownBindings(table: number, count: number): readonly string[] {
  return Array.from({ length: count }, (_, column) => `${table}.${column}`);
}

/** Returns the scope of expressions over the combined columns of some operators. */
export function scopeOver(reading: PlanReading, inputs: readonly BoundRelation[]): Scope {
  const types = inputs.flatMap((input) => input.relation.types);
  const bindings = inputs.flatMap((input) => input.bindings);
  return {
    parameterName: () => reading.nextParameterName(),
    reference: (index, type) => {
      if (index >= types.length)
        throw unsupported(`a reference to column ${index} of a relation with ${types.length} columns`);
      return { kind: 'column', index, type };
    },
    binding: (table, column) => {
      const index = bindings.indexOf(`${table}.${column}`);
      if (index < 0) throw unsupported(`a reference to a column of another operator (${table}.${column})`);
      return index;
    },
  };
}

/** Returns the scope of expressions that read no columns. */
export function constantScope(reading: PlanReading): Scope {
  return scopeOver(reading, []);
}

/** Selects columns of the input by position. Returns the input itself if the positions are all columns in order. */
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

/** Returns the expression for a relation's column. */
export function columnOf(relation: Relation, index: number): Expression {
  const type = relation.types[index];
  if (type === undefined)
    throw unsupported(`a projection of column ${index} of a relation with ${relation.types.length} columns`);
  return { kind: 'column', index, type };
}

/** Returns the positions of all columns of a relation. */
export function allPositions(relation: Relation): readonly number[] {
  return relation.types.map((_, index) => index);
}
