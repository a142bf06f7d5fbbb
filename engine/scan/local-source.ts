import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FabricError } from '../errors.ts';
import { expandGlob } from './glob.ts';
import type { FolderEntry, InputSource } from './input-source.ts';
import { inputError } from './local-file.ts';
import {
  type AllowedRoots,
  globFolders,
  listAllowedFolder,
  openAllowedFile,
  resolveGlob,
  resolveLocation,
} from './locations.ts';

/** Reads the files of this machine that are below the roots, both by name and after symlinks are resolved. */
export function localSource(allowed: AllowedRoots): InputSource {
  return {
    isLocal: true,
    find: async (location) => {
      const path = await resolveLocation(location, allowed);
      return { kind: await kindOf(path), location: path };
    },
    match: (glob) => resolveGlob(glob, allowed),
    entries: (folder) => entriesOf(folder, allowed),
    filesBelow: (folder) => expandGlob(folder, ['**', '*'], globFolders(allowed)),
    open: (location) => openAllowedFile(location, allowed),
  };
}

async function entriesOf(folder: string, allowed: AllowedRoots): Promise<readonly FolderEntry[]> {
  const entries = await listAllowedFolder(folder, allowed).catch((error) => {
    throw error instanceof FabricError ? error : inputError(folder, error);
  });
  const names = entries.map(({ name }) => name);
  return names.sort().map((name) => {
    const location = join(folder, name);
    return {
      name,
      location,
      what: async () => ((await leadsElsewhere(location, allowed)) ? 'elsewhere' : kindOf(location)),
    };
  });
}

/** Returns whether a path is a symbolic link to outside the allowed locations. */
async function leadsElsewhere(path: string, allowed: AllowedRoots): Promise<boolean> {
  try {
    await resolveLocation(path, allowed);
    return false;
  } catch (error) {
    return error instanceof FabricError && error.code === 'LOCATION_NOT_ALLOWED';
  }
}

async function kindOf(path: string): Promise<'file' | 'folder'> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    // A dangling link counts as a file. Reading it fails with the right error.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'file';
    throw inputError(path, error);
  }
}
