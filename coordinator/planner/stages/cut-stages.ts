import type { Relation } from '../../../engine/plan/relation.ts';
import { mapInputs } from '../../../engine/plan/transform.ts';
import {
  type Exchange,
  type ExchangeReader,
  isExchangeReader,
  isStagedWith,
  type PlacedRelation,
  taskCountOf,
} from '../place/placed-relation.ts';
import type { DraftStage } from './draft-stage.ts';

/**
 * Cuts a placed plan at its exchanges. Each producer becomes a stage, and the root becomes the stage that returns the result. Stages are
 * numbered so that producers come before their readers. An exchange with several readers becomes one stage.
 *
 *     aggregate sum(sum(b)) by a        stage 0 -> hash(a)                  stage 1 -> result
 *       partition by a             ->     aggregate sum(b) by a      and      aggregate sum(sum(b)) by a
 *         aggregate sum(b) by a             scan t                              input partition of stage 0
 *           scan t
 */
export function cutStages(root: PlacedRelation): readonly DraftStage[] {
  const stages: DraftStage[] = [];
  const producers = new Map<Exchange, Relation>();
  const stageOfExchange = new Map<Exchange, number>();

  /** Returns the relation of a producer after cutting the stages below it. */
  const producerOf = (exchange: Exchange): Relation => {
    const relation = producers.get(exchange) ?? cut(exchange.producer.relation);
    producers.set(exchange, relation);
    return relation;
  };
  const stageOf = (exchange: Exchange): number => {
    const { producer, output } = exchange;
    const stage =
      stageOfExchange.get(exchange) ??
      stages.push({ relation: producerOf(exchange), taskCount: taskCountOf(producer), output }) - 1;
    stageOfExchange.set(exchange, stage);
    return stage;
  };
  const numbered = ({ exchange, ...input }: ExchangeReader): Relation => ({ ...input, stage: stageOf(exchange) });
  const cut = (relation: Relation): Relation => {
    if (isExchangeReader(relation)) return numbered(relation);
    if (isStagedWith(relation)) {
      stageOf(relation.exchange);
      return cut(relation.body);
    }
    // Cut all stages below the inputs before numbering the stages that the inputs read, so that producers get lower numbers.
    const below = mapInputs(relation, (input) => {
      if (!isExchangeReader(input)) return cut(input);
      producerOf(input.exchange);
      return input;
    });
    return mapInputs(below, (input) => (isExchangeReader(input) ? numbered(input) : input));
  };

  const relation = cut(root.relation);
  return [...stages, { relation, taskCount: taskCountOf(root), output: { kind: 'result' } }];
}
