import type { Kind } from '../tables.ts';
import { type Context, PLAIN, type Source, some, sortKey } from './context.ts';
import { comparison } from './expressions.ts';

export interface Call {
  readonly text: string;
  readonly kind: Kind;
}

/** Generates an aggregate call that sorts its rows or does not depend on their order. */
export function aggregate(context: Context, from: Source): Call {
  const { choices } = context;
  const { text, kind } = choices.one(aggregateCalls(context, from))();
  if (choices.chance(0.2)) return { text: `${text} FILTER (WHERE ${comparison(context, from)})`, kind };
  return { text, kind };
}

function aggregateCalls(context: Context, from: Source): readonly (() => Call)[] {
  const { choices } = context;
  const calls: (() => Call)[] = [() => ({ text: 'count(*)', kind: 'int' })];
  const of = (...kinds: readonly Kind[]): string | undefined => {
    const columns = from.columns.filter(({ kind }) => kinds.includes(kind));
    return columns.length > 0 ? choices.one(columns).name : undefined;
  };
  const add = (name: string | undefined, call: (name: string) => Call): void => {
    if (name !== undefined) calls.push(() => call(name));
  };
  const distinct = choices.chance(0.3) ? 'DISTINCT ' : '';
  const { name, kind } = choices.one(from.columns);
  add(name, (column) => ({ text: `count(${distinct}${column})`, kind: 'int' }));
  if (PLAIN.includes(kind) && kind !== 'bool')
    add(name, (column) => ({ text: `${choices.one(['min', 'max'])}(${column})`, kind }));
  add(of('double', 'extreme'), (column) => ({ text: `${choices.one(['min', 'max'])}(${column})`, kind: 'extreme' }));
  add(of('int'), (column) => ({ text: `sum(${distinct}${column})`, kind: 'wide' }));
  add(of('int'), (column) => ({
    text: `${choices.one(['avg', 'stddev', 'var_pop', 'median'])}(${column})`,
    kind: 'extreme',
  }));
  add(of('decimal'), (column) => ({ text: `${choices.one(['sum', 'avg'])}(${distinct}${column})`, kind: 'extreme' }));
  add(of('wide'), (column) => ({ text: `sum(${column})`, kind: 'extreme' }));
  add(of('double'), (column) => ({ text: `${choices.one(['sum', 'avg'])}(${distinct}${column})`, kind: 'extreme' }));
  add(of('bool'), (column) => ({ text: `${choices.one(['bool_and', 'bool_or'])}(${column})`, kind: 'bool' }));
  add(of('int'), (column) => ({ text: `${choices.one(['bit_and', 'bit_or', 'bit_xor'])}(${column})`, kind: 'wide' }));
  add(of('text'), (column) => ({ text: `string_agg(${distinct}${column}, '|' ORDER BY ${column})`, kind: 'text' }));
  add(of('text', 'int', 'date'), (column) => ({
    text: `list(${distinct}${column} ORDER BY ${column} NULLS LAST)`,
    kind: 'other',
  }));
  add(of('int', 'wide', 'date'), (column) => ({
    text: `quantile_disc(${column}, ${choices.one(['0.5', '0.1', '0.9'])})`,
    kind: 'other',
  }));
  if (from.key.length > 0) {
    add(of('text', 'int', 'decimal', 'list'), (column) => ({
      text: `${choices.one(['first', 'last'])}(${column} ORDER BY ${from.key.join(', ')})`,
      kind: 'other',
    }));
  }
  if (from.key.length === 1) {
    add(of('text', 'int'), (column) => ({
      text: `${choices.one(['arg_min', 'arg_max'])}(${column}, ${from.key[0]})`,
      kind: 'other',
    }));
  }
  return calls;
}

export function overOf(context: Context, from: Source): string {
  const { choices } = context;
  const partitions = some(context, from, 0, 2);
  const keys = [...some(context, from, 0, 1).map(sortKey(context)), ...from.key];
  return `${partitions.length > 0 ? `PARTITION BY ${partitions.join(', ')} ` : ''}ORDER BY ${keys.join(', ')}${choices.chance(0.3) ? frame(context) : ''}`;
}

