/** Opened parts, to be closed in reverse order. If a part fails to close, the others are still closed. */
export class Opened {
  readonly #closings: (() => Promise<unknown>)[] = [];

  /** Adds a part and returns it. */
  add<T extends { close(): Promise<unknown> }>(part: T): T {
    this.#closings.push(() => part.close());
    return part;
  }

  /** Closes all parts. Idempotent. Never rejects. Returns the errors of the parts that failed to close. */
  async close(): Promise<readonly unknown[]> {
    const errors: unknown[] = [];
    for (const close of this.#closings.splice(0).reverse()) await close().catch((error) => errors.push(error));
    return errors;
  }
}
