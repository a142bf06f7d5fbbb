import { appendFile, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { FabricError } from '../../engine/errors.ts';
import { makeFolder } from '../../engine/store/make-folder.ts';
import { buildVersion, type Config, isDebugging } from '../config/config.ts';
import { type EmbeddedSession, openEmbedded } from '../embedded/session.ts';
import { errorText } from '../process/exit-status.ts';
import { OutputClosed } from '../process/output-closed.ts';
import { writeNotice } from './notice.ts';
import { completeTokens, type ScriptStatement, statementsOf } from './script.ts';
import { TypedSession } from './typed-session.ts';

const HISTORY_LINES = 1000;

const HELP = `Type SQL and end it with ;  A statement may take several lines.
  SHOW TABLES;               lists the tables
  DESCRIBE name;             lists the columns of a table
  EXPLAIN SELECT ...;        shows the stages of a query
  SET fanout = 4;            changes a setting until you SET it again or quit
  CREATE VIEW v AS ...;      creates a view; CREATE OR REPLACE VIEW replaces it
  .reset                     drops all views and resets all settings
  .help   .quit
Ctrl-C cancels the running query, or clears the input. Ctrl-D quits.
`;

/**
 * Runs the prompt on a terminal. Views and settings last until the user quits. Settles when the user quits, even if
 * queries failed.
 */
export async function runRepl(config: Config): Promise<void> {
  const session = await openEmbedded(config);
  const lines = createInterface({
    input: process.stdin,
    output: process.stdout,
    terminal: true,
    historySize: HISTORY_LINES,
    history: [...(await readHistory(config.historyPath))],
    removeHistoryDuplicates: true,
  });
  process.stdout.write(`Volley ${buildVersion()}. Type .help for help.\n`);
  try {
    await new Repl(session, config, lines).run();
  } finally {
    lines.close();
    await session.close();
  }
}

/** Reads the history, newest line first, as readline expects. */
async function readHistory(path: string): Promise<readonly string[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const known = text.split('\n').filter((line) => line !== '');
  return known.slice(-HISTORY_LINES).reverse();
}

/** Appends a line to the history. Ignores errors. */
async function remember(path: string, line: string): Promise<void> {
  try {
    makeFolder(dirname(path), 0o700);
    await appendFile(path, `${line}\n`, { mode: 0o600 });
  } catch {
    // Losing the history is harmless.
  }
}

const LEAVING_SIGNALS = ['SIGTERM', 'SIGHUP'] as const;

class Repl {
  readonly #statements: TypedSession;
  readonly #config: Config;
  readonly #lines: Interface;
  #typed = '';
  #running: AbortController | undefined;
  #isLeft = false;

  constructor(session: EmbeddedSession, config: Config, lines: Interface) {
    this.#statements = new TypedSession(session, config);
    this.#config = config;
    this.#lines = lines;
  }

  /** Settles when the user quits. */
  async run(): Promise<void> {
    this.#lines.on('SIGINT', () => this.#interrupt());
    this.#lines.on('close', () => {
      this.#isLeft = true;
    });
    // The terminal was closed, or the process received a signal. Cancel the running query, then close the session
    // normally.
    const leave = (name: NodeJS.Signals): void => {
      this.#running?.abort(name);
      this.#lines.close();
    };
    // The handlers stay: a second signal must not end the process while the session is closing.
    for (const name of LEAVING_SIGNALS) process.on(name, leave);
    this.#prompt();
    for await (const line of this.#lines) {
      if (this.#typed === '' && /^\s*\.(quit|exit)\s*$/.test(line)) return;
      await this.#take(line);
      this.#prompt();
    }
    process.stdout.write('\n');
  }

  #prompt(): void {
    // A prompt would reopen stdin, which Ctrl-D during a query has closed.
    if (this.#isLeft) return;
    this.#lines.setPrompt(this.#typed === '' ? 'volley> ' : '   ...> ');
    this.#lines.prompt();
  }

  #interrupt(): void {
    if (this.#running) {
      this.#running.abort('SIGINT');
      return;
    }
    this.#typed = '';
    // Clear the line on the terminal.
    this.#lines.write(null, { ctrl: true, name: 'u' });
    process.stdout.write('\n');
    this.#prompt();
  }

  async #take(line: string): Promise<void> {
    if (this.#typed === '' && line.trim() === '') return;
    await remember(this.#config.historyPath, line);
    if (this.#typed === '' && line.trim().startsWith('.')) {
      this.#command(line.trim());
      return;
    }
    this.#typed = this.#typed === '' ? line : `${this.#typed}\n${line}`;
    const typed = this.#typed;
    const typedTokens = completeTokens(typed);
    if (typedTokens === undefined) return;
    this.#typed = '';
    await this.#execute(() => statementsOf(typed, typedTokens));
  }

  #command(name: string): void {
    switch (name) {
      case '.help':
        process.stdout.write(HELP);
        return;
      case '.reset':
        this.#statements.reset();
        return;
      default:
        writeNotice(`Unknown command ${name}. Type .help for a list of commands.\n`);
    }
  }

  async #execute(parse: () => readonly ScriptStatement[]): Promise<void> {
    const running = new AbortController();
    this.#running = running;
    try {
      await this.#statements.run(parse(), running.signal);
    } catch (error) {
      if (error instanceof OutputClosed) throw error;
      const wasCancelled = error instanceof FabricError && error.code === 'CANCELLED';
      writeNotice(wasCancelled ? 'Cancelled.\n' : errorText(error, isDebugging()));
    } finally {
      this.#running = undefined;
    }
  }
}
