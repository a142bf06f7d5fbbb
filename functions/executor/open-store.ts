import { fileURLToPath } from 'node:url';
import { FabricError } from '../../engine/errors.ts';
import { createFileStore } from '../../engine/store/file.ts';
import type { ObjectStore } from '../../engine/store/object-store.ts';

/** Where an executor's object store is, as it stands in its configuration. */
export type StoreLocation = { readonly kind: 'file'; readonly root: string };

/** Reads a store's location: an absolute path, or the same as a `file:` URL. Throws `USAGE`. */
export function parseStoreLocation(text: string): StoreLocation {
  if (text.startsWith('file:///')) return { kind: 'file', root: fileURLToPath(text) };
  if (text.startsWith('/')) return { kind: 'file', root: text };
  throw new FabricError('USAGE', `An executor's object store is an absolute path or a file:/// URL, not "${text}".`);
}

/** The one place where an executor's object store is made. */
export function openStore(location: StoreLocation): ObjectStore {
  switch (location.kind) {
    case 'file':
      return createFileStore(location.root);
    default:
      return location.kind satisfies never;
  }
}
