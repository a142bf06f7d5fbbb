import { volley } from '../../../proto/generated/volley.js';
import type { ObjectIdentity } from '../../store/object-store.ts';
import type { LogicalPlan } from '../logical-plan.ts';
import { inputsOf, type Relation } from '../relation.ts';
import type { InputFile, PlanTable, Split, Stage, StageGraph, StageId, StageOutput, StageScan } from '../stage.ts';
import { decodeExpressions } from './decode-expressions.ts';
import { decodeRelation } from './decode-relations.ts';
import { type DecodedTypes, decodeTypeTable, typeAt } from './decode-types.ts';
import { createTypeTable } from './encode-types.ts';
import { keepEncodedRoot } from './encoded-root.ts';
import { shuffleCompressions } from './enumerations.ts';
import { invalid, required, tooNew } from './faults.ts';
import { countFromLong, type Long } from './integers.ts';
import { fromBytes } from './message.ts';
import { checkHeader } from './version.ts';

/** Reads the output of `encodeStageGraph`. Throws `MESSAGE_INVALID` or `VERSION_SKEW` for any other bytes. */
export function decodeStageGraph(bytes: Uint8Array): StageGraph {
  return fromBytes(volley.StageGraph, decodeStageGraphMessage, bytes, 'plan');
}

function decodeStageGraphMessage(graph: volley.StageGraph.$Shape): StageGraph {
  const decoded = decodeGraph(graph, decodeStage);
  for (const stage of decoded.stages) checkWidths(stage.id, stage.root, decoded.stages);
  return decoded;
}

/**
 * Reads the output of `encodeStageGraphOutline`. The root of each stage is decoded and checked on first access, which throws
 * `MESSAGE_INVALID` or `VERSION_SKEW` for invalid bytes. Callers that show or list jobs therefore never decode it.
 */
export function decodeStageGraphOutline(message: volley.StageGraphOutline.$Shape | null | undefined): StageGraph {
  const decoded: StageGraph = decodeGraph(required(message, 'a plan'), (stage, types, tables) =>
    decodeStageOutline(stage, types, tables, (root) => checkWidths(stageId(stage.id), root, decoded.stages)),
  );
  return decoded;
}

/** Decodes a graph and its stages. Accepts plans for other engine versions, because an executor rejects their tasks. */
function decodeGraph<Message>(
  graph: Omit<volley.StageGraph.$Shape, 'stages'> & { readonly stages?: readonly Message[] | null },
  decode: (stage: Message, types: DecodedTypes, tables: readonly PlanTable[]) => Stage,
): StageGraph {
  checkHeader(graph.header, 'any');
  const types = decodeTypeTable(graph.types);
  const tables = (graph.tables ?? []).map((table) => decodePlanTable(table, types));
  const stages = (graph.stages ?? []).map((stage) => decode(stage, types, tables));
  checkOrder(stages);
  return {
    tables,
    stages,
    columns: decodeColumns(graph.columns, types),
    timeZone: graph.timeZone ?? '',
    ...(typeof graph.singleTaskReason === 'string' ? { singleTaskReason: graph.singleTaskReason } : {}),
    ...(typeof graph.keyPrefixes === 'number' ? { keyPrefixes: decodeKeyPrefixes(graph.keyPrefixes) } : {}),
  };
}

function decodeKeyPrefixes(count: number): number {
  if (count < 2 || count > 4096 || 4096 % count !== 0)
    throw invalid(`the number of key prefixes is ${count}, not a power of two from 2 to 4096`);
  return count;
}

/** Reads the output of `encodeLogicalPlan`. Throws `MESSAGE_INVALID` or `VERSION_SKEW` for any other bytes. */
export function decodeLogicalPlan(bytes: Uint8Array): LogicalPlan {
  return fromBytes(volley.LogicalPlan, decodeLogicalPlanMessage, bytes, 'plan');
}

function decodeLogicalPlanMessage(plan: volley.LogicalPlan.$Shape): LogicalPlan {
  checkHeader(plan.header, 'same');
  const types = decodeTypeTable(plan.types);
  const tables = (plan.tables ?? []).map((table) => decodePlanTable(table, types));
  return {
    tables,
    root: decodeRelation(plan.root, { types, tables: tables.length, shared: new Map() }),
    columns: decodeColumns(plan.columns, types),
    timeZone: plan.timeZone ?? '',
  };
}

function decodeColumns(
  messages: readonly volley.NamedColumn.$Shape[] | null | undefined,
  types: DecodedTypes,
): StageGraph['columns'] {
  return (messages ?? []).map(({ name, type }) => ({ name: name ?? '', type: typeAt(types, type) }));
}

/** Decodes a table of a plan. */
export function decodePlanTable(message: volley.PlanTable.$Shape, types: DecodedTypes): PlanTable {
  return {
    name: message.name ?? '',
    files: (message.files ?? []).map(decodeInputFile),
    columns: decodeColumns(message.columns, types),
  };
}

