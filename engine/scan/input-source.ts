import type { ByteRange, ObjectIdentity } from '../store/object-store.ts';

/** A file or folder that was found. `location` is its full name: an absolute path, or `s3://bucket/key`. */
export interface FoundInput {
  readonly kind: 'file' | 'folder';
  readonly location: string;
}

/** A direct entry of a folder: a file or a subfolder. */
export interface FolderEntry {
  readonly name: string;
  readonly location: string;
  /**
   * Returns the kind of the entry. `elsewhere` is a link to outside the readable locations. Rejects with the errors of
   * `InputSource.find`.
   */
  what(): Promise<'file' | 'folder' | 'elsewhere'>;
}

/** An open input file. All bytes read from it belong to one version. */
export interface OpenInput {
  readonly identity: ObjectIdentity;
  /** Reads a complete range. Rejects with `INPUT_CHANGED` if the file was replaced. */
  read(range: ByteRange): Promise<Uint8Array>;
  /** Rejects with `INPUT_CHANGED` if the file was modified. Call this method after the last read. */
  verify(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Reads input files on this machine or in a bucket. All methods reject with `LOCATION_NOT_ALLOWED` for a location
 * outside the allowed ones (even if it does not exist), with `INPUT_NOT_FOUND` and `INPUT_INVALID`, and with
 * `STORE_FAILED` if a store does not respond.
 */
export interface InputSource {
  /** True if the files are on this machine's disk, so that other processes can open them by location. */
  readonly isLocal: boolean;
  /** Returns the file or folder at a location that is not a glob. */
  find(location: string): Promise<FoundInput>;
  /** Returns the files whose locations match a glob, sorted. Rejects if no file matches. */
  match(glob: string): Promise<readonly string[]>;
  /** Returns the direct entries of a folder, sorted by name. */
  entries(folder: string): Promise<readonly FolderEntry[]>;
  /** Returns all files below a folder, sorted. Skips names that start with a dot, and everything below such folders. */
  filesBelow(folder: string): Promise<readonly string[]>;
  open(location: string): Promise<OpenInput>;
}
