import type { Context } from './context.ts';

/** Generates a LIMIT clause, with the given probability. Only SELECT accepts subqueries in it, not set operations. */
export function limitOf(
  context: Context,
  probability: number,
  takes: 'subqueries' | 'constants' = 'subqueries',
): string {
  const { choices } = context;
  if (!choices.chance(probability)) return '';
  const [limits, offsets] = [constantLimits(context), constantOffsets(context)];
  if (takes === 'constants') return `${choices.one(limits)()}${choices.one(offsets)()}`;
  const limit = choices.one([...limits, ...subqueryLimits(context)])();
  return `${limit}${choices.one([...offsets, ...subqueryOffsets(context)])()}`;
}

type Clause = () => string;

function constantLimits({ choices }: Context): readonly Clause[] {
  return [
    () => `LIMIT ${choices.below(30)}`,
    () => `LIMIT ${choices.below(30)}`,
    () => `LIMIT ${choices.one([0, 10, 33.3, 50, 100])}%`,
    () => `LIMIT ${choices.one(['NULL', 'NULL::INTEGER', 'NULL %', 'ALL'])}`,
    () => `LIMIT ${choices.one(['2 + 3', '(10 + 20) %', 'greatest(1, 4)', "'7'", '2.5', 'nullif(3, 3)', 'abs(-4)'])}`,
  ];
}

function constantOffsets({ choices }: Context): readonly Clause[] {
  return [
    () => '',
    () => '',
    () => ` OFFSET ${choices.below(10)}`,
    () => ` OFFSET ${choices.one(['NULL', 'NULL::BIGINT', '1 * 2', 'nullif(1, 1)', "length('ab')"])}`,
  ];
}

function subqueryLimits(context: Context): readonly Clause[] {
  const { choices } = context;
  const table = (): string => smallTable(context);
  return [
    () => `LIMIT (SELECT ${choices.one(['max(id)', 'count(*)', 'min(id)', 'max(id) / 2'])} FROM ${table()})`,
    () => `LIMIT (SELECT max(id) FROM ${table()} WHERE id < 0)`,
    () => `LIMIT (SELECT max(id) FROM ${table()}) - ${choices.below(5)}`,
    () => `LIMIT (SELECT ${choices.one(['max(id)', '25.5', 'NULL::DOUBLE'])} FROM ${table()} WHERE id < 3) %`,
  ];
}

function subqueryOffsets(context: Context): readonly Clause[] {
  const { choices } = context;
  return [
    () => ` OFFSET (SELECT min(id) + 1 FROM ${smallTable(context)} WHERE id ${choices.one(['>', '<'])} 0)`,
    () => ` OFFSET (SELECT count(*) FROM ${smallTable(context)} WHERE id < 3) + 1`,
  ];
}

function smallTable({ choices, keyed }: Context): string {
  return choices.one(keyed).name;
}
