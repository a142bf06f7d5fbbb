import type { Expression } from '../../../engine/plan/expression.ts';
import type { Relation } from '../../../engine/plan/relation.ts';
import { sameEstimate } from '../../../engine/plan/transform.ts';
import {
  type Distribution,
  type Exchange,
  type ExchangeReader,
  type Fragment,
  isExchangeReader,
  isUnpartitioned,
  type ReaderFragment,
  UNNUMBERED,
} from './fragment.ts';

/**
 * The four exchanges. Each takes a fragment and returns one that reads it:
 *
 *     gather            all rows in one task            input all        <- single
 *     broadcast         all rows in every task          input all        <- single
 *     partition         equal keys in the same task     input partition  <- hash(keys)
 *     materialize       each task what one task wrote   input forward    <- single
 */

/** All rows in one task. */
export function gather(fragment: Fragment): Fragment {
  const relation = isUnpartitioned(fragment) ? fragment.relation : readAll(fragment);
  return { relation, distribution: { kind: 'single' } };
}

/** All rows in every task that reads them. */
export function broadcast(fragment: Fragment): Fragment {
  if (fragment.distribution.kind === 'replicated') return fragment;
  return { relation: readAll(fragment), distribution: { kind: 'replicated' } };
}

/** Rows with equal keys in the same task. The keys are over the fragment's columns; rows are hashed on all of them together. */
export function partition(producer: Fragment, keys: readonly Expression[], partitions: number): ReaderFragment {
  const exchange: Exchange = { producer, output: { kind: 'hash', keys, partitions } };
  const columns = keys.flatMap((key) => (key.kind === 'column' ? [[key.index]] : []));
  const distribution: Distribution =
    columns.length === keys.length && keys.length > 0
      ? { kind: 'hashed', keys: columns, tasks: partitions }
      : { kind: 'split', tasks: partitions };
  return { relation: readerOf(exchange, 'partition'), distribution };
}

/** Writes the rows once, for several readers. Each task of a reader reads what one task wrote, or all of it. */
export function materialize(producer: Fragment): ReaderFragment {
  const exchange: Exchange = { producer, output: { kind: 'single' } };
  return isUnpartitioned(producer)
    ? { relation: readerOf(exchange, 'all'), distribution: { kind: 'single' } }
    : { relation: readerOf(exchange, 'forward'), distribution: producer.distribution };
}

/** What is materialized already is read where it is. */
function readAll(fragment: Fragment): Relation {
  const { relation } = fragment;
  const isMaterialized = isExchangeReader(relation) && relation.exchange.output.kind === 'single';
  return readerOf(isMaterialized ? relation.exchange : { producer: fragment, output: { kind: 'single' } }, 'all');
}

function readerOf(exchange: Exchange, mode: 'partition' | 'all' | 'forward'): ExchangeReader {
  const { relation } = exchange.producer;
  return { kind: 'input', stage: UNNUMBERED, mode, exchange, types: relation.types, ...sameEstimate(relation) };
}
