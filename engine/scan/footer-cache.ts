import type { ObjectIdentity } from '../store/object-store.ts';
import { sameIdentity } from './local-file.ts';
import type { ParquetFooter } from './parquet-footer.ts';

/** One version of a file, identified by location and identity. */
interface PinnedFile {
  readonly location: string;
  readonly identity: ObjectIdentity;
}

interface Entry extends PinnedFile {
  readonly footer: ParquetFooter;
}

/**
 * A cache of Parquet footers, keyed by the location and identity of their file. When the footers exceed `limitBytes`,
 * the oldest are evicted first.
 */
export class FooterCache {
  readonly #limitBytes: number;
  readonly #entries = new Map<string, Entry>();
  #sizeBytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  /** Returns the footer of this version of the file, or undefined if it is not cached. */
  get({ location, identity }: PinnedFile): ParquetFooter | undefined {
    const entry = this.#entries.get(location);
    return entry !== undefined && sameIdentity(entry.identity, identity) ? entry.footer : undefined;
  }

  /** Caches a footer, replacing any other footer of the same location. */
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