function frame({ choices }: Context): string {
  const unit = choices.one(['ROWS', 'GROUPS']);
  const start = choices.one(['UNBOUNDED PRECEDING', '2 PRECEDING', 'CURRENT ROW', '1 PRECEDING']);
  const end = choices.one(['UNBOUNDED FOLLOWING', '2 FOLLOWING', 'CURRENT ROW']);
  const exclude = choices.one(['', '', ' EXCLUDE CURRENT ROW', ' EXCLUDE TIES', ' EXCLUDE GROUP']);
  return ` ${unit} BETWEEN ${start} AND ${end}${exclude}`;
}

/** The offsets of RANGE frames, for each kind of sort key. */
const OFFSETS: Readonly<Partial<Record<Kind, readonly string[]>>> = {
  int: ['0', '1', '2', '100'],
  decimal: ['0', '0.5', '13'],
  double: ['0.0', '1.5', '1e6'],
  date: ['INTERVAL 1 DAY', 'INTERVAL 1 MONTH', 'INTERVAL 0 DAY'],
  timestamp: ['INTERVAL 1 MICROSECOND', 'INTERVAL 60 YEAR', 'INTERVAL 1 DAY'],
};

/** Generates the content of OVER with a RANGE frame of offsets. Rows with equal sort keys have equal frames. */
function rangeOver(context: Context, from: Source): string | undefined {
  const { choices } = context;
  const columns = from.columns.filter(({ kind }) => OFFSETS[kind] !== undefined);
  if (columns.length === 0) return undefined;
  const { name, kind } = choices.one(columns);
  const offsets = OFFSETS[kind] ?? [];
  const start = choices.one([
    'UNBOUNDED PRECEDING',
    'CURRENT ROW',
    `${choices.one(offsets)} PRECEDING`,
    `${choices.one(offsets)} PRECEDING`,
  ]);
  const end = choices.one([
    'UNBOUNDED FOLLOWING',
    'CURRENT ROW',
    `${choices.one(offsets)} FOLLOWING`,
    `${choices.one(offsets)} FOLLOWING`,
  ]);
  const exclude = choices.one(['', '', ' EXCLUDE CURRENT ROW', ' EXCLUDE TIES', ' EXCLUDE GROUP']);
  const partitions = some(context, from, 0, 1);
  return `${partitions.length > 0 ? `PARTITION BY ${partitions.join(', ')} ` : ''}ORDER BY ${sortKey(context)(name)} RANGE BETWEEN ${start} AND ${end}${exclude}`;
}

export function windowCall(context: Context, from: Source): Call {
  const { choices } = context;
  const { name, kind } = choices.one(from.columns);
  const over = overOf(context, from);
  const ints = from.columns.filter((column) => column.kind === 'int');
  const int = ints.length > 0 ? choices.one(ints).name : '1';
  const plainOver = over.replace(/ (ROWS|GROUPS) BETWEEN.*$/, '');
  return choices.one<() => Call>([
    () => ({ text: `row_number() OVER (${plainOver})`, kind: 'int' }),
    () => ({
      text: `${choices.one(['rank', 'dense_rank', 'ntile(3)', 'cume_dist'].map((call) => (call.endsWith(')') ? call : `${call}()`)))} OVER (${plainOver})`,
      kind: 'extreme',
    }),
    () => ({ text: `${choices.one(['lag', 'lead'])}(${name}${choices.one(['', ', 2'])}) OVER (${plainOver})`, kind }),
    () => ({ text: `${choices.one(['first_value', 'last_value'])}(${name}) OVER (${over})`, kind }),
    () => ({ text: `nth_value(${name}, 2) OVER (${over})`, kind }),
    () => ({ text: `sum(${int}) OVER (${over})`, kind: 'wide' }),
    () => ({ text: `count(${choices.one(['*', name])}) OVER (${over})`, kind: 'int' }),
    () => ({ text: `max(${int}) FILTER (WHERE ${comparison(context, from)}) OVER (${over})`, kind: 'int' }),
    () => ({ text: `rank() OVER (ORDER BY ${name})`, kind: 'int' }),
    () => {
      const range = rangeOver(context, from) ?? over;
      const call = choices.one([`sum(${int})`, `count(${name})`, `min(${int})`, 'count(*)']);
      return { text: `${call} OVER (${range})`, kind: 'wide' };
    },
    () => ({ text: `sum(${int}) OVER (PARTITION BY ${name})`, kind: 'wide' }),
  ])();
}
