import type { Statement } from '../../coordinator/binder/sql/statements.ts';
import { FabricError } from '../../engine/errors.ts';
import { foldName } from '../../engine/plan/fold-name.ts';
import type { ScriptStatement } from './script.ts';

type DefiningStatement = Extract<Statement, { kind: 'create-view' | 'set' }>;

/** A statement that returns no rows but affects later statements. */
export type Definition = ScriptStatement & { readonly statement: DefiningStatement };

/** The views and settings defined at a prompt, one per name. A view comes after the views it reads. */
export type Definitions = readonly Definition[];

export function isDefinition(statement: ScriptStatement): statement is Definition {
  return statement.statement.kind === 'create-view' || statement.statement.kind === 'set';
}

function isSame(left: DefiningStatement, right: DefiningStatement): boolean {
  return left.kind === right.kind && foldName(left.name) === foldName(right.name);
}

/**
 * Adds a definition, or replaces the existing definition of that name. Views that read it move after it, in their
 * previous order, so that they read the new definition. Throws `INVALID_QUERY` for an existing view without OR REPLACE.
 */
export function define(definitions: Definitions, added: Definition): Definitions {
  const before = definitions.find(({ statement }) => isSame(statement, added.statement));
  if (before !== undefined && added.statement.kind === 'create-view') {
    if (added.statement.ifExists === 'keep') return definitions;
    if (added.statement.ifExists === 'fail') {
      throw new FabricError(
        'INVALID_QUERY',
        `View ${added.statement.name} already exists. Use CREATE OR REPLACE VIEW to replace it.`,
      );
    }
  }
  const others = definitions.filter((definition) => definition !== before);
  const readers = readersOf(others, added);
  return [...others.filter((definition) => !readers.has(definition)), added, ...readers];
}

/** Returns the views that read `read`, directly or through other views, in definition order. */
function readersOf(definitions: Definitions, read: Definition): ReadonlySet<Definition> {
  const readers = new Set<Definition>();
  if (read.statement.kind === 'set') return readers;
  for (const definition of definitions) {
    if (definition.statement.kind === 'set') continue;
    if ([read, ...readers].some((each) => definition.names.has(foldName(each.statement.name)))) readers.add(definition);
  }
  return readers;
}

/**
 * Returns the definitions needed by a statement that contains these folded names: all settings, and the views it reads,
 * directly or through other views. Any name in the statement counts as a reference, because an unneeded view does no
 * harm.
 */
export function definitionsFor(definitions: Definitions, names: ReadonlySet<string>): Definitions {
  const needed = new Set<Definition>();
  const wanted = new Set(names);
  // A view comes after the views it reads. In reverse order, each view is visited before the views it reads.
  for (const definition of definitions.toReversed()) {
    const { kind, name } = definition.statement;
    if (kind === 'create-view' && !wanted.has(foldName(name))) continue;
    needed.add(definition);
    if (kind === 'create-view') for (const each of definition.names) wanted.add(each);
  }
  return definitions.filter((definition) => needed.has(definition));
}
