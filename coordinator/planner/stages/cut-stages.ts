import type { Relation } from '../../../engine/plan/relation.ts';
import { mapInputs } from '../../../engine/plan/transform.ts';
import {
  type Exchange,
  type ExchangeReader,
  type Fragment,
  isExchangeReader,
  isStagedWith,
  taskCountOf,
} from '../place/fragment.ts';
import type { DraftStage } from './draft-stage.ts';

/**
 * Cuts a placed plan at its exchanges: each producer becomes a stage, and so does the root, which gives the result. Stages are numbered
 * so that producers come before their readers. An exchange that several leaves read is one stage.
 *
 *     aggregate sum(sum(b)) by a        stage 0 -> hash(a)                  stage 1 -> result
 *       partition by a             ->     aggregate sum(b) by a      and      aggregate sum(sum(b)) by a
 *         aggregate sum(b) by a             scan t                              input partition of stage 0
 *           scan t
 */
export function cutStages(root: Fragment): readonly DraftStage[] {
  const stages: DraftStage[] = [];
  const producers = new Map<Exchange, Relation>();
  const numbers = new Map<Exchange, number>();

  /** The relation of a producer, once the stages below it have been cut. */
  const producerOf = (exchange: Exchange): Relation => {
    const relation = producers.get(exchange) ?? cut(exchange.producer.relation);
    producers.set(exchange, relation);
    return relation;
  };
  const numberOf = (exchange: Exchange): number => {
    const { producer, output } = exchange;
    const number =
      numbers.get(exchange) ??
      stages.push({ relation: producerOf(exchange), taskCount: taskCountOf(producer), output }) - 1;
    numbers.set(exchange, number);
    return number;
  };
  const numbered = ({ exchange, ...input }: ExchangeReader): Relation => ({ ...input, stage: numberOf(exchange) });
  const cut = (relation: Relation): Relation => {
    if (isExchangeReader(relation)) return numbered(relation);
    if (isStagedWith(relation)) {
      numberOf(relation.exchange);
      return cut(relation.body);
    }
    // The stages below all inputs of an operator come before the stages that are its inputs.
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
