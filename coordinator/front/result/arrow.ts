import type { ArrowBatch, ArrowField } from '../../../engine/arrow/batch.ts';
import { END_OF_STREAM, encodeBatchMessage, encodeSchemaMessage } from '../../../engine/arrow/encode-stream.ts';
import { FabricError } from '../../../engine/errors.ts';
import { publicColumn, publicField } from './public-arrow.ts';
import type { Result } from './result.ts';

/**
 * One Arrow IPC stream in the types any Arrow library knows, without extension types. Rejects with `OUTPUT_FAILED` for a HUGEINT
 * of more than 38 digits, which no type of Arrow's that readers agree on can hold.
 */
export async function* formatArrow(result: Result): AsyncGenerator<Uint8Array> {
  const fields: ArrowField[] = result.columns.map(({ name, type }) => publicField(name, type, result.timeZone));
  yield encodeSchemaMessage(fields);
  for await (const { fields: wireFields, batch } of result.batches) {
    const columns = result.columns.map(({ name, type }, index) => {
      const field = wireFields[index];
      const column = batch.columns[index];
      if (!field || !column) throw new FabricError('INTERNAL', `The result column "${name}" is missing from a batch.`);
      return publicColumn({ field, column, rows: batch.rows }, type, { name, timeZone: result.timeZone });
    });
    const converted: ArrowBatch = { rows: batch.rows, columns };
    yield* encodeBatchMessage(fields, converted);
  }
  yield END_OF_STREAM;
}
