import { canonicalText, column, isVolatile, remapColumns, substituteColumns } from '../../../engine/plan/columns.ts';
import type { Expression } from '../../../engine/plan/expression.ts';
import type { Relation, ScanColumn } from '../../../engine/plan/relation.ts';
import type { PlanTable, Split } from '../../../engine/plan/stage.ts';
import { sameEstimate } from '../../../engine/plan/transform.ts';
import { BOOLEAN } from '../../../engine/plan/types.ts';
import { bytesOf, rowsOf, rowWidth } from '../logical/estimate-rows.ts';
import { type DraftStage, mapStageInputs, type StageInput } from './draft-stage.ts';

type Scan = Extract<Relation, { kind: 'scan' }>;
type SplitsByTable = ReadonlyMap<number, readonly (readonly Split[])[]>;

/**
 * Merges stages that only scan the same files and partition their rows on the same key, as TPC-H 17 and 21 have. The merged stage gives
 * the columns of all of them. A reader that wants fewer rows filters on a flag.
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
  for (const [place, draft] of drafts.entries()) {
    const stage = asScanStage(draft, place);
    if (stage === undefined) continue;
    const text = partitioningText(stage, splits, tables);
    groups.set(text, [...(groups.get(text) ?? []), stage]);
  }
  const merged = [...groups.values()].flatMap((group) => mergeGroup(group, splits) ?? []);
  return renumbered(
    drafts,
    new Map(merged.map(({ place, draft }) => [place, draft])),
    new Map(merged.flatMap(({ replacements }) => [...replacements])),
  );
}

/** A stage that only scans a table and partitions its rows. Its predicates and outputs are over the columns of its scan. */
interface ScanStage {
  readonly place: number;
  readonly draft: DraftStage;
  readonly scan: Scan;
  readonly predicates: readonly Expression[];
  readonly outputs: readonly Expression[];
  /** Positions in `outputs` that rows are hashed on. */
  readonly keys: readonly number[];
}

/** What the readers of a merged stage read instead. */
interface Replacement {
  readonly stage: number;
  /** The rows and columns of the old stage, taken from those of the merged one. */
  readonly view: (input: Relation) => Relation;
  readonly types: Relation['types'];
}

/** A stage made of several, and what takes the place of each of them. */
interface MergedStage {
  readonly place: number;
  readonly draft: DraftStage;
  readonly replacements: ReadonlyMap<number, Replacement>;
}

function asScanStage(draft: DraftStage, place: number): ScanStage | undefined {
  if (draft.output.kind !== 'hash' || draft.output.keys.length === 0) return undefined;
  const keys = draft.output.keys.flatMap((key) => (key.kind === 'column' ? [key.index] : []));
  const read = asRead(draft.relation);
  if (read === undefined || keys.length < draft.output.keys.length) return undefined;
  return [...read.outputs, ...read.predicates].some(isVolatile) ? undefined : { place, draft, keys, ...read };
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

/** Equal for stages that partition the same rows of the same files on the same keys. */
function partitioningText(stage: ScanStage, splits: SplitsByTable, tables: readonly PlanTable[]): string {
  const { scan, draft } = stage;
  const rows = (splits.get(scan.table) ?? []).flat().map(({ file, rows: range }) => ({ file, range }));
  const keys = stage.keys.map((key) => named(stage.outputs[key] ?? column(-1, BOOLEAN), scan.columns));
  const partitions = draft.output.kind === 'hash' ? draft.output.partitions : 0;
  return canonicalText({
    files: tables[scan.table]?.files,
    format: scan.format,
    rows: contiguous(rows),
    keys,
    partitions,
  });
}

interface RowRange {
  readonly file: number;
  readonly range: { readonly start: number; readonly end: number } | undefined;
}

/** Joins adjacent ranges: the same rows are split differently for columns of other sizes. */
function contiguous(rows: readonly RowRange[]): readonly RowRange[] {
  const joined: RowRange[] = [];
  for (const { file, range } of rows) {
    const last = joined.at(-1);
    if (last?.range !== undefined && range !== undefined && last.file === file && last.range.end === range.start) {
      joined[joined.length - 1] = { file, range: { start: last.range.start, end: range.end } };
    } else {
      joined.push({ file, range });
    }
  }
  return joined;
}

/** An expression as text with columns by name: equal for equal values, even if scans have their columns at other positions. */
function named(expression: Expression, columns: readonly ScanColumn[]): string {
  const byName = columns.map(
    (scanned): Expression => ({ kind: 'parameter', name: canonicalText(scanned), type: scanned.type }),
  );
  return canonicalText(substituteColumns(expression, byName));
}

function readColumns(expression: Expression): ReadonlySet<number> {
  const positions = new Set<number>();
  remapColumns(expression, (index) => {
    positions.add(index);
    return index;
  });
  return positions;
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
  const at = (expression: Expression) => outputs.findIndex((output) => same(output, expression));
  const read = unionOf([...outputs, ...base.predicates].flatMap((part) => [...readColumns(part)]));
  const kept = read.sort((left, right) => left - right);
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
  const place = Math.min(...mergeable.map((stage) => stage.place));
  const partitions = base.draft.output.kind === 'hash' ? base.draft.output.partitions : 1;
  const keys = base.keys.map((key) => {
    const output = base.outputs[key] ?? column(-1, BOOLEAN);
    return column(at(output), output.type);
  });
  const replacements = mergeable.map((stage): [number, Replacement] => [
    stage.place,
    { stage: place, types: relation.types, view: viewOf(stage, flagOf(stage, base), at) },
  ]);
  return {
    place,
    draft: { relation, taskCount: base.draft.taskCount, output: { kind: 'hash', keys, partitions } },
    replacements: new Map(replacements),
  };
}

/** Takes the rows and columns of one stage from those of the merged one. */
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
  const places = stage.scan.columns.map((own) => columns.findIndex((other) => same(own, other)));
  const move = (expression: Expression) => remapColumns(expression, (index) => places[index] ?? -1);
  return { ...stage, predicates: stage.predicates.map(move), outputs: stage.outputs.map(move) };
}

