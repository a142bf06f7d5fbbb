import { volley } from '../../proto/generated/volley.js';
import { enumeration } from '../plan/wire/enumerations.ts';
import type { Task } from './task.ts';

/** The wire values of result formats. */
export const resultFormats = enumeration<Task['resultFormat']>('the result format', {
  arrow: volley.Task.ResultFormat.ARROW_STREAM,
  parquet: volley.Task.ResultFormat.PARQUET_FILE,
});
