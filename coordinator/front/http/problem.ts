import { type ErrorCode, FabricError } from '../../../engine/errors.ts';

/** The HTTP status of each error code. `docs/errors.md` documents the same table. */
const STATUS: Readonly<Record<ErrorCode, number>> = {
  SYNTAX_ERROR: 422,
  UNKNOWN_TABLE: 422,
  UNKNOWN_COLUMN: 422,
  INVALID_QUERY: 422,
  STATEMENT_NOT_ALLOWED: 422,
  FUNCTION_NOT_ALLOWED: 422,
  LOCATION_NOT_ALLOWED: 403,
  UNKNOWN_SETTING: 400,
  INVALID_SETTING: 400,
  INPUT_NOT_FOUND: 422,
  INPUT_INVALID: 422,
  INPUT_CHANGED: 409,
  PLAN_MEMORY: 422,
  PLAN_TIMEOUT: 422,
  PLANNER_CRASHED: 500,
  PLAN_UNSUPPORTED: 422,
  QUERY_FAILED: 422,
  OUT_OF_MEMORY: 422,
  SCRATCH_FULL: 422,
  EXECUTOR_LOST: 502,
  THROTTLED: 503,
  TASK_TIMEOUT: 504,
  JOB_TIMEOUT: 504,
  CANCELLED: 409,
  TASK_REFUSED: 502,
  VERSION_SKEW: 500,
  MESSAGE_INVALID: 500,
  SHUFFLE_LOST: 500,
  OBJECT_NOT_FOUND: 500,
  OBJECT_EXISTS: 500,
  STORE_FAILED: 503,
  JOURNAL_UNAVAILABLE: 503,
  JOURNAL_CORRUPT: 500,
  OWNERSHIP_LOST: 503,
  REQUEST_INVALID: 400,
  REQUEST_TOO_LARGE: 413,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  NOT_ACCEPTABLE: 406,
  UNSUPPORTED_MEDIA_TYPE: 415,
  JOB_NOT_ENDED: 409,
  IDEMPOTENCY_CONFLICT: 409,
  RESULT_EXPIRED: 410,
  UNKNOWN_JOB: 404,
  RUN_LOCKED: 409,
  USAGE: 400,
  OUTPUT_FAILED: 422,
  INTERNAL: 500,
};

/** An error in the format of RFC 9457. `code` is stable, and `details` is for programs. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly details: FabricError['details'];
}

/** The problem document that clients receive for an error. It hides the details of defects. */
export function problemOf({ code, message, retryable, details }: FabricError): Problem {
  const title = code.charAt(0) + code.slice(1).toLowerCase().replaceAll('_', ' ');
  const detail = code === 'INTERNAL' ? 'This is a defect in Volley. See the coordinator log for details.' : message;
  return { type: `urn:volley:error:${code}`, title, status: STATUS[code], detail, code, retryable, details };
}

/** The error for a request that violates the API. */
export function invalidRequest(message: string): FabricError {
  return new FabricError('REQUEST_INVALID', message);
}
