/** The reader of stdout has closed it (`volley ... | head`). This is not a failure. The command just ends. */
export class OutputClosed extends Error {
  constructor() {
    super('The reader has closed the output.');
    this.name = 'OutputClosed';
  }
}

/** Returns whether an error means that the reader has closed the output. */
export function isClosed(error: unknown): boolean {
  if (error instanceof OutputClosed) return true;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED' || code === 'ERR_STREAM_WRITE_AFTER_END';
}
