import type { Expression } from '../../../engine/plan/expression.ts';
import type { Relation } from '../../../engine/plan/relation.ts';
import { sameEstimate } from '../../../engine/plan/transform.ts';
import {
  type Distribution,
  type Exchange,
  type ExchangeReader,
  isExchangeReader,
  isUnpartitioned,
  type PlacedReader,
  type PlacedRelation,
  UNNUMBERED,
} from './placed-relation.ts';

/**
 * The four kinds of exchange. Each function takes a placed relation and returns a relation that reads its rows:
 *
 *     gather            all rows in one task            input all        <- single
 *     broadcast         all rows in every task          input all        <- single
 *     partition         equal keys in the same task     input partition  <- hash(keys)
 *     materialize       each task what one task wrote   input forward    <- single
 */

/** Collects all rows in one task. */
export function gather(placed: PlacedRelation): PlacedRelation {
  const relation = isUnpartitioned(placed) ? placed.relation : readAll(placed);
  return { relation, distribution: { kind: 'single' } };
}

/** Sends all rows to every task of the reader. */
export function broadcast(placed: PlacedRelation): PlacedRelation {
  if (placed.distribution.kind === 'replicated') return placed;
  return { relation: readAll(placed), distribution: { kind: 'replicated' } };
}

/**
 * Sends rows with equal keys to the same task. The keys are expressions over the producer's columns, and rows are hashed on all keys
 * together.
 */
export function partition(producer: PlacedRelation, keys: readonly Expression[], partitions: number): PlacedReader {
  const exchange: Exchange = { producer, output: { kind: 'hash', keys, partitions } };
  const columns = keys.flatMap((key) => (key.kind === 'column' ? [[key.index]] : []));
  const distribution: Distribution =
    columns.length === keys.length && keys.length > 0
      ? { kind: 'hashed', keys: columns, tasks: partitions }
      : { kind: 'split', tasks: partitions };
  return { relation: readerOf(exchange, 'partition'), distribution };
}

/** Writes the rows once for several readers. Each task of a reader reads either the rows that one task wrote, or all rows. */
export function materialize(producer: PlacedRelation): PlacedReader {
  const exchange: Exchange = { producer, output: { kind: 'single' } };
  return isUnpartitioned(producer)
    ? { relation: readerOf(exchange, 'all'), distribution: { kind: 'single' } }
    : { relation: readerOf(exchange, 'forward'), distribution: producer.distribution };
}

/** Returns a reader of all rows. Rows that are already materialized are not written again. */
function readAll(placed: PlacedRelation): Relation {
  const { relation } = placed;
  const isMaterialized = isExchangeReader(relation) && relation.exchange.output.kind === 'single';
  return readerOf(isMaterialized ? relation.exchange : { producer: placed, output: { kind: 'single' } }, 'all');
}

function readerOf(exchange: Exchange, mode: 'partition' | 'all' | 'forward'): ExchangeReader {
  const { relation } = exchange.producer;
  return { kind: 'input', stage: UNNUMBERED, mode, exchange, types: relation.types, ...sameEstimate(relation) };
}
