import type { ByteRange, ObjectIdentity } from '../store/object-store.ts';

/** What is at a location, under its one full name: an absolute path, or `s3://bucket/key`. */
export interface FoundInput {
  readonly kind: 'file' | 'folder';
  readonly location: string;
}

/** A file or folder directly in a folder. */
export interface FolderEntry {
  readonly name: string;
  readonly location: string;
  /** What it is; `elsewhere`: a link that leads out of what may be read. Rejects as `InputSource.find` does. */
  what(): Promise<'file' | 'folder' | 'elsewhere'>;
}

/** An input file held open, so that all its bytes come from one version. */
export interface OpenInput {
  readonly identity: ObjectIdentity;
  /** Reads one range whole. Rejects with `INPUT_CHANGED` when the file is another by now. */
  read(range: ByteRange): Promise<Uint8Array>;
  /** Rejects with `INPUT_CHANGED` when the file was written to. Call it after the last read. */
  verify(): Promise<void>;
  close(): Promise<void>;
}

/**
 * A place that holds input files, as far as they may be read. All methods reject with `LOCATION_NOT_ALLOWED` for what may not be, whether
 * it exists or not, and with `INPUT_NOT_FOUND`, `INPUT_INVALID` and, where a store cannot be asked, `STORE_FAILED`.
 */
export interface InputSource {
  /** Whether the place is this machine's own disk, so that others can open its files by their locations. */
  readonly isLocal: boolean;
  /** What is at a location without a glob. */
  find(location: string): Promise<FoundInput>;
  /** The files whose locations match a glob, sorted; at least one. */
  match(glob: string): Promise<readonly string[]>;
  /** What is directly in a folder, by name. */
  entries(folder: string): Promise<readonly FolderEntry[]>;
  /** All files below a folder, sorted, but for those under a name that starts with a dot. */
  filesBelow(folder: string): Promise<readonly string[]>;
  /** Opens a file. */
  open(location: string): Promise<OpenInput>;
}
