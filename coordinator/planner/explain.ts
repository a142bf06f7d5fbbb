import { inputsOf, type Relation, type ScanColumn } from '../../engine/plan/relation.ts';
import type { Split, Stage, StageGraph, StageScan } from '../../engine/plan/stage.ts';
import { aggregateText, type ColumnNames, expressionText, sortKeysText, windowText } from './expression-text.ts';
import { rowsOf, rowWidth } from './logical/estimate-rows.ts';

/** The maximum length of a computed column's name. Columns with longer expressions are named by numbers. */
const MAX_NAME = 32;

/**
 * Formats a stage graph for people. Shows the tasks of each stage, the destination of its rows, its operators as a tree with column names
 * and estimated rows, and the splits that its tasks read. The same graph always produces the same text.
 */
export function explain(graph: StageGraph): string {
  const named = new Map<Relation, ColumnNames>();
  const stageNames: ColumnNames[] = [];
  const name = columnNamer(named, stageNames, graph);
  const sections = graph.stages.map((stage) => {
    stageNames.push(name(stage.root));
    const lines = [headline(stage, graph, stageNames.at(-1) ?? [])];
    addTree(stage.root, 1, lines, (relation) => operatorText(relation, graph, name));
    for (const scan of stage.scans) lines.push(`  ${splitsText(scan, graph)}`);
    return lines.join('\n');
  });
  const why = graph.singleTaskReason === undefined ? [] : [`runs in one task because ${graph.singleTaskReason}`];
  return `${[...why, ...sections].join('\n\n')}\n`;
}

function headline(stage: Stage, graph: StageGraph, names: ColumnNames): string {
  const readers = graph.stages.filter((other) => other.dependsOn.includes(stage.id)).map((other) => other.id);
  const after = stage.dependsOn.length > 0 ? `, after ${listed(stage.dependsOn)}` : '';
  const threads = stage.threads === 1 ? '' : `, ${stage.threads} threads`;
  const tasks = stage.taskCount === 1 ? '1 task' : `${stage.taskCount} tasks`;
  return `stage ${stage.id}: ${tasks}${threads}${after} -> ${outputText(stage, readers, names)}`;
}

function listed(stages: readonly number[]): string {
  return `stage${stages.length === 1 ? '' : 's'} ${stages.join(', ')}`;
}

function outputText(stage: Stage, readers: readonly number[], names: ColumnNames): string {
  switch (stage.output.kind) {
    case 'result':
      return 'the result';
    case 'single':
      return `all rows, for ${listed(readers)}`;
    case 'hash': {
      const keys = stage.output.keys.map((key) => expressionText(key, names)).join(', ');
      return `${stage.output.partitions} partitions by hash(${keys}), for ${listed(readers)}`;
    }
    case 'combined': {
      const { partitions, producers, producerBlocks, partitionBlocks } = stage.output;
      const reads = `1 of ${producerBlocks} groups of ${producers} producers and 1 of ${partitionBlocks} groups of partitions`;
      return `${partitions} partitions (each task combines ${reads}), for ${listed(readers)}`;
    }
    default:
      return stage.output satisfies never;
  }
}

function addTree(relation: Relation, depth: number, lines: string[], text: (relation: Relation) => string): void {
  const rows = relation.estimatedRows === undefined ? '' : `  (${estimateText(relation)})`;
  lines.push(`${'  '.repeat(depth)}${text(relation)}${rows}`);
  for (const input of inputsOf(relation)) addTree(input, depth + 1, lines, text);
}

function estimateText(relation: Relation): string {
  const rows = Math.round(rowsOf(relation));
  return `~${rows} row${rows === 1 ? '' : 's'}, ${sizeText(rows * rowWidth(relation.types))}`;
}

function sizeText(bytes: number): string {
  if (bytes < 1024) return `${Math.round(bytes)} B`;
  if (bytes < 1024 ** 2) return `${(bytes / 1024).toFixed(1)} KiB`;
  return `${(bytes / 1024 ** 2).toFixed(1)} MiB`;
}

function splitsText(scan: StageScan, graph: StageGraph): string {
  const table = graph.tables[scan.table];
  const several = (table?.files.length ?? 0) > 1;
  const tasks = scan.tasks.map((splits) =>
    splits.length === 0 ? 'nothing' : splits.map((split) => splitText(split, several)).join(' + '),
  );
  const distinct = new Set(tasks);
  const text = distinct.size === 1 && tasks.length > 1 ? `${tasks[0]} in each task` : tasks.join(' | ');
  const bytes = scan.tasks.flat().reduce((sum, split) => sum + split.sizeBytes, 0);
  return `reads ${table?.name ?? scan.table}: ${text} (${sizeText(bytes)})`;
}

