import { volley } from '../../proto/generated/volley.js';
import { enumeration } from '../plan/wire/enumerations.ts';

/** The stored format of a task's result. */
export type StoredFormat = 'arrow' | 'parquet';

/** The wire values of stored formats. */
export const storedFormats = enumeration<StoredFormat>('the result format', {
  arrow: volley.Task.ResultFormat.ARROW_STREAM,
  parquet: volley.Task.ResultFormat.PARQUET_FILE,
});
