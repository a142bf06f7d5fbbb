import { canonicalText } from '../../../engine/plan/columns.ts';
import { type DraftStage, rewriteStages } from './draft-stage.ts';

/**
 * Merges stages that partition the output of the same stage on the same keys. The output is then partitioned once for all readers.
 *
 *     stage 1 -> hash(a)                   stage 1 -> hash(a)
 *       input forward of stage 0             input forward of stage 0
 *     stage 2 -> hash(a)              ->   stage 2 -> result
 *       input forward of stage 0             inner join
 *     stage 3 -> result                        input partition of stage 1
 *       inner join                             input partition of stage 1
 *         input partition of stage 1
 *         input partition of stage 2
 */
export function mergeRepartitions(drafts: readonly DraftStage[]): readonly DraftStage[] {
  const known = new Map<string, number>();
  return rewriteStages(drafts, {
    rewrite: (draft, { stages, add }) => {
      const text = repartitionText(draft, stages);
      const stage = (text === undefined ? undefined : known.get(text)) ?? add(draft);
      if (text !== undefined) known.set(text, stage);
      return stage;
    },
  });
}

/** Returns a text that is equal for stages that partition the same rows on the same keys. Returns `undefined` for all other stages. */
function repartitionText({ relation, output }: DraftStage, before: readonly DraftStage[]): string | undefined {
  if (relation.kind !== 'input' || output.kind !== 'hash') return undefined;
  return before[relation.stage]?.output.kind === 'single' ? canonicalText([relation.stage, output.keys]) : undefined;
}
