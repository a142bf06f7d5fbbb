import { FabricError } from '../../engine/errors.ts';
import { foldName } from '../../engine/plan/fold-name.ts';
import { quoteIdentifier } from '../../engine/plan/types.ts';
import type { Config } from '../config/config.ts';
import type { EmbeddedSession } from '../embedded/session.ts';
import { type Definition, type Definitions, define, definitionsFor, isDefinition } from './definitions.ts';
import { checkOneResult, runPart } from './run-script.ts';
import type { ScriptStatement } from './script.ts';

/** Runs the statements typed at a prompt. Its views and settings last until they are replaced or reset. */
export class TypedSession {
  readonly #session: EmbeddedSession;
  readonly #config: Config;
  #definitions: Definitions = [];

  constructor(session: EmbeddedSession, config: Config) {
    this.#session = session;
    this.#config = config;
  }

  /**
   * Runs statements and writes their rows. Rejects with the first error. The effects of earlier statements stay. Error
   * positions count from the start of the typed script.
   */
  async run(statements: readonly ScriptStatement[], signal: AbortSignal): Promise<void> {
    checkOneResult(statements.filter((statement) => !isDefinition(statement)).length, this.#config);
    for (const statement of statements) {
      if (isDefinition(statement)) await this.#define(statement, signal);
      else await this.#give(statement, signal);
    }
  }

  /** Drops all views and settings. */
  reset(): void {
    this.#definitions = [];
  }

  /** Keeps a definition if it can be planned. Otherwise keeps the definition that it would have replaced. */
  async #define(added: Definition, signal: AbortSignal): Promise<void> {
    const definitions = define(this.#definitions, added);
    if (!definitions.includes(added)) return;
    const { kind, name } = added.statement;
    const isView = kind === 'create-view';
    const probe = isView ? `FROM ${quoteIdentifier(name)}` : 'SELECT 1';
    const probeNames = new Set(isView ? [foldName(name)] : []);
    const needed = definitionsFor(definitions, probeNames).filter((definition) => definition !== added);
    await behind(needed, added.positioned, async (text) => {
      const result = await this.#session.run(`${text};\n${probe}`, { resultFormat: 'arrow', explain: true, signal });
      await result.release();
    });
    this.#definitions = definitions;
  }

  async #give({ statement, names, positioned }: ScriptStatement, signal: AbortSignal): Promise<void> {
    // SHOW TABLES needs only the names of views, so it must succeed even if the files of a view are missing.
    const needed =
      statement.kind === 'show-tables' ? this.#definitions.map(emptyView) : definitionsFor(this.#definitions, names);
    await behind(needed, positioned, (whole) => runPart(whole, this.#session, this.#config, signal));
  }
}

/** Replaces a view with one of the same name that reads no files. Returns a setting unchanged. */
function emptyView(definition: Definition): Definition {
  const { kind, name } = definition.statement;
  return kind === 'set' ? definition : { ...definition, text: `CREATE VIEW ${quoteIdentifier(name)} AS SELECT 1` };
}

/**
 * Runs a text after definitions. Error positions count from the start of the text. An error in a definition names that
 * definition.
 */
async function behind(definitions: Definitions, text: string, run: (whole: string) => Promise<void>): Promise<void> {
  const prefixes = definitions.map((definition) => `${definition.text};\n`);
  try {
    await run(prefixes.join('') + text);
  } catch (error) {
    throw error instanceof FabricError ? relocated(error, definitions, prefixes) : error;
  }
}

function relocated(error: FabricError, definitions: Definitions, prefixes: readonly string[]): FabricError {
  const { line } = error.details;
  if (typeof line !== 'number') return error;
  let [left, place] = [line, ''];
  for (const [index, prefix] of prefixes.entries()) {
    const lines = prefix.split('\n').length - 1;
    const { kind, name } = definitions[index]?.statement ?? { kind: 'set', name: '' };
    place = kind === 'set' ? ` of the setting ${name}` : ` of the view ${name}`;
    if (left <= lines) break;
    left -= lines;
    place = '';
  }
  const message = error.message.replace(`at line ${line},`, `at line ${left}${place},`);
  return new FabricError(error.code, message, { details: { ...error.details, line: left }, cause: error });
}
