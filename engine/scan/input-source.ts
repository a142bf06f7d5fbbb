import type { ByteRange, ObjectIdentity } from '../store/object-store.ts';

/** What is at a location. `location` is its full name: an absolute path, or `s3://bucket/key`. */
export interface FoundInput {
  readonly kind: 'file' | 'folder';
  readonly location: string;
}

/** A file or folder directly in a folder. */
export interface FolderEntry {
  readonly name: string;
  readonly location: string;
  /** `elsewhere`: a link out of the readable locations. Rejects as `InputSource.find` does. */
  what(): Promise<'file' | 'folder' | 'elsewhere'>;
}

/** An open input file. All its bytes come from one version. */
export interface OpenInput {
  readonly identity: ObjectIdentity;
  /** Reads one whole range. Rejects with `INPUT_CHANGED` if the file was replaced. */
  read(range: ByteRange): Promise<Uint8Array>;
  /** Rejects with `INPUT_CHANGED` if the file was modified. Call it after the last read. */
  verify(): Promise<void>;
  close(): Promise<void>;
}

/**
 * The readable input files of this machine or of a bucket. All methods reject with `LOCATION_NOT_ALLOWED` for a location outside the
 * allowed ones (whether it exists or not), with `INPUT_NOT_FOUND` and `INPUT_INVALID`, and with `STORE_FAILED` if a store does not answer.
 */
export interface InputSource {
  /** Whether the files are on this machine's disk, so that other processes can open them by location. */
  readonly isLocal: boolean;
  /** What is at a location without a glob. */
  find(location: string): Promise<FoundInput>;
  /** The files whose locations match a glob, sorted; at least one. */
  match(glob: string): Promise<readonly string[]>;
  /** The direct entries of a folder, by name. */
  entries(folder: string): Promise<readonly FolderEntry[]>;
  /** All files below a folder, sorted, except those under a name that starts with a dot. */
  filesBelow(folder: string): Promise<readonly string[]>;
  /** Opens a file. */
  open(location: string): Promise<OpenInput>;
}
