import { quoteLiteral } from '../../plan/types.ts';
import { WIRE_SETTINGS } from '../wire-types.ts';
import type { Connection } from './database.ts';

/** What a session may touch. All paths are absolute, with symlinks resolved. */
export interface SessionLimits {
  /** Folders that may be read, with all below them. */
  readonly folders: readonly string[];
  /** Single files that may be read. */
  readonly files: readonly string[];
  /** The one folder that may be written to; intermediate results that do not fit in memory go below it. Absent: nothing is written. */
  readonly scratch?: string;
}

/** What may differ from one task to the next. */
export interface SessionSettings {
  readonly memoryLimitMiB: number;
  readonly threads: number;
  readonly timeZone: string;
  /**
   * Whether a top-n or limit may find its rows first and read their other columns in a second scan. That scan has none of the first one's
   * filters, so it must be off where files hold nothing but the rows which are asked for. Absent: it stays as it is.
   */
  readonly lateMaterialization?: boolean;
}

/** The settings that can still be changed after `lockDown`. */
const VARYING = [
  'TimeZone',
  'memory_limit',
  'threads',
  'disabled_optimizers',
  'explain_output',
  'parquet_metadata_cache',
];

/**
 * Takes from a new instance all it does not need, for good: the network, files outside of `limits`, extensions, and changes to its own
 * configuration. SQL and files are not trusted (docs/security.md); this stands behind the binder's allow-list.
 */
export function lockDown(connection: Connection, limits: SessionLimits): void {
  const folders = limits.scratch === undefined ? limits.folders : [...limits.folders, limits.scratch];
  const statements = [
    // Before external access goes: afterwards they cannot change.
    `SET allowed_directories = ${listSql(folders)}`,
    `SET allowed_paths = ${listSql(limits.files)}`,
    `SET temp_directory = ${quoteLiteral(limits.scratch === undefined ? '' : `${limits.scratch}/spill`)}`,
    'SET autoinstall_known_extensions = false',
    'SET autoload_known_extensions = false',
    'SET allow_community_extensions = false',
    'SET allow_unsigned_extensions = false',
    'SET allow_persistent_secrets = false',
    // It would keep file contents in memory that is not ours to use, and across tasks.
    'SET enable_external_file_cache = false',
    ...WIRE_SETTINGS.map((setting) => `SET ${setting}`),
    `SET allowed_configs = ${listSql(VARYING)}`,
    'SET enable_external_access = false',
    'SET lock_configuration = true',
  ];
  for (const statement of statements) connection.run(statement);
}

/**
 * Sets what the next task needs. Gives what is now set: the next call leaves alone what it finds in there (`previous`), since changing
 * the number of threads, even to what it is, ends and starts them.
 */
export function configure(
  connection: Connection,
  settings: SessionSettings,
  previous?: SessionSettings,
): SessionSettings {
  if (settings.memoryLimitMiB !== previous?.memoryLimitMiB) {
    connection.run(`SET memory_limit = '${Math.max(1, Math.floor(settings.memoryLimitMiB))}MiB'`);
  }
  if (settings.threads !== previous?.threads)
    connection.run(`SET threads = ${Math.max(1, Math.floor(settings.threads))}`);
  const { lateMaterialization } = settings;
  if (lateMaterialization !== undefined && lateMaterialization !== (previous?.lateMaterialization ?? true)) {
    connection.run(`SET disabled_optimizers = '${lateMaterialization ? '' : 'late_materialization'}'`);
  }
  if (settings.timeZone !== previous?.timeZone) connection.run(`SET TimeZone = ${quoteLiteral(settings.timeZone)}`);
  return settings;
}

function listSql(values: readonly string[]): string {
  return `[${values.map(quoteLiteral).join(', ')}]`;
}
