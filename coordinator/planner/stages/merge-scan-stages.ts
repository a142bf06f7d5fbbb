import {
  canonicalText,
  collectColumns,
  column,
  isEqual,
  isVolatile,
  remapColumns,
  substituteColumns,
} from '../../../engine/plan/columns.ts';
import type { Expression } from '../../../engine/plan/expression.ts';
import type { Relation, ScanColumn } from '../../../engine/plan/relation.ts';
import { joinRanges } from '../../../engine/plan/row-ranges.ts';
import type { PlanTable, Split } from '../../../engine/plan/stage.ts';
import { sameEstimate } from '../../../engine/plan/transform.ts';
import { BOOLEAN } from '../../../engine/plan/types.ts';
import { bytesOf, rowsOf, rowWidth } from '../logical/estimate-rows.ts';
import { extraPredicates, flagOf } from './compare-predicates.ts';
import { type DraftStage, rewriteStages } from './draft-stage.ts';

type Scan = Extract<Relation, { kind: 'scan' }>;
type SplitsByTable = ReadonlyMap<number, readonly (readonly Split[])[]>;

/**
 * Merges stages that only scan the same files and partition the rows on the same key, as in TPC-H queries 17 and 21. The merged stage
 * returns the columns of all these stages. A reader that needs only some of the rows filters on a flag.
 *
 *     stage 0 -> hash(a)                    stage 0 -> hash(a)
 *       scan t [a b]                          project a, b, c, b < 5 as flag
 *     stage 1 -> hash(a)                        scan t [a b c]
 *       filter b < 5                  ->    stage 1 -> result
 *         scan t [a b c]                      inner join
 *     stage 2 -> result                         project a, b
 *       inner join                                input partition of stage 0
 *         input partition of stage 0            project a, b, c
 *         input partition of stage 1              filter flag
 *                                                   input partition of stage 0
 */
export function mergeScanStages(
  drafts: readonly DraftStage[],
  splits: SplitsByTable,
  tables: readonly PlanTable[],
): readonly DraftStage[] {
  const groups = new Map<string, ScanStage[]>();
  for (const [stage, draft] of drafts.entries()) {
    const scanStage = asScanStage(draft, stage);
    if (scanStage === undefined) continue;
    const text = partitioningText(scanStage, splits, tables);
    groups.set(text, [...(groups.get(text) ?? []), scanStage]);
  }
  const merged = [...groups.values()].flatMap((group) => mergeGroup(group, splits) ?? []);
  const drafted = new Map(merged.map(({ stage, draft }) => [stage, draft]));
  const replacements = new Map(merged.flatMap((each) => [...each.replacements]));
  return rewriteStages(drafts, {
    rewrite: (draft, list, old) => {
      const stage = replacements.get(old)?.stage ?? old;
      return stage === old ? list.add(drafted.get(old) ?? draft) : list.stageOf(stage);
    },
    readInput: (input, old) => {
      const replacement = replacements.get(old);
      return replacement === undefined ? input : replacement.view({ ...input, types: replacement.types });
    },
  });
}

/** A stage that only scans a table and partitions its rows. Its predicates and outputs are expressions over the scan's columns. */
interface ScanStage {
  /** The number of the stage. */
  readonly stage: number;
  readonly draft: DraftStage;
  readonly scan: Scan;
  readonly predicates: readonly Expression[];
  readonly outputs: readonly Expression[];
  /** Positions in `outputs` of the hash keys. */
  readonly keys: readonly number[];
}

/** The replacement for a stage that was merged. */
interface Replacement {
  readonly stage: number;
  /** Selects the rows and columns of the old stage from the output of the merged stage. */
  readonly view: (input: Relation) => Relation;
  readonly types: Relation['types'];
}

/** A stage that replaces several stages, and the replacements for their readers. */
interface MergedStage {
  /** The number of the merged stage, which is the lowest number among the stages that it replaces. */
  readonly stage: number;
  readonly draft: DraftStage;
  readonly replacements: ReadonlyMap<number, Replacement>;
}

function asScanStage(draft: DraftStage, stage: number): ScanStage | undefined {
  if (draft.output.kind !== 'hash' || draft.output.keys.length === 0) return undefined;
  const keys = draft.output.keys.flatMap((key) => (key.kind === 'column' ? [key.index] : []));
  const read = asRead(draft.relation);
  if (read === undefined || keys.length < draft.output.keys.length) return undefined;
  return [...read.outputs, ...read.predicates].some(isVolatile) ? undefined : { stage, draft, keys, ...read };
}

function asRead(relation: Relation): Pick<ScanStage, 'scan' | 'predicates' | 'outputs'> | undefined {
  switch (relation.kind) {
    case 'scan': {
      const outputs = relation.output.map((position, index) => column(position, relation.types[index] ?? BOOLEAN));
      return { scan: relation, predicates: relation.filters, outputs };
    }
    case 'filter': {
      const below = asRead(relation.input);
      if (below === undefined) return undefined;
      const own = relation.predicates.map((predicate) => substituteColumns(predicate, below.outputs));
      return { ...below, predicates: [...below.predicates, ...own] };
    }
    case 'project': {
      const below = asRead(relation.input);
      if (below === undefined) return undefined;
      return { ...below, outputs: relation.expressions.map((part) => substituteColumns(part, below.outputs)) };
    }
    default:
      return undefined;
  }
}

function rowsOfSplit({ file, rows }: Split): Pick<Split, 'file' | 'rows'> {
  return rows === undefined ? { file } : { file, rows };
}

