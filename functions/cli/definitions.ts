import { tokens } from '../../coordinator/binder/sql/lexer.ts';
import type { Statement } from '../../coordinator/binder/sql/statements.ts';
import { FabricError } from '../../engine/errors.ts';
import type { LoneStatement } from './script.ts';

type DefiningStatement = Extract<Statement, { kind: 'create-view' | 'set' }>;

/** A statement without rows that affects later statements. */
export type Definition = LoneStatement & { readonly statement: DefiningStatement };

/** The views and settings of a prompt, each once. A view follows the views it reads. */
export type Definitions = readonly Definition[];

export function isDefinition(statement: LoneStatement): statement is Definition {
  return statement.statement.kind === 'create-view' || statement.statement.kind === 'set';
}

function isSame(left: DefiningStatement, right: DefiningStatement): boolean {
  return left.kind === right.kind && left.name.toLowerCase() === right.name.toLowerCase();
}

/**
 * Adds a definition, or replaces the one with its name. Views that read it move behind it, in order, and read the new one from now on.
 * Throws `INVALID_QUERY` if the view exists and the statement does not replace it.
 */
export function define(current: Definitions, added: Definition): Definitions {
  const before = current.find(({ statement }) => isSame(statement, added.statement));
  if (before !== undefined && added.statement.kind === 'create-view') {
    if (added.statement.ifExists === 'keep') return current;
    if (added.statement.ifExists === 'fail') {
      throw new FabricError(
        'INVALID_QUERY',
        `The view ${added.statement.name} already exists. Write CREATE OR REPLACE VIEW to replace it.`,
      );
    }
  }
  const others = current.filter((definition) => definition !== before);
  const readers = readersOf(others, added);
  return [...others.filter((definition) => !readers.has(definition)), added, ...readers];
}

/** The views that read a definition, directly or through other views, in order. */
function readersOf(definitions: Definitions, read: Definition): ReadonlySet<Definition> {
  const readers = new Set<Definition>();
  if (read.statement.kind === 'set') return readers;
  for (const definition of definitions) {
    if (definition.statement.kind === 'set') continue;
    if ([read, ...readers].some((each) => mentions(definition.text, each.statement.name))) readers.add(definition);
  }
  return readers;
}

/** The definitions that a text needs: all settings, and the views it reads, directly or through other views. */
export function definitionsFor(definitions: Definitions, text: string): Definitions {
  const needed = new Set<Definition>();
  const texts = [text];
  // A view follows those it reads, so going backwards finds readers first.
  for (const definition of definitions.toReversed()) {
    const { kind, name } = definition.statement;
    if (kind === 'create-view' && !texts.some((each) => mentions(each, name))) continue;
    needed.add(definition);
    if (kind === 'create-view') texts.push(definition.text);
  }
  return definitions.filter((definition) => needed.has(definition));
}

/** Whether a name occurs anywhere in a text, in any role: an unneeded view does no harm. */
function mentions(text: string, name: string): boolean {
  const wanted = name.toLowerCase();
  return tokens(text).some((token) => token.kind !== 'symbol' && token.text.toLowerCase() === wanted);
}
