import { FabricError } from '../../../engine/errors.ts';
import type { ByteRange, ListedObject, ObjectIdentity, ObjectStore } from '../../../engine/store/object-store.ts';

/** An in-memory store that records its requests. */
export class MemoryStore implements ObjectStore {
  readonly objects = new Map<string, { readonly identity: ObjectIdentity; readonly bytes: Uint8Array }>();
  readonly requests: string[] = [];
  /** Runs before each request. A test can make it throw to fail the request. */
  beforeRequest: (request: string, key: string) => void = () => {};

  async head(key: string): Promise<ObjectIdentity | undefined> {
    this.#note('head', key);
    return this.objects.get(key)?.identity;
  }

  async get(key: string, range: ByteRange, identity?: ObjectIdentity): Promise<Uint8Array> {
    this.#note('get', key);
    const object = this.objects.get(key);
    if (object === undefined) throw new FabricError('OBJECT_NOT_FOUND', `The object ${key} does not exist.`);
    if (identity !== undefined && identity.version !== object.identity.version) {
      throw new FabricError('INPUT_CHANGED', `The object ${key} has another version.`);
    }
    return object.bytes.slice(range.start, range.end);
  }

  async put(key: string, parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<ObjectIdentity> {
    this.#note('put', key);
    if (this.objects.has(key)) throw new FabricError('OBJECT_EXISTS', `${key} exists.`);
    const chunks: Uint8Array[] = [];
    for await (const part of parts) chunks.push(part);
    const bytes = new Uint8Array(Buffer.concat(chunks));
    const identity = { sizeBytes: bytes.byteLength, version: `v${this.requests.length}` };
    this.objects.set(key, { identity, bytes });
    return identity;
  }

  async *list(prefix: string): AsyncIterable<ListedObject> {
    this.#note('list', prefix);
    for (const key of [...this.objects.keys()].sort()) {
      const object = this.objects.get(key);
      if (object !== undefined && key.startsWith(prefix)) yield { key, identity: object.identity };
    }
  }

  async delete(keys: readonly string[]): Promise<void> {
    this.#note('delete', keys.join(','));
    for (const key of keys) this.objects.delete(key);
  }

  #note(request: string, key: string): void {
    this.requests.push(`${request} ${key}`);
    this.beforeRequest(request, key);
  }
}