function splitText(split: Split, several: boolean): string {
  const file = several ? `file ${split.file} ` : '';
  return split.rows === undefined ? `${file}whole` : `${file}rows ${split.rows.start}..${split.rows.end}`;
}

type Namer = (relation: Relation) => ColumnNames;

/**
 * Returns a function that names the columns of relations. Table columns keep their names. Computed columns are named after their
 * expressions, or by numbers if the expressions are too long.
 */
function columnNamer(named: Map<Relation, ColumnNames>, stages: readonly ColumnNames[], graph: StageGraph): Namer {
  let computed = 0;
  const definitions = new Map<number, ColumnNames>();
  const short = (text: string) => {
    if (text.length <= MAX_NAME) return text;
    computed += 1;
    return `$${computed}`;
  };
  const name: Namer = (relation) => {
    const known = named.get(relation);
    if (known !== undefined) return known;
    if (relation.kind === 'with') definitions.set(relation.id, name(relation.definition));
    if (relation.kind === 'recursive') definitions.set(relation.id, name(relation.anchor));
    const inputs = inputsOf(relation).map(name);
    const names = outputNames(relation, inputs, short, {
      stage: (stage) => stages[stage] ?? [],
      shared: (id) => definitions.get(id) ?? [],
      table: (index) => graph.tables[index]?.name ?? `table ${index}`,
    });
    named.set(relation, names);
    return names;
  };
  return name;
}

interface NameSources {
  readonly stage: (stage: number) => ColumnNames;
  readonly shared: (id: number) => ColumnNames;
  readonly table: (index: number) => string;
}

function outputNames(
  relation: Relation,
  inputs: readonly ColumnNames[],
  short: (text: string) => string,
  sources: NameSources,
): ColumnNames {
  const [first = [], second = []] = inputs;
  const at = (names: ColumnNames, position: number) => names[position] ?? `#${position}`;
  switch (relation.kind) {
    case 'scan':
      return relation.output.map((position) => scanColumnName(relation.columns[position]));
    case 'table-function':
      return relation.types.map((_type, index) => `${relation.name}${index === 0 ? '' : index}`);
    case 'lateral-function':
      return [...relation.output.map((index) => `${relation.name}${index === 0 ? '' : index}`), ...first];
    case 'values':
      return relation.types.map((_type, index) => `value${index}`);
    case 'project':
      return relation.expressions.map((expression) => short(expressionText(expression, first)));
    case 'aggregate':
      return [
        ...relation.groups.map((group) => short(expressionText(group, first))),
        ...relation.aggregates.map((call) => short(aggregateText(call, first))),
        ...relation.groupingCalls.map((groups) => short(`grouping(${groups.join(', ')})`)),
      ];
    case 'join':
    case 'asof-join':
      return [
        ...relation.outputLeft.map((position) => at(first, position)),
        ...relation.outputRight.map((position) => at(second, position)),
        ...(relation.joinType === 'mark' ? [short('mark')] : []),
      ];
    case 'positional-join':
      return [...first, ...second];
    case 'window':
      return [...first, ...relation.calls.map((call) => short(windowText(call, first)))];
    case 'unnest':
      return [...first, ...relation.lists.map((list) => short(`unnest(${expressionText(list, first)})`))];
    case 'with':
      return second;
    case 'filter':
    case 'sort':
    case 'distinct':
    case 'sample':
    case 'set-operation':
    case 'recursive':
      return first;
    case 'shared':
      return sources.shared(relation.id);
    case 'input':
      return sources.stage(relation.stage);
    default:
      return relation satisfies never;
  }
}

function scanColumnName(scanned: ScanColumn | undefined): string {
  if (scanned === undefined) return '?';
  return scanned.kind === 'none' ? 'nothing' : scanned.name;
}

function constantRowsText(count: number): string {
  if (count === 0) return 'no rows';
  return count === 1 ? '1 constant row' : `${count} constant rows`;
}