/** Returns a text that is equal for stages that partition the same rows of the same files on the same keys. */
function partitioningText(stage: ScanStage, splits: SplitsByTable, tables: readonly PlanTable[]): string {
  const { scan, draft } = stage;
  // Join the splits, because the same rows are split differently if the columns differ in size.
  const rows = joinRanges((splits.get(scan.table) ?? []).flat().map(rowsOfSplit), {
    fileOf: ({ file }) => file,
    join: ({ file }, _second, range) => ({ file, rows: range }),
  });
  const keys = stage.keys.map((key) => named(stage.outputs[key] ?? column(-1, BOOLEAN), scan.columns));
  const partitions = draft.output.kind === 'hash' ? draft.output.partitions : 0;
  return canonicalText({
    files: tables[scan.table]?.files,
    format: scan.format,
    rows,
    keys,
    partitions,
  });
}

/**
 * Formats an expression with column names instead of positions. Equal expressions have the same text even if the scans have their columns
 * at different positions.
 */
function named(expression: Expression, columns: readonly ScanColumn[]): string {
  const byName = columns.map(
    (scanned): Expression => ({ kind: 'parameter', name: canonicalText(scanned), type: scanned.type }),
  );
  return canonicalText(substituteColumns(expression, byName));
}

function mergeGroup(group: readonly ScanStage[], splits: SplitsByTable): MergedStage | undefined {
  if (group.length < 2) return undefined;
  const columns = unionOf(group.flatMap((stage) => stage.scan.columns));
  const aligned = group.map((stage) => overColumns(stage, columns));
  const base = aligned.find((stage) => aligned.every((other) => extraPredicates(other, stage) !== undefined));
  if (base === undefined) return undefined;
  const mergeable = aligned.filter((stage) => stage === base || isWorthMerging(stage, base));
  if (mergeable.length < 2) return undefined;
  const flags = mergeable.flatMap((stage) => flagOf(stage, base) ?? []);
  const outputs = unionOf([...mergeable.flatMap((stage) => stage.outputs), ...flags]);
  const at = (expression: Expression) => outputs.findIndex((output) => isEqual(output, expression));
  const kept = [...collectColumns([...outputs, ...base.predicates])].sort((left, right) => left - right);
  const compact = (expression: Expression) => remapColumns(expression, (index) => kept.indexOf(index));
  const scan: Scan = {
    ...widest(mergeable, splits).scan,
    columns: kept.flatMap((index) => columns[index] ?? []),
    filters: base.predicates.map(compact),
    pruning: [],
    output: [...kept.keys()],
    types: kept.flatMap((index) => columns[index]?.type ?? []),
    ...sameEstimate(base.draft.relation),
  };
  const relation: Relation = {
    kind: 'project',
    types: outputs.map((output) => output.type),
    ...sameEstimate(base.draft.relation),
    input: scan,
    expressions: outputs.map(compact),
  };
  const stage = Math.min(...mergeable.map((each) => each.stage));
  const partitions = base.draft.output.kind === 'hash' ? base.draft.output.partitions : 1;
  const keys = base.keys.map((key) => {
    const output = base.outputs[key] ?? column(-1, BOOLEAN);
    return column(at(output), output.type);
  });
  const replacements = mergeable.map((each): [number, Replacement] => [
    each.stage,
    { stage, types: relation.types, view: viewOf(each, flagOf(each, base), at) },
  ]);
  return {
    stage,
    draft: { relation, taskCount: base.draft.taskCount, output: { kind: 'hash', keys, partitions } },
    replacements: new Map(replacements),
  };
}

/** Returns a function that selects the rows and columns of one stage from the output of the merged stage. */
function viewOf(
  stage: ScanStage,
  flag: Expression | undefined,
  at: (expression: Expression) => number,
): (input: Relation) => Relation {
  const expressions = stage.outputs.map((output) => column(at(output), output.type));
  const types = expressions.map((expression) => expression.type);
  const estimate = sameEstimate(stage.draft.relation);
  return (input) => {
    const own: Relation =
      flag === undefined
        ? input
        : { kind: 'filter', types: input.types, ...estimate, input, predicates: [column(at(flag), BOOLEAN)] };
    return { kind: 'project', types, ...estimate, input: own, expressions };
  };
}

function overColumns(stage: ScanStage, columns: readonly ScanColumn[]): ScanStage {
  const positions = stage.scan.columns.map((own) => columns.findIndex((other) => isEqual(own, other)));
  const move = (expression: Expression) => remapColumns(expression, (index) => positions[index] ?? -1);
  return { ...stage, predicates: stage.predicates.map(move), outputs: stage.outputs.map(move) };
}

/** Returns whether the columns that a stage adds to all rows of `base` take fewer bytes than the rows that the stage would write itself. */
function isWorthMerging(stage: ScanStage, base: ScanStage): boolean {
  const added = stage.outputs.filter((output) => !base.outputs.some((known) => isEqual(known, output)));
  const flag = flagOf(stage, base);
  const types = [...added, ...(flag === undefined ? [] : [flag])].map((output) => output.type);
  return rowsOf(base.draft.relation) * rowWidth(types) <= bytesOf(stage.draft.relation);
}

/** Returns the stage whose columns take the most bytes. Its splits balance the merged scan best. */
function widest(stages: readonly ScanStage[], splits: SplitsByTable): ScanStage {
  const bytes = (stage: ScanStage) =>
    (splits.get(stage.scan.table) ?? []).flat().reduce((sum, split) => sum + split.sizeBytes, 0);
  return stages.reduce((best, stage) => (bytes(stage) > bytes(best) ? stage : best));
}

function unionOf<T>(items: readonly T[]): T[] {
  const known = new Map<string, T>();
  for (const item of items) {
    const text = canonicalText(item);
    if (!known.has(text)) known.set(text, item);
  }
  return [...known.values()];
}
