import assert from 'node:assert/strict';
import type { BoundScript } from '../../../coordinator/binder/binder-client.ts';
import { inputsOf, type Relation } from '../../../engine/plan/relation.ts';
import { typeSql } from '../../../engine/plan/types.ts';
import type { Planning } from './planning.ts';

/** A script's query, planned. */
export type PlannedQuery = Exclude<BoundScript, { kind: 'nothing' }>;

/** Plans a script that holds one. */
export async function planned(to: Planning, script: string): Promise<PlannedQuery> {
  const result = await to.plan(script);
  assert.ok(result.kind !== 'nothing', script);
  return result;
}

/** `NAME TYPE` of each column of its rows. */
export const columnsOf = ({ plan }: PlannedQuery): readonly string[] =>
  plan.columns.map(({ name, type }) => `${name} ${typeSql(type)}`);
/** Each table's name, then the files it reads. */
export const filesOf = ({ plan }: PlannedQuery): readonly (readonly [string, ...string[]])[] =>
  plan.tables.map((table) => [table.name, ...table.files.map((file) => file.location)]);

/** All operators of a plan, top down. */
export function operators(relation: Relation): readonly Relation[] {
  return [relation, ...inputsOf(relation).flatMap(operators)];
}
