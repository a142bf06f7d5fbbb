import type { Dirent } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FabricError } from '../errors.ts';
import { isErrno } from '../store/file-errors.ts';
import { inputError } from './local-file.ts';

/** The maximum number of files that a glob may match. */
export const MAX_MATCHES = 100_000;

/** Access to the folders that a glob searches. */
export interface GlobFolders {
  /** Rejects if the path is a link to a folder that must not be followed. */
  checkLink(path: string): Promise<unknown>;
  /** Lists a folder. Rejects with the errors of `readdir`, and if the folder must not be read. */
  list(folder: string): Promise<readonly Dirent[]>;
}

/** Returns whether a path or path segment contains `*`, `?` or `[`. */
export function hasGlob(path: string): boolean {
  return /[*?[]/.test(path);
}

/**
 * Returns the files below `folder` that match the path segments, sorted. `*`, `?`, `[a-z]` and `[!a-z]` match within a
 * name, and `**` matches any number of folders. A name that starts with a dot matches only a segment that starts with a
 * dot. Links to folders are followed if a segment matches their name, but `**` does not follow them. Rejects with
 * `INPUT_INVALID` or an error of `folders`.
 */
export async function expandGlob(
  folder: string,
  segments: readonly string[],
  folders: GlobFolders,
): Promise<readonly string[]> {
  const found: string[] = [];
  await walk(folder, segments, folders, found);
  return [...new Set(found)].sort();
}

async function walk(folder: string, segments: readonly string[], folders: GlobFolders, found: string[]): Promise<void> {
  const [segment, ...rest] = segments;
  if (segment === undefined) return;
  if (segment === '' || segment === '.') return walk(folder, rest, folders, found);
  const entries = await listFolder(folder, folders);
  if (segment === '**') {
    await walk(folder, rest.length === 0 ? ['*'] : rest, folders, found);
    for (const entry of entries) {
      if (entry.isDirectory() && !entry.name.startsWith('.')) {
        await walk(join(folder, entry.name), segments, folders, found);
      }
    }
    return;
  }
  const matches = segmentMatcher(segment);
  for (const entry of entries) {
    if (!matches(entry.name)) continue;
    const path = join(folder, entry.name);
    if (rest.length > 0) {
      if (!(await leadsTo(path, entry, 'folder'))) continue;
      if (entry.isSymbolicLink()) await folders.checkLink(path);
      await walk(path, rest, folders, found);
      continue;
    }
    if (!(await leadsTo(path, entry, 'file'))) continue;
    found.push(path);
    if (found.length > MAX_MATCHES) {
      throw new FabricError(
        'INPUT_INVALID',
        `More than ${MAX_MATCHES} files match below ${folder}. Use a narrower glob.`,
      );
    }
  }
}

async function listFolder(folder: string, folders: GlobFolders): Promise<readonly Dirent[]> {
  try {
    return await folders.list(folder);
  } catch (error) {
    if (error instanceof FabricError) throw error;
    if (isErrno(error, 'ENOTDIR')) return [];
    throw inputError(folder, error);
  }
}

async function leadsTo(path: string, entry: Dirent, what: 'folder' | 'file'): Promise<boolean> {
  if (!entry.isSymbolicLink()) return what === 'folder' ? entry.isDirectory() : entry.isFile();
  try {
    const target = await stat(path);
    return what === 'folder' ? target.isDirectory() : target.isFile();
  } catch {
    // A dangling link matches nothing.
    return false;
  }
}

/**
 * Returns a function that matches relative paths against the segments of a glob. In a tree without links, it matches
 * exactly the files that `expandGlob` finds.
 */
export function pathMatcher(segments: readonly string[]): (path: string) => boolean {
  const wanted = segments.filter((segment) => segment !== '' && segment !== '.');
  const steps = wanted.map((segment) => (segment === '**' ? ('any' as const) : segmentMatcher(segment)));
  // A trailing `**` matches files of any name at any depth.
  if (steps.at(-1) === 'any') steps.push(segmentMatcher('*'));
  return (path) => {
    const names = path.split('/');
    // reached[n] is true if the steps so far match the first n names.
    let reached: readonly boolean[] = [true, ...names.map(() => false)];
    for (const step of steps) {
      const next: boolean[] = [step === 'any' && reached[0] === true];
      names.forEach((name, index) => {
        const isReached =
          step === 'any'
            ? reached[index + 1] === true || (next[index] === true && !name.startsWith('.'))
            : reached[index] === true && step(name);
        next.push(isReached);
      });
      reached = next;
    }
    return reached.at(-1) === true;
  };
}

/** Returns a function that matches one name. It backtracks no further than the last `*`, so no pattern is slow. */
export function segmentMatcher(pattern: string): (name: string) => boolean {
  const parts = parseSegment(pattern);
  const dotted = pattern.startsWith('.');
  return (name) => (dotted || !name.startsWith('.')) && matchParts(parts, name);
}

type Part = { readonly kind: 'any' } | { readonly kind: 'one'; readonly accepts: (character: string) => boolean };

function parseSegment(pattern: string): readonly Part[] {
  const characters = [...pattern];
  const parts: Part[] = [];
  for (let index = 0; index < characters.length; index += 1) {
    const character = characters[index] ?? '';
    const close = character === '[' ? setEnd(characters, index) : -1;
    if (character === '*') parts.push({ kind: 'any' });
    else if (character === '?') parts.push({ kind: 'one', accepts: () => true });
    else if (close > 0) {
      parts.push({ kind: 'one', accepts: characterSet(characters.slice(index + 1, close)) });
      index = close;
    } else parts.push({ kind: 'one', accepts: (other) => other === character });
  }
  return parts;
}

/** Returns the index of the `]` that closes a set, or -1. A `]` at the start of the set is literal. */
function setEnd(characters: readonly string[], open: number): number {
  return characters.indexOf(']', open + (isNegation(characters[open + 1]) ? 3 : 2));
}

const isNegation = (character: string | undefined): boolean => character === '!' || character === '^';

function characterSet(body: readonly string[]): (character: string) => boolean {
  const negated = isNegation(body[0]);
  const members = negated ? body.slice(1) : body;
  return (character) => {
    let found = false;
    for (let index = 0; index < members.length; index += 1) {
      const low = members[index] ?? '';
      const isRange = members[index + 1] === '-' && index + 2 < members.length;
      const high = isRange ? (members[index + 2] ?? '') : low;
      if (character >= low && character <= high) found = true;
      if (isRange) index += 2;
    }
    return found !== negated;
  };
}

function matchParts(parts: readonly Part[], name: string): boolean {
  const characters = [...name];
  let part = 0;
  let at = 0;
  let star = -1;
  let starAt = 0;
  while (at < characters.length) {
    const current = parts[part];
    if (current?.kind === 'any') {
      star = part;
      starAt = at;
      part += 1;
    } else if (current?.accepts(characters[at] ?? '')) {
      part += 1;
      at += 1;
    } else if (star >= 0) {
      part = star + 1;
      starAt += 1;
      at = starAt;
    } else return false;
  }
  while (parts[part]?.kind === 'any') part += 1;
  return part === parts.length;
}
