import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Database } from '../../../engine/duckdb/kernel/database.ts';
import { quoteLiteral } from '../../../engine/plan/types.ts';
import type { Names } from './generate.ts';

/** The files that the texts can name: allowed files, and decoys that no accepted text may read. */
export interface World {
  readonly folder: string;
  readonly names: Names;
  /** The file of each table and decoy, by name. */
  readonly paths: ReadonlyMap<string, string>;
}

const TABLES = ['fruit', 'kiwi', 'seeds', '\u212aelvin', 'a.b', 'select'];
const DECOYS = ['secret', 'kelvin', '\u212aiwi', '\u017feeds', 'fru\u0130t', 'K', 'q'];

/** Writes the files of a world into an empty folder. Each file has the columns `a` and `b`. */
export function makeWorld(folder: string): World {
  const database = Database.open();
  const connection = database.connect();
  const paths = new Map<string, string>();
  mkdirSync(join(folder, 'tables'));
  mkdirSync(join(folder, 'files'));
  const write = (path: string): string => {
    connection.run(`COPY (SELECT 1 AS a, 'x' AS b) TO ${quoteLiteral(path)} (FORMAT parquet)`);
    return path;
  };
  for (const [index, name] of [...TABLES, ...DECOYS].entries())
    paths.set(name, write(join(folder, 'tables', `${index}.parquet`)));
  const files = ['one.parquet', 'two.parquet', 'ONE.parquet'].map((name) => write(join(folder, 'files', name)));
  connection.close();
  database.close();
  return { folder, paths, names: { tables: TABLES, decoys: DECOYS, files } };
}