/** The predicates that a stage has beyond those of `base`; `undefined` if it lacks one of those. */
function extraPredicates(stage: ScanStage, base: ScanStage): readonly Expression[] | undefined {
  const extra = stage.predicates.filter((own) => !base.predicates.some((other) => same(own, other)));
  const known = base.predicates.every((other) => stage.predicates.some((own) => same(own, other)));
  return known ? extra : undefined;
}

/** An expression that is true for the rows of `base` that are also the stage's; absent if all are. */
function flagOf(stage: ScanStage, base: ScanStage): Expression | undefined {
  const [first, ...more] = extraPredicates(stage, base) ?? [];
  if (first === undefined || more.length === 0) return first;
  return { kind: 'conjunction', operator: 'and', inputs: [first, ...more], type: BOOLEAN };
}

/** Whether the columns that a stage adds to all rows of `base` take fewer bytes than the rows it would write itself. */
function isWorthMerging(stage: ScanStage, base: ScanStage): boolean {
  const added = stage.outputs.filter((output) => !base.outputs.some((known) => same(known, output)));
  const flag = flagOf(stage, base);
  const types = [...added, ...(flag === undefined ? [] : [flag])].map((output) => output.type);
  return rowsOf(base.draft.relation) * rowWidth(types) <= bytesOf(stage.draft.relation);
}

/** The stage whose columns take the most bytes. Its splits balance the merged scan best. */
function widest(stages: readonly ScanStage[], splits: SplitsByTable): ScanStage {
  const bytes = (stage: ScanStage) =>
    (splits.get(stage.scan.table) ?? []).flat().reduce((sum, split) => sum + split.sizeBytes, 0);
  return stages.reduce((best, stage) => (bytes(stage) > bytes(best) ? stage : best));
}

function renumbered(
  drafts: readonly DraftStage[],
  merged: ReadonlyMap<number, DraftStage>,
  replacements: ReadonlyMap<number, Replacement>,
): readonly DraftStage[] {
  const gone = (place: number) => (replacements.get(place)?.stage ?? place) !== place;
  const remaining = [...drafts.keys()].filter((place) => !gone(place));
  const redirect = (input: StageInput): Relation => {
    const replacement = replacements.get(input.stage);
    const stage = remaining.indexOf(replacement?.stage ?? input.stage);
    if (replacement === undefined) return { ...input, stage };
    return replacement.view({ ...input, stage, types: replacement.types });
  };
  return remaining.flatMap((place) => {
    const draft = merged.get(place) ?? drafts[place];
    return draft === undefined ? [] : [{ ...draft, relation: mapStageInputs(draft.relation, redirect) }];
  });
}

function same(left: unknown, right: unknown): boolean {
  return canonicalText(left) === canonicalText(right);
}

function unionOf<T>(items: readonly T[]): T[] {
  const known = new Map<string, T>();
  for (const item of items) {
    const text = canonicalText(item);
    if (!known.has(text)) known.set(text, item);
  }
  return [...known.values()];
}
