import type { Relation } from '../../plan/relation.ts';
import type { RenderContext } from './context.ts';
import { relationSql } from './relations.ts';

/**
 * A fragment of a plan as one SELECT for DuckDB. Its columns are named c0 to cn and have exactly the fragment's types; a fragment
 * without columns gives one column without meaning. Names and texts of the user stand in it only quoted.
 */
export function renderFragment(root: Relation, context: RenderContext): string {
  return relationSql(root, context);
}
