import { tokens } from '../../coordinator/binder/sql/lexer.ts';
import type { Statement } from '../../coordinator/binder/sql/statements.ts';
import { FabricError } from '../../engine/errors.ts';
import type { LoneStatement } from './script.ts';

type DefiningStatement = Extract<Statement, { kind: 'create-view' | 'set' }>;

/** A statement that gives no rows but bears on those after it. */
export type Definition = LoneStatement & { readonly statement: DefiningStatement };

/** The views and settings a prompt holds, each once. A view stands behind those it reads. */
export type Definitions = readonly Definition[];

export function isDefinition(statement: LoneStatement): statement is Definition {
  return statement.statement.kind === 'create-view' || statement.statement.kind === 'set';
}

function isSame(left: DefiningStatement, right: DefiningStatement): boolean {
  return left.kind === right.kind && left.name.toLowerCase() === right.name.toLowerCase();
}

/**
 * The definitions with one more, in place of the one of its name. Views that read it move behind it, in their order: they read the
 * new one from now on. Throws `INVALID_QUERY` for a view that is there and is not to be replaced.
 */
export function define(known: Definitions, added: Definition): Definitions {
  const before = known.find(({ statement }) => isSame(statement, added.statement));
  if (before !== undefined && added.statement.kind === 'create-view') {
    if (added.statement.ifExists === 'keep') return known;
    if (added.statement.ifExists === 'fail') {
      throw new FabricError(
        'INVALID_QUERY',
        `There is a view ${added.statement.name} already. Write CREATE OR REPLACE VIEW to replace it.`,
      );
    }
  }
  const others = known.filter((definition) => definition !== before);
  const readers = readersOf(others, added);
  return [...others.filter((definition) => !readers.has(definition)), added, ...readers];
}

/** The views that read one, themselves or through others, in their order. */
function readersOf(known: Definitions, read: Definition): ReadonlySet<Definition> {
  const readers = new Set<Definition>();
  if (read.statement.kind === 'set') return readers;
  for (const definition of known) {
    if (definition.statement.kind === 'set') continue;
    if ([read, ...readers].some((each) => mentions(definition.text, each.statement.name))) readers.add(definition);
  }
  return readers;
}

/** What of the definitions a text needs: all settings, and the views it reads, themselves or through others. */
export function definitionsFor(known: Definitions, text: string): Definitions {
  const needed = new Set<Definition>();
  const texts = [text];
  // A view stands behind those it reads: from the last to the first, each is asked for before its turn.
  for (const definition of known.toReversed()) {
    const { kind, name } = definition.statement;
    if (kind === 'create-view' && !texts.some((each) => mentions(each, name))) continue;
    needed.add(definition);
    if (kind === 'create-view') texts.push(definition.text);
  }
  return known.filter((definition) => needed.has(definition));
}

/** Whether a name stands anywhere in a text, as whatever: one view too many does no harm. */
function mentions(text: string, name: string): boolean {
  const wanted = name.toLowerCase();
  return tokens(text).some((token) => token.kind !== 'symbol' && token.text.toLowerCase() === wanted);
}