function decodeInputFile(message: volley.InputFile.$Shape): InputFile {
  return { location: message.location ?? '', identity: decodeIdentity(message.identity) };
}

/** Decodes the identity of an object version. */
export function decodeIdentity(message: volley.ObjectIdentity.$Shape | null | undefined): ObjectIdentity {
  const identity = required(message, 'an identity');
  return { sizeBytes: decodeCount(identity.sizeBytes, 'a size'), version: identity.version ?? '' };
}

/** Decodes a count of rows, bytes or milliseconds. */
export function decodeCount(value: Long | null | undefined, what: string): number {
  const count = countFromLong(value);
  if (count === undefined) throw invalid(`${what} is 2^53 or more`);
  return count;
}

/** Reads the output of `encodeFragment` for a task with these tables. Throws `MESSAGE_INVALID` or `VERSION_SKEW` for any other bytes. */
export function decodeFragment(bytes: Uint8Array, tables: readonly PlanTable[]): Stage {
  return fromBytes(volley.Fragment, (fragment) => decodeFragmentMessage(fragment, tables), bytes, 'fragment');
}

function decodeFragmentMessage(fragment: volley.Fragment.$Shape, tables: readonly PlanTable[]): Stage {
  checkHeader(fragment.header, 'same');
  return decodeStage(fragment.stage, decodeTypeTable(fragment.types), tables);
}

/** Decodes one stage of a plan with these tables. */
export function decodeStage(
  message: volley.Stage.$Shape | null | undefined,
  types: DecodedTypes,
  tables: readonly PlanTable[],
): Stage {
  const stage = required(message, 'a stage');
  const root = decodeRelation(stage.root, { types, tables: tables.length, shared: new Map() });
  const { id, taskCount, dependsOn, output, ...around } = decodeStageAround(stage, types, tables, root.types.length);
  for (const input of stageInputs(root))
    if (!dependsOn.some((other) => other === input.stage))
      throw invalid(`stage ${id} reads stage ${input.stage}, which it does not depend on`);
  checkCombining(id, root, taskCount, output);
  return { id, root, taskCount, output, dependsOn, ...around };
}

/** Decodes a stage whose root is decoded on first access and then passed to `check`. */
function decodeStageOutline(
  message: volley.StageOutline.$Shape,
  types: DecodedTypes,
  tables: readonly PlanTable[],
  check: (root: Relation) => void,
): Stage {
  const { scans: _scans, root: bytes, ...around } = message;
  const encoded = bytes ?? new Uint8Array(0);
  const decodeRoot = (relation: volley.Relation.$Shape): Relation => {
    const { root } = decodeStage({ ...around, root: relation }, types, tables);
    check(root);
    return root;
  };
  let known: Relation | undefined;
  const stage: Stage = {
    // The columns of the output's keys are checked together with the root.
    ...decodeStageAround(message, types, tables, Number.POSITIVE_INFINITY),
    get root() {
      known ??= fromBytes(volley.Relation, decodeRoot, encoded, 'fragment');
      return known;
    },
  };
  keepEncodedRoot(stage, () => ({ bytes: encoded, types: createTypeTable(types) }));
  return stage;
}

/** Decodes everything of a stage except its root. `columns` is the number of columns that the keys of its output may refer to. */
function decodeStageAround(
  stage: Omit<volley.Stage.$Shape, 'root'>,
  types: DecodedTypes,
  tables: readonly PlanTable[],
  columns: number,
): Omit<Stage, 'root'> {
  const id = stageId(stage.id);
  const taskCount = stage.taskCount ?? 0;
  if (taskCount < 1) throw invalid(`stage ${id} has no tasks`);
  return {
    id,
    taskCount,
    scans: (stage.scans ?? []).map((scan) => decodeStageScan(scan, taskCount, tables)),
    output: decodeStageOutput(stage.output, types, columns),
    dependsOn: (stage.dependsOn ?? []).map(stageId),
    threads: stage.threads ?? 0,
    ...(stage.shuffleCompression == null
      ? {}
      : { shuffleCompression: shuffleCompressions.decode(stage.shuffleCompression) }),
  };
}

/** Returns a stage's number as its id. */
export function stageId(value: number | null | undefined): StageId {
  return (value ?? 0) as StageId;
}

/** Returns the nodes where a fragment reads other stages. */
export function stageInputs(relation: Relation): Extract<Relation, { kind: 'input' }>[] {
  return relation.kind === 'input' ? [relation] : inputsOf(relation).flatMap(stageInputs);
}

