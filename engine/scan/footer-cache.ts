import type { ObjectIdentity } from '../store/object-store.ts';
import { sameIdentity } from './local-file.ts';
import type { ParquetFooter } from './parquet-footer.ts';

/** A file in one version. */
interface PinnedFile {
  readonly location: string;
  readonly identity: ObjectIdentity;
}

interface Entry extends PinnedFile {
  readonly footer: ParquetFooter;
}

/** Parquet footers by the location and identity of their file, up to so many bytes of footers. Oldest out first. */
export class FooterCache {
  readonly #limitBytes: number;
  readonly #entries = new Map<string, Entry>();
  #sizeBytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  /** The footer of a file, if it is known of just this version. */
  get({ location, identity }: PinnedFile): ParquetFooter | undefined {
    const entry = this.#entries.get(location);
    return entry !== undefined && sameIdentity(entry.identity, identity) ? entry.footer : undefined;
  }

  /** Keeps a footer in place of what was known of the location. */
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
