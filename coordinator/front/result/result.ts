import type { ArrowBatch, ArrowField } from '../../../engine/arrow/batch.ts';
import { FabricError } from '../../../engine/errors.ts';
import type { DataType } from '../../../engine/plan/types.ts';
import { type ValueReader, valueReader } from './read-column.ts';

export interface ResultColumn {
  readonly name: string;
  readonly type: DataType;
}

/** A record batch of a result, and the fields of its stream's schema. */
export interface ResultBatch {
  readonly fields: readonly ArrowField[];
  readonly batch: ArrowBatch;
}

/** The rows of a query in the lossless wire types, and the logical types of the columns. `batches` can be read only once. */
export interface Result {
  readonly columns: readonly ResultColumn[];
  /** The session's time zone, in which TIMESTAMP WITH TIME ZONE values are shown. */
  readonly timeZone: string;
  readonly batches: AsyncIterable<ResultBatch>;
}

/** Returns a reader for each column of a batch. Throws `INTERNAL` if the batch does not match the columns. */
export function batchReaders(columns: readonly ResultColumn[], { fields, batch }: ResultBatch): readonly ValueReader[] {
  if (fields.length !== columns.length || batch.columns.length !== columns.length) {
    throw new FabricError('INTERNAL', `A result of ${columns.length} columns has ${fields.length} Arrow fields.`);
  }
  return columns.map(({ name, type }, index) => {
    const field = fields[index];
    const column = batch.columns[index];
    if (!field || !column) throw new FabricError('INTERNAL', `The result column "${name}" is missing from a batch.`);
    return valueReader(field, column, type);
  });
}
