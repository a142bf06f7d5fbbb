import { FabricError } from '../../errors.ts';

/** A message that no writer of any version makes: damaged, or not meant well. */
export function invalid(problem: string): FabricError {
  return new FabricError('MESSAGE_INVALID', `Invalid message: ${problem}`);
}

/** A message that holds something this version does not know. */
export function tooNew(problem: string): FabricError {
  return new FabricError(
    'VERSION_SKEW',
    `The message comes from another version of Volley: ${problem}. Coordinators and executors must run the same version`,
  );
}

/** The value of a field that every writer fills in. */
export function required<Value>(value: Value | null | undefined, field: string): Value {
  if (value === null || value === undefined) throw invalid(`${field} is missing`);
  return value;
}
