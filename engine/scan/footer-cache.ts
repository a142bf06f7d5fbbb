import type { ObjectIdentity } from '../store/object-store.ts';
import { sameIdentity } from './local-file.ts';
import type { ParquetFooter } from './parquet-footer.ts';

/** One version of a file. */
interface PinnedFile {
  readonly location: string;
  readonly identity: ObjectIdentity;
}

interface Entry extends PinnedFile {
  readonly footer: ParquetFooter;
}

/** Parquet footers by the location and identity of their file. Over `limitBytes` of footers, the oldest are evicted first. */
export class FooterCache {
  readonly #limitBytes: number;
  readonly #entries = new Map<string, Entry>();
  #sizeBytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  /** The footer of this version of the file, if cached. */
  get({ location, identity }: PinnedFile): ParquetFooter | undefined {
    const entry = this.#entries.get(location);
    return entry !== undefined && sameIdentity(entry.identity, identity) ? entry.footer : undefined;
  }

  /** Caches a footer in place of any other of the same location. */
  put({ location, identity }: PinnedFile, footer: ParquetFooter): void {
    this.#remove(location);
    this.#entries.set(location, { location, identity, footer });
    this.#sizeBytes += footer.bytes.length;
    for (const oldest of this.#entries.keys()) {
      if (this.#sizeBytes <= this.#limitBytes) return;
      this.#remove(oldest);
    }
  }

  #remove(location: string): void {
    const entry = this.#entries.get(location);
    if (entry === undefined) return;
    this.#entries.delete(location);
    this.#sizeBytes -= entry.footer.bytes.length;
  }
}