/** Checks that every stage comes after the stages it reads. */
function checkOrder(stages: readonly Stage[]): void {
  const ids = new Set<StageId>();
  for (const { id, dependsOn } of stages) {
    if (ids.has(id)) throw invalid(`two stages have the id ${id}`);
    for (const other of dependsOn)
      if (!ids.has(other)) throw invalid(`stage ${id} depends on stage ${other}, which does not come before it`);
    ids.add(id);
  }
}

/** Checks that a stage's root expects as many columns as the stages it reads return. */
function checkWidths(id: StageId, root: Relation, stages: readonly Stage[]): void {
  for (const input of stageInputs(root)) {
    const width = stages.find((stage) => stage.id === input.stage)?.root.types.length ?? 0;
    if (width !== input.types.length)
      throw invalid(`stage ${id} reads ${input.types.length} columns of stage ${input.stage}, which returns ${width}`);
  }
}

function decodeStageScan(message: volley.StageScan.$Shape, taskCount: number, tables: readonly PlanTable[]): StageScan {
  const table = message.table ?? 0;
  const tasks = (message.tasks ?? []).map(({ splits }) => decodeSplits(splits, table, tables));
  if (tasks.length !== taskCount) throw invalid(`a scan has splits for ${tasks.length} of ${taskCount} tasks`);
  return { table, tasks };
}

/** Decodes splits of one table. Checks that every file exists in the table. */
export function decodeSplits(
  messages: readonly volley.Split.$Shape[] | null | undefined,
  table: number,
  tables: readonly PlanTable[],
): Split[] {
  const { files } = required(tables[table], `table ${table}`);
  return (messages ?? []).map((message) => {
    const file = message.file ?? 0;
    if (file >= files.length) throw invalid(`file ${file} of table ${table} does not exist (count: ${files.length})`);
    const rows = message.rows
      ? { start: decodeCount(message.rows.start, 'a row'), end: decodeCount(message.rows.end, 'a row') }
      : undefined;
    if (rows !== undefined && rows.start > rows.end)
      throw invalid(`a split begins at row ${rows.start} but ends at row ${rows.end}`);
    const sizeBytes = decodeCount(message.sizeBytes, 'a size');
    const rowCount = message.rowCount == null ? undefined : decodeCount(message.rowCount, 'a number of rows');
    return {
      file,
      ...(rows === undefined ? {} : { rows }),
      ...(rowCount === undefined ? {} : { rowCount }),
      sizeBytes,
    };
  });
}

function decodeCombined(message: volley.CombinedOutput.$Shape): StageOutput {
  const [partitions, producers] = [message.partitions ?? 0, message.producers ?? 0];
  const [producerBlocks, partitionBlocks] = [message.producerBlocks ?? 0, message.partitionBlocks ?? 0];
  const isGrid = producerBlocks >= 1 && partitionBlocks >= 1;
  if (!isGrid || producerBlocks > producers || partitionBlocks > partitions) {
    throw invalid(
      `${producers} producers and ${partitions} partitions cannot be divided into ${producerBlocks} by ${partitionBlocks} blocks`,
    );
  }
  return { kind: 'combined', partitions, producers, producerBlocks, partitionBlocks };
}

/** Checks that a combining stage has one task for each pair of producer and partition blocks, and that its fragment is only its input. */
function checkCombining(id: number, root: Relation, taskCount: number, output: StageOutput): void {
  const inputs = stageInputs(root).filter(({ mode }) => mode === 'combine');
  if (output.kind !== 'combined') {
    if (inputs.length > 0) throw invalid(`stage ${id} reads blocks but does not combine them`);
  } else if (inputs[0] !== root) throw invalid(`stage ${id} combines something other than another stage's output`);
  else if (taskCount !== output.producerBlocks * output.partitionBlocks)
    throw invalid(
      `stage ${id} has ${taskCount} tasks for ${output.producerBlocks} by ${output.partitionBlocks} blocks`,
    );
}

function decodeStageOutput(
  message: volley.StageOutput.$Shape | null | undefined,
  types: DecodedTypes,
  columns: number,
): StageOutput {
  const output = required(message, 'the output of a stage');
  switch (output.kind) {
    case 'hash': {
      const partitions = output.hash.partitions ?? 0;
      if (partitions < 1) throw invalid('a hash output has no partitions');
      const { blocks } = output.hash;
      if (typeof blocks === 'number' && (blocks < 1 || blocks > partitions))
        throw invalid(`${partitions} partitions cannot be divided into ${blocks} blocks`);
      const keys = decodeExpressions(output.hash.keys, { types, columns });
      return { kind: 'hash', keys, partitions, ...(typeof blocks === 'number' ? { blocks } : {}) };
    }
    case 'combined':
      return decodeCombined(output.combined);
    case 'single':
      return { kind: 'single' };
    case 'result':
      return { kind: 'result' };
    case undefined:
      throw tooNew('it contains a stage with an output of an unknown kind');
    default:
      return output satisfies never;
  }
}
