/** All error codes of Volley. They are stable, since clients match on them. `docs/errors.md` documents each one. */
export const errorCodes = [
  // The statement
  'SYNTAX_ERROR',
  'UNKNOWN_TABLE',
  'UNKNOWN_COLUMN',
  'INVALID_QUERY',
  'STATEMENT_NOT_ALLOWED',
  'FUNCTION_NOT_ALLOWED',
  'LOCATION_NOT_ALLOWED',
  'UNKNOWN_SETTING',
  'INVALID_SETTING',
  // The inputs
  'INPUT_NOT_FOUND',
  'INPUT_INVALID',
  'INPUT_CHANGED',
  // Planning
  'PLAN_MEMORY',
  'PLAN_TIMEOUT',
  'PLANNER_CRASHED',
  'PLAN_UNSUPPORTED',
  // Execution
  'QUERY_FAILED',
  'OUT_OF_MEMORY',
  'SCRATCH_FULL',
  'EXECUTOR_LOST',
  'THROTTLED',
  'TASK_TIMEOUT',
  'JOB_TIMEOUT',
  'CANCELLED',
  'TASK_REFUSED',
  'VERSION_SKEW',
  'MESSAGE_INVALID',
  'SHUFFLE_LOST',
  'OBJECT_NOT_FOUND',
  'OBJECT_EXISTS',
  'STORE_FAILED',
  'JOURNAL_UNAVAILABLE',
  'JOURNAL_CORRUPT',
  'OWNERSHIP_LOST',
  // The HTTP API
  'REQUEST_INVALID',
  'REQUEST_TOO_LARGE',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'METHOD_NOT_ALLOWED',
  'NOT_ACCEPTABLE',
  'UNSUPPORTED_MEDIA_TYPE',
  'JOB_NOT_ENDED',
  'IDEMPOTENCY_CONFLICT',
  'RESULT_EXPIRED',
  // The command line
  'UNKNOWN_JOB',
  'RUN_LOCKED',
  'USAGE',
  'OUTPUT_FAILED',
  // A defect in Volley itself
  'INTERNAL',
] as const;

/** One of `errorCodes`. */
export type ErrorCode = (typeof errorCodes)[number];

/** The known location of an error, and other machine-readable facts for clients. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** A message may contain names and values of any length. It is journaled, and repeated in lists. */
const MAX_MESSAGE = 8192;

function bounded(message: string): string {
  return message.length <= MAX_MESSAGE
    ? message
    : `${message.slice(0, MAX_MESSAGE - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/**
 * The only error class. The message states what is wrong, where it happened (job, stage, task, file, column) and what
 * to do. `retryable` is true if the same work may succeed on another attempt.
 */
export class FabricError extends Error {
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly details: ErrorDetails;

  constructor(
    code: ErrorCode,
    message: string,
    options: { readonly retryable?: boolean; readonly cause?: unknown; readonly details?: ErrorDetails } = {},
  ) {
    super(bounded(message), options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'FabricError';
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.details = options.details ?? {};
  }
}

/**
 * Returns whether an error in reading stored data recurs on every read, because the data is damaged or was written by
 * another version.
 */
export function isPermanent(code: ErrorCode): boolean {
  return ['JOURNAL_CORRUPT', 'VERSION_SKEW', 'MESSAGE_INVALID', 'INTERNAL'].includes(code);
}

/**
 * Converts any thrown value to a `FabricError`. A `FabricError` is returned unchanged. Anything else is a defect and
 * becomes `INTERNAL`.
 */
export function asFabricError(thrown: unknown): FabricError {
  if (thrown instanceof FabricError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new FabricError('INTERNAL', `Internal error: ${message}`, { cause: thrown });
}
