/** The reader of stdout is gone (`volley ... | head`). No error: there is just nothing left to do. */
export class OutputClosed extends Error {
  constructor() {
    super('The reader of the output is gone.');
    this.name = 'OutputClosed';
  }
}

/** Whether an error says that the reader of what was written is gone. */
export function isClosed(error: unknown): boolean {
  if (error instanceof OutputClosed) return true;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED' || code === 'ERR_STREAM_WRITE_AFTER_END';
}
