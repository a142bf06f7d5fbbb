import assert from 'node:assert/strict';
import type { BoundScript } from '../../../coordinator/binder/binder-client.ts';
import { inputsOf, type Relation } from '../../../engine/plan/relation.ts';
import { typeSql } from '../../../engine/plan/types.ts';
import type { BinderFixture } from './binder-fixture.ts';

/** The result of binding a script that contains a query. */
export type BoundQuery = Exclude<BoundScript, { kind: 'no-query' }>;

/** Binds a script that must contain a query. */
export async function bindQuery(to: BinderFixture, script: string): Promise<BoundQuery> {
  const result = await to.bind(script);
  assert.ok(result.kind !== 'no-query', script);
  return result;
}

/** Returns the output columns of a query as `NAME TYPE`. */
export const columnsOf = ({ plan }: BoundQuery): readonly string[] =>
  plan.columns.map(({ name, type }) => `${name} ${typeSql(type)}`);
/** Returns, for each table, its name followed by the files to read. */
export const filesOf = ({ plan }: BoundQuery): readonly (readonly [string, ...string[]])[] =>
  plan.tables.map((table) => [table.name, ...table.files.map((file) => file.location)]);

/** Returns all operators of a plan, parents first. */
export function operators(relation: Relation): readonly Relation[] {
  return [relation, ...inputsOf(relation).flatMap(operators)];
}
