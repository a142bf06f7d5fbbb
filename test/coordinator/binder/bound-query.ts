import assert from 'node:assert/strict';
import type { BoundScript } from '../../../coordinator/binder/binder-client.ts';
import { inputsOf, type Relation } from '../../../engine/plan/relation.ts';
import { typeSql } from '../../../engine/plan/types.ts';
import type { BinderFixture } from './binder-fixture.ts';

/** A script's bound query. */
export type BoundQuery = Exclude<BoundScript, { kind: 'no-query' }>;

/** Binds a script that has a query. */
export async function bindQuery(to: BinderFixture, script: string): Promise<BoundQuery> {
  const result = await to.bind(script);
  assert.ok(result.kind !== 'no-query', script);
  return result;
}

/** `NAME TYPE` of each column of its rows. */
export const columnsOf = ({ plan }: BoundQuery): readonly string[] =>
  plan.columns.map(({ name, type }) => `${name} ${typeSql(type)}`);
/** Each table's name, then the files it reads. */
export const filesOf = ({ plan }: BoundQuery): readonly (readonly [string, ...string[]])[] =>
  plan.tables.map((table) => [table.name, ...table.files.map((file) => file.location)]);

/** All operators of a plan, top down. */
export function operators(relation: Relation): readonly Relation[] {
  return [relation, ...inputsOf(relation).flatMap(operators)];
}
