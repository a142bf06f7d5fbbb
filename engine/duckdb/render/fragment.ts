import type { Relation } from '../../plan/relation.ts';
import type { RenderContext } from './context.ts';
import { relationSql } from './relations.ts';

/**
 * Renders a fragment as one SELECT for DuckDB. Its columns are named c0 to cn and have exactly the fragment's types; a fragment without
 * columns returns one meaningless column. The user's names and strings are always quoted.
 */
export function renderFragment(root: Relation, context: RenderContext): string {
  return relationSql(root, context);
}