/** Formats one operator. Its expressions use the column names of its inputs. */
function operatorText(relation: Relation, graph: StageGraph, name: Namer): string {
  const inputs = inputsOf(relation).map(name);
  const [first = []] = inputs;
  const text = (names: ColumnNames) => (expression: Parameters<typeof expressionText>[0]) =>
    expressionText(expression, names);
  switch (relation.kind) {
    case 'scan': {
      const columns = relation.columns.map(scanColumnName);
      const where = relation.filters.length > 0 ? ` where ${relation.filters.map(text(columns)).join(' and ')}` : '';
      return `scan ${graph.tables[relation.table]?.name ?? relation.table} [${name(relation).join(', ')}]${where}`;
    }
    case 'table-function':
      return `${relation.name}(${relation.arguments.map(text([])).join(', ')})`;
    case 'lateral-function':
      return `for each row ${relation.name}(${relation.arguments.map(text(first)).join(', ')})`;
    case 'values':
      return constantRowsText(relation.rows.length);
    case 'project':
      return `project ${withAliases(relation.expressions.map(text(first)), name(relation))}`;
    case 'filter':
      return `filter ${relation.predicates.map(text(first)).join(' and ')}`;
    case 'aggregate':
      return aggregateOperatorText(relation, first, name(relation));
    case 'join':
    case 'asof-join':
      return joinText(relation, inputs, name(relation));
    case 'positional-join':
      return 'positional join';
    case 'sample':
      return `sample ${relation.method}`;
    case 'sort':
      return sortText(relation, first);
    case 'distinct': {
      const on = relation.on === undefined ? '' : ` on ${relation.on.map(text(first)).join(', ')}`;
      return `distinct${on}${relation.orderBy.length > 0 ? ` order by ${sortKeysText(relation.orderBy, first)}` : ''}`;
    }
    case 'window':
      return `window ${withAliases(
        relation.calls.map((call) => windowText(call, first)),
        name(relation).slice(first.length),
      )}`;
    case 'unnest':
      return `unnest ${relation.lists.map(text(first)).join(', ')}`;
    case 'set-operation':
      return `${relation.operation}${relation.all ? ' all' : ''}`;
    case 'with':
      return `with definition ${relation.id}`;
    case 'recursive':
      return `recursive ${relation.id}${relation.all ? '' : ' distinct'}`;
    case 'shared':
      return `definition ${relation.id}`;
    case 'input':
      return inputText(relation);
    default:
      return relation satisfies never;
  }
}

function inputText(input: Extract<Relation, { kind: 'input' }>): string {
  switch (input.mode) {
    case 'partition':
      return `one partition of stage ${input.stage} per task`;
    case 'all':
      return `all of stage ${input.stage}`;
    case 'forward':
      return `output of the same task number of stage ${input.stage}`;
    case 'combine':
      return `groups of partitions of stage ${input.stage}`;
    default:
      return input.mode satisfies never;
  }
}

function withAliases(texts: readonly string[], names: ColumnNames): string {
  return texts.map((text, index) => (text === names[index] ? text : `${text} as ${names[index] ?? '?'}`)).join(', ');
}

function aggregateOperatorText(
  aggregate: Extract<Relation, { kind: 'aggregate' }>,
  input: ColumnNames,
  names: ColumnNames,
): string {
  const groups = aggregate.groups.map((group) => expressionText(group, input));
  const calls = aggregate.aggregates.map((call) => aggregateText(call, input));
  const plain = aggregate.groupingSets.length <= 1;
  const sets = aggregate.groupingSets.map((positions) => `(${positions.map((at) => groups[at] ?? '?').join(', ')})`);
  const by = plain ? withAliases(groups, names) : `grouping sets ${sets.join(', ')}`;
  const computed = withAliases(calls, names.slice(groups.length));
  return `aggregate ${[computed, by === '' ? '' : `by ${by}`].filter((part) => part !== '').join(' ')}`;
}

function joinText(
  join: Extract<Relation, { kind: 'join' | 'asof-join' }>,
  inputs: readonly ColumnNames[],
  names: ColumnNames,
): string {
  const [left = [], right = []] = inputs;
  const conditions = join.conditions.map(
    (condition) =>
      `${expressionText(condition.left, left)} ${condition.operator} ${expressionText(condition.right, right)}`,
  );
  if (join.residual !== undefined) conditions.push(expressionText(join.residual, [...left, ...right]));
  const kind = join.kind === 'asof-join' ? `asof ${join.joinType}` : join.joinType;
  const on = conditions.length === 0 ? '' : ` on ${conditions.join(' and ')}`;
  return `${conditions.length === 0 && kind === 'inner' ? 'cross' : kind} join${on} [${names.join(', ')}]`;
}

function sortText(sort: Extract<Relation, { kind: 'sort' }>, input: ColumnNames): string {
  const limit = sort.limit === undefined ? '' : ` limit ${sort.limit}`;
  const offset = sort.offset === undefined ? '' : ` offset ${sort.offset}`;
  return sort.keys.length === 0
    ? `take${limit}${offset}`
    : `sort by ${sortKeysText(sort.keys, input)}${limit}${offset}`;
}
