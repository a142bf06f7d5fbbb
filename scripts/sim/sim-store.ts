import { FabricError } from '../../engine/errors.ts';
import type { ByteRange, ListedObject, ObjectIdentity, ObjectStore } from '../../engine/store/object-store.ts';

/** Resolves after this time. */
interface Sleeper {
  sleep(delayMs: number): Promise<void>;
}

/** The maximum number of keys in one listing. */
const KEYS_PER_LISTING = 1000;

/**
 * An object store that keeps only the sizes of objects. Requests of the coordinator take the time that the model
 * defines. Requests of executors are simulated in `task-time.ts`.
 */
export class SimStore implements ObjectStore {
  readonly #clock: Sleeper;
  readonly #getMs: () => number;
  readonly #putMs: () => number;
  readonly #objects = new Map<string, ObjectIdentity>();

  constructor(clock: Sleeper, getMs: () => number, putMs: () => number) {
    this.#clock = clock;
    this.#getMs = getMs;
    this.#putMs = putMs;
  }

  /** The number of objects. */
  get objectCount(): number {
    return this.#objects.size;
  }

  /** Adds an object written by an executor. Throws if the key exists, because no two attempts share a key. */
  hold(key: string, sizeBytes: number): ObjectIdentity {
    if (this.#objects.has(key)) throw new FabricError('OBJECT_EXISTS', `${key} was written twice.`);
    const identity = { sizeBytes, version: `"${this.#objects.size.toString(16).padStart(32, '0')}"` };
    this.#objects.set(key, identity);
    return identity;
  }

  async head(key: string): Promise<ObjectIdentity | undefined> {
    await this.#clock.sleep(this.#getMs());
    return this.#objects.get(key);
  }

  /** Always throws, because only executors read objects in a simulated job. */
  async get(key: string, _range: ByteRange): Promise<Uint8Array> {
    throw new Error(`The simulated store does not keep the bytes of ${key}.`);
  }

  async put(key: string, parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<ObjectIdentity> {
    let sizeBytes = 0;
    for await (const part of parts) sizeBytes += part.byteLength;
    await this.#clock.sleep(this.#putMs());
    return this.hold(key, sizeBytes);
  }

  async *list(prefix: string): AsyncIterable<ListedObject> {
    const keys = [...this.#objects.keys()].filter((key) => key.startsWith(prefix)).sort();
    for (const [at, key] of keys.entries()) {
      if (at % KEYS_PER_LISTING === 0) {
        await this.#clock.sleep(this.#getMs());
      }
      const identity = this.#objects.get(key);
      if (identity !== undefined) yield { key, identity };
    }
  }

  async delete(keys: readonly string[]): Promise<void> {
    await this.#clock.sleep(this.#putMs());
    for (const key of keys) this.#objects.delete(key);
  }
}
