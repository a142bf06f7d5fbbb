import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBinderClient } from '../../../coordinator/binder/binder-client.ts';
import { ScriptBinder } from '../../../coordinator/binder/program/script-binder.ts';
import { createCatalog } from '../../../coordinator/catalog/discover.ts';
import { defaultSettings } from '../../../coordinator/settings.ts';
import { FabricError } from '../../../engine/errors.ts';
import { TextGenerator } from './generate.ts';
import { ScriptJudge } from './judge-script.ts';
import { tokenDifference } from './judge-tokens.ts';
import type { Tokenizer } from './tokenizer.ts';
import { makeWorld, type World } from './world.ts';

/** The number of texts per run of Python. */
const BATCH = 2000;

export interface TextFuzzOptions {
  readonly seed: number;
  readonly texts: number;
  readonly tokenizer: Tokenizer;
  /** The entry module of the binder process. */
  readonly binderEntry: URL;
  readonly say: (line: string) => void;
}

export interface TextFuzzFigures {
  /** The number of texts that the checks before binding accept. */
  accepted: number;
  /** The number of texts that both the binder and DuckDB bind. */
  bound: number;
  /** The number of bound texts with file functions, which are rewritten. */
  rewritten: number;
  /** Texts that Volley and DuckDB read differently, with a description of the difference. */
  readonly different: { readonly text: string; readonly how: string }[];
}

/**
 * Compares how Volley and DuckDB read SQL. Compares the tokens of the two lexers. For each text that the checks accept,
 * also compares the checks' report with the plan that an unrestricted DuckDB binds.
 */
export async function fuzzTexts(options: TextFuzzOptions): Promise<TextFuzzFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'volley-texts-'));
  try {
    return await fuzzIn(folder, options);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fuzzIn(folder: string, options: TextFuzzOptions): Promise<TextFuzzFigures> {
  const { seed, texts, tokenizer, say } = options;
  const world = makeWorld(folder);
  const generator = new TextGenerator(seed, world.names);
  const readers = await Readers.open(world, options.binderEntry);
  const figures: TextFuzzFigures = { accepted: 0, bound: 0, rewritten: 0, different: [] };
  const differs = (text: string, how: string): void => {
    figures.different.push({ text, how });
    say(`${how}\n  ${JSON.stringify(text)}`);
  };
  try {
    for (let done = 0; done < texts; done += BATCH) {
      const batch = Array.from({ length: Math.min(BATCH, texts - done) }, () => generator.next());
      const judged = tokenizer.tokenize(batch);
      for (const [index, text] of batch.entries()) {
        const how = tokenDifference(text, judged[index] ?? []) ?? (await readers.difference(text, figures));
        if (how !== undefined) differs(text, how);
      }
      say(
        `${done + batch.length} texts: ${figures.accepted} accepted, ${figures.bound} bound, ${figures.rewritten} rewritten, ${figures.different.length} different`,
      );
    }
  } finally {
    await readers.close();
  }
  return figures;
}

/** Volley's checks and binder, with the judge that compares them with DuckDB. */
class Readers {
  readonly #world: World;
  readonly #checker: ScriptBinder;
  readonly #judge: ScriptJudge;
  readonly #bind: (script: string) => Promise<readonly string[] | undefined>;
  readonly #end: () => Promise<void>;

  private constructor(
    world: World,
    checker: ScriptBinder,
    judge: ScriptJudge,
    bind: (script: string) => Promise<readonly string[] | undefined>,
    end: () => Promise<void>,
  ) {
    this.#world = world;
    this.#checker = checker;
    this.#judge = judge;
    this.#bind = bind;
    this.#end = end;
  }

  static async open(world: World, entry: URL): Promise<Readers> {
    const { folder, names, paths } = world;
    const catalog = await createCatalog({
      data: [],
      tables: names.tables.map((name) => ({ name, path: paths.get(name) ?? '' })),
      allow: [join(folder, 'files')],
      workingFolder: folder,
    });
    const client = createBinderClient({
      entry,
      scratchFolder: join(folder, 'binder'),
      localRoots: catalog.inputs.localRoots,
      memoryLimitMiB: 1024,
      timeoutMs: 60_000,
    });
    const scratchFolder = join(folder, 'checker');
    mkdirSync(scratchFolder);
    const checker = new ScriptBinder({ scratchFolder, localRoots: [], memoryLimitMiB: 512 }, () => undefined);
    const bind = async (script: string): Promise<readonly string[] | undefined> => {
      const bound = await client.bind(script, catalog, {
        settings: defaultSettings('UTC'),
        needsEstimates: () => false,
      });
      return bound.kind === 'no-query' ? undefined : bound.plan.columns.map(({ name }) => name);
    };
    return new Readers(world, checker, await ScriptJudge.open(world), bind, () => client.close());
  }

  async close(): Promise<void> {
    this.#judge.close();
    this.#checker.close();
    await this.#end();
  }

  /**
   * Describes how the binder and DuckDB read a text differently. Returns `undefined` if they agree or if the binder
   * rejects the text.
   */
  async difference(text: string, figures: TextFuzzFigures): Promise<string | undefined> {
    const checked = this.#checker.answer({ kind: 'check', script: text, tableNames: this.#world.names.tables });
    if (checked.kind === 'failed') return checked.code === 'INTERNAL' ? `INTERNAL: ${checked.message}` : undefined;
    if (checked.kind !== 'checked') return `the check returned ${checked.kind}`;
    figures.accepted += 1;
    const judged = await this.#judge.judge(text, checked);
    if (judged.kind === 'different') return judged.how;
    const isQuery = checked.rows === 'query' || checked.rows === 'explain';
    try {
      const columns = await this.#bind(text);
      if (columns === undefined || judged.kind === 'refused') return undefined;
      figures.bound += 1;
      if (checked.files.some(({ format }) => format !== undefined)) figures.rewritten += 1;
      if (isQuery && JSON.stringify(columns) !== JSON.stringify(judged.columns))
        return `the columns are ${judged.columns.join(', ')} in DuckDB and ${columns.join(', ')} in Volley`;
    } catch (error) {
      if (!(error instanceof FabricError)) throw error;
      if (error.code === 'INTERNAL') return `INTERNAL: ${error.message}`;
    }
    return undefined;
  }
}
