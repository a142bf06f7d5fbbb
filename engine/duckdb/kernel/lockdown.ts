import { quoteLiteral } from '../../plan/types.ts';
import { WIRE_SETTINGS } from '../wire-types.ts';
import type { Connection } from './database.ts';

/** The files a session may access. All paths are absolute, with symlinks resolved. */
export interface SessionLimits {
  /** Folders that may be read, including everything below them. */
  readonly folders: readonly string[];
  /** Single files that may be read. */
  readonly files: readonly string[];
  /** The only writable folder. Intermediate results that exceed memory are written there. If absent, the session cannot write. */
  readonly scratch?: string;
}

/** Settings that may differ from task to task. */
export interface SessionSettings {
  readonly memoryLimitMiB: number;
  readonly threads: number;
  readonly timeZone: string;
  /**
   * Whether a top-n or limit may find its rows first and read their other columns in a second scan. The second scan does not apply the
   * filters of the first scan, so this must be off for sparse files, which hold only the requested rows. If absent, the setting is
   * unchanged.
   */
  readonly lateMaterialization?: boolean;
}

/** The settings that may change after `lockDown`. */
const VARYING = [
  'TimeZone',
  'memory_limit',
  'threads',
  'disabled_optimizers',
  'explain_output',
  'parquet_metadata_cache',
];

/**
 * Permanently disables what a session does not need: network access, files outside `limits`, extensions, and configuration changes. SQL and
 * files are untrusted (docs/security.md). This is the second barrier, after the binder's allow-list.
 */
export function lockDown(connection: Connection, limits: SessionLimits): void {
  const folders = limits.scratch === undefined ? limits.folders : [...limits.folders, limits.scratch];
  const statements = [
    // These settings cannot change once external access is off.
    `SET allowed_directories = ${listSql(folders)}`,
    `SET allowed_paths = ${listSql(limits.files)}`,
    `SET temp_directory = ${quoteLiteral(limits.scratch === undefined ? '' : `${limits.scratch}/spill`)}`,
    'SET autoinstall_known_extensions = false',
    'SET autoload_known_extensions = false',
    'SET allow_community_extensions = false',
    'SET allow_unsigned_extensions = false',
    'SET allow_persistent_secrets = false',
    // The cache would keep file contents outside the task's memory limit and across tasks.
    'SET enable_external_file_cache = false',
    ...WIRE_SETTINGS.map((setting) => `SET ${setting}`),
    `SET allowed_configs = ${listSql(VARYING)}`,
    'SET enable_external_access = false',
    'SET lock_configuration = true',
  ];
  for (const statement of statements) connection.run(statement);
}

/**
 * Applies the next task's settings and returns them. Settings that equal `previous` are not set again, because setting the number of
 * threads restarts the threads even if the number stays the same.
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
