import { FabricError } from '../../errors.ts';

/** Returns the error for a message that no version of Volley writes. Such a message is damaged or malicious. */
export function invalid(problem: string): FabricError {
  return new FabricError('MESSAGE_INVALID', `Invalid message: ${problem}.`);
}

/** Returns the error for a message with content that this version does not support. */
export function tooNew(problem: string): FabricError {
  return new FabricError(
    'VERSION_SKEW',
    `The message comes from another version of Volley: ${problem}. Coordinators and executors must run the same version.`,
  );
}

/** Returns the value of a field that every writer sets. Throws `MESSAGE_INVALID` if the field is missing. */
export function required<Value>(value: Value | null | undefined, field: string): Value {
  if (value === null || value === undefined) throw invalid(`${field} is missing`);
  return value;
}
