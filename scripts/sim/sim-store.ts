import { addRequests, type StoreRequestKind, type StoreRequests } from '../../coordinator/price/usage.ts';
import { FabricError } from '../../engine/errors.ts';
import type { ByteRange, ListedObject, ObjectIdentity, ObjectStore } from '../../engine/store/object-store.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** Keys that one listing gives. */
const KEYS_PER_LISTING = 1000;

/**
 * An object store that keeps sizes and no bytes: what the coordinator asks takes the model's time, and what executors ask is noted by
 * whoever simulates them. Requests are counted by kind.
 */
export class SimStore implements ObjectStore {
  readonly #clock: VirtualClock;
  readonly #getMs: () => number;
  readonly #putMs: () => number;
  readonly #objects = new Map<string, ObjectIdentity>();
  #requests: StoreRequests = {};
  /** Bodies that came from the store and went there, whoever asked. */
  readBytes = 0;
  writtenBytes = 0;

  constructor(clock: VirtualClock, getMs: () => number, putMs: () => number) {
    this.#clock = clock;
    this.#getMs = getMs;
    this.#putMs = putMs;
  }

  get requests(): StoreRequests {
    return this.#requests;
  }

  /** How many objects there are. */
  get objectCount(): number {
    return this.#objects.size;
  }

  note(kind: StoreRequestKind, count = 1): void {
    if (count > 0) this.#requests = addRequests(this.#requests, { [kind]: count });
  }

  /** An object that an executor has written. Throws where there is one: no two attempts share a key. */
  hold(key: string, sizeBytes: number): ObjectIdentity {
    if (this.#objects.has(key)) throw new FabricError('OBJECT_EXISTS', `${key} was written twice.`);
    const identity = { sizeBytes, version: `"${this.#objects.size.toString(16).padStart(32, '0')}"` };
    this.#objects.set(key, identity);
    this.writtenBytes += sizeBytes;
    return identity;
  }

  async head(key: string): Promise<ObjectIdentity | undefined> {
    this.note('head');
    await this.#clock.sleep(this.#getMs());
    return this.#objects.get(key);
  }

  /** Nobody but executors reads in a simulated job: a defect. */
  async get(key: string, _range: ByteRange): Promise<Uint8Array> {
    throw new Error(`The simulated store has no bytes of ${key} to give.`);
  }

  async put(key: string, parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<ObjectIdentity> {
    this.note('put');
    let sizeBytes = 0;
    for await (const part of parts) sizeBytes += part.byteLength;
    await this.#clock.sleep(this.#putMs());
    return this.hold(key, sizeBytes);
  }

  async *list(prefix: string): AsyncIterable<ListedObject> {
    const keys = [...this.#objects.keys()].filter((key) => key.startsWith(prefix)).sort();
    for (const [at, key] of keys.entries()) {
      if (at % KEYS_PER_LISTING === 0) {
        this.note('list');
        await this.#clock.sleep(this.#getMs());
      }
      const identity = this.#objects.get(key);
      if (identity !== undefined) yield { key, identity };
    }
    if (keys.length === 0) this.note('list');
  }

  async delete(keys: readonly string[]): Promise<void> {
    this.note('delete');
    await this.#clock.sleep(this.#putMs());
    for (const key of keys) this.#objects.delete(key);
  }
}
