import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pythonEnvironment } from '../../python-environment.ts';

/**
 * The release of DuckDB's Python package, the only DuckDB interface with access to the lexer. It must match the
 * engine's version.
 */
const PACKAGE = 'duckdb==1.5.6';

/** The start of a token in bytes, and DuckDB's name for its kind. */
export type JudgedToken = readonly [start: number, kind: string];

/** DuckDB's lexer. */
export interface Tokenizer {
  /** Returns the tokens of each text, up to the first invalid token. */
  tokenize(texts: readonly string[]): readonly (readonly JudgedToken[])[];
}

/** Installs the Python package on first use. Throws if Python or the package registry is not available. */
export function openTokenizer(): Tokenizer {
  const { programs } = pythonEnvironment('duckdb-tokenizer', PACKAGE);
  const script = fileURLToPath(new URL('tokenize.py', import.meta.url));
  return {
    tokenize: (texts) => {
      const input = texts.map((text) => `${JSON.stringify(text)}\n`).join('');
      const { stdout, stderr, status } = spawnSync(join(programs, 'python'), [script], {
        input,
        encoding: 'utf8',
        maxBuffer: 1 << 30,
      });
      if (status !== 0) throw new Error(`DuckDB's lexer ended with status ${status}: ${stderr}`);
      const lines = stdout.split('\n').slice(0, -1);
      if (lines.length !== texts.length) throw new Error(`${lines.length} results for ${texts.length} texts`);
      // The cast is safe, because the script prints only this form.
      return lines.map((line) => JSON.parse(line) as JudgedToken[]);
    },
  };
}
