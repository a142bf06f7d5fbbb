import { volley } from '../../../proto/generated/volley.js';
import type { ObjectIdentity } from '../../store/object-store.ts';
import type { LogicalPlan } from '../logical-plan.ts';
import type { InputFile, PlanTable, Split, Stage, StageGraph, StageOutput, StageScan } from '../stage.ts';
import { encodeExpressions } from './encode-expressions.ts';
import { encodeRelation } from './encode-relations.ts';
import { createTypeTable, type TypeTable } from './encode-types.ts';
import { type EncodedRoot, encodedRootOf, keepEncodedRoot, withoutSplits } from './encoded-root.ts';
import { shuffleCompressions } from './enumerations.ts';
import { longFromCount, uint32 } from './integers.ts';
import { toBytes } from './message.ts';
import { encodeHeader, type Feature } from './version.ts';

/** Encodes a stage graph as bytes. Throws the errors of `toBytes`. */
export function encodeStageGraph(graph: StageGraph): Uint8Array {
  return toBytes(volley.StageGraph, encodeStageGraphMessage, graph, 'plan');
}

function encodeStageGraphMessage(graph: StageGraph): volley.StageGraph.$Properties {
  return encodeGraph(graph, encodeStage);
}

/**
 * Encodes a stage graph as a message to embed in other messages. The bytes are those of `encodeStageGraph`. Keeps the encoded roots, so
 * that `encodeFragment` need not encode them again.
 */
export function encodeStageGraphOutline(graph: StageGraph): volley.StageGraphOutline.$Properties {
  return encodeGraph(graph, (stage, types) => {
    const encoded = { bytes: encodeRoot(stage, types), types };
    keepEncodedRoot(stage, () => encoded);
    return encodeStageOutline(stage, encoded);
  });
}

function encodeGraph<EncodedStage>(
  graph: StageGraph,
  encode: (stage: Stage, types: TypeTable) => EncodedStage,
): Omit<volley.StageGraph.$Properties, 'stages'> & { stages: EncodedStage[] } {
  const types = createTypeTable();
  return {
    header: encodeHeader(...featuresOf(graph)),
    tables: graph.tables.map((table) => encodePlanTable(table, types)),
    stages: graph.stages.map((stage) => encode(stage, types)),
    columns: encodeColumns(graph.columns, types),
    timeZone: graph.timeZone,
    singleTaskReason: graph.singleTaskReason ?? null,
    keyPrefixes: graph.keyPrefixes === undefined ? null : uint32(graph.keyPrefixes),
    types: [...types.messages],
  };
}

function featuresOf({ keyPrefixes, stages }: StageGraph): readonly Feature[] {
  const spread: readonly Feature[] = keyPrefixes === undefined ? [] : ['key-prefixes'];
  return [...new Set([...spread, ...stages.flatMap(stageFeatures)])];
}

/** Returns the message features that a reader of a stage must support. */
export function stageFeatures({ output, shuffleCompression }: Stage): readonly Feature[] {
  const hasTwoLevels = output.kind === 'combined' || (output.kind === 'hash' && output.blocks !== undefined);
  return [
    ...(hasTwoLevels ? (['two-level-shuffle'] as const) : []),
    ...(shuffleCompression === undefined ? [] : (['shuffle-compression'] as const)),
  ];
}

/** Encodes a logical plan as bytes. Throws the errors of `toBytes`. */
export function encodeLogicalPlan(plan: LogicalPlan): Uint8Array {
  return toBytes(volley.LogicalPlan, encodeLogicalPlanMessage, plan, 'plan');
}

function encodeLogicalPlanMessage(plan: LogicalPlan): volley.LogicalPlan.$Properties {
  const types = createTypeTable();
  return {
    header: encodeHeader(),
    tables: plan.tables.map((table) => encodePlanTable(table, types)),
    root: encodeRelation(plan.root, types),
    columns: encodeColumns(plan.columns, types),
    timeZone: plan.timeZone,
    types: [...types.messages],
  };
}

function encodeColumns(columns: StageGraph['columns'], types: TypeTable): volley.NamedColumn.$Properties[] {
  return columns.map(({ name, type }) => ({ name, type: types.indexOf(type) }));
}

/** Encodes a table. Adds its columns' types to the table of types. */
export function encodePlanTable(table: PlanTable, types: TypeTable): volley.PlanTable.$Properties {
  return { name: table.name, files: table.files.map(encodeInputFile), columns: encodeColumns(table.columns, types) };
}

function encodeInputFile(file: InputFile): volley.InputFile.$Properties {
  return { location: file.location, identity: encodeIdentity(file.identity) };
}

/** Encodes the identity of an object version. */
export function encodeIdentity(identity: ObjectIdentity): volley.ObjectIdentity.$Properties {
  return { sizeBytes: longFromCount(identity.sizeBytes), version: identity.version };
}

/**
 * Encodes the fragment that all tasks of a stage run. It is stored as a separate object. The root is encoded on the first call only. Throws
 * `PLAN_UNSUPPORTED` if the fragment is nested too deeply.
 */
export function encodeFragment(stage: Stage): Uint8Array {
  return toBytes(volley.FragmentOutline, encodeFragmentOutline, stage, 'fragment');
}

function encodeFragmentOutline(stage: Stage): volley.FragmentOutline.$Properties {
  if (encodedRootOf(stage) === undefined) encodeRootOnce(stage);
  const { outline, types } = encodeSharedStage(withoutSplits(stage));
  return { header: encodeHeader(...stageFeatures(stage)), stage: outline, types: [...types.messages] };
}

/** A stage as a message, and the types that the message refers to. */
export interface SharedStage {
  readonly outline: volley.StageOutline.$Properties;
  readonly types: TypeTable;
}

/** Encodes a stage to embed in another message. The root is encoded on the first call only. The caller may add types to the table. */
export function encodeSharedStage(stage: Stage): SharedStage {
  const { bytes, types: before } = encodedRootOf(stage) ?? encodeRootOnce(stage);
  const types = createTypeTable(before.types);
  return { outline: encodeStageOutline(stage, { bytes, types }), types };
}

function encodeRootOnce(stage: Stage): EncodedRoot {
  const types = createTypeTable();
  const encoded = { bytes: encodeRoot(stage, types), types };
  keepEncodedRoot(stage, () => encoded);
  return encoded;
}

function encodeRoot(stage: Stage, types: TypeTable): Uint8Array {
  return toBytes(volley.Relation, (root: Stage['root']) => encodeRelation(root, types), stage.root, 'fragment');
}

function encodeStageOutline(stage: Stage, { bytes, types }: EncodedRoot): volley.StageOutline.$Properties {
  return { root: bytes, ...encodeStageAround(stage, types) };
}

/** Encodes one stage. Adds its types to the table of types. */
function encodeStage(stage: Stage, types: TypeTable): volley.Stage.$Properties {
  return { root: encodeRelation(stage.root, types), ...encodeStageAround(stage, types) };
}

/** Encodes everything of a stage except its root. */
function encodeStageAround(stage: Stage, types: TypeTable): Omit<volley.Stage.$Properties, 'root'> {
  return {
    id: uint32(stage.id),
    taskCount: uint32(stage.taskCount),
    scans: stage.scans.map(encodeStageScan),
    output: encodeStageOutput(stage.output, types),
    dependsOn: [...stage.dependsOn],
    threads: uint32(stage.threads),
    shuffleCompression:
      stage.shuffleCompression === undefined ? null : shuffleCompressions.encode(stage.shuffleCompression),
  };
}

function encodeStageScan(scan: StageScan): volley.StageScan.$Properties {
  return { table: scan.table, tasks: scan.tasks.map((splits) => ({ splits: splits.map(encodeSplit) })) };
}

/** Encodes the part of one file that one task reads. */
export function encodeSplit(split: Split): volley.Split.$Properties {
  const { rows } = split;
  return {
    file: uint32(split.file),
    rows: rows === undefined ? null : { start: longFromCount(rows.start), end: longFromCount(rows.end) },
    rowCount: split.rowCount === undefined ? null : longFromCount(split.rowCount),
    sizeBytes: longFromCount(split.sizeBytes),
  };
}

function encodeStageOutput(output: StageOutput, types: TypeTable): volley.StageOutput.$Properties {
  switch (output.kind) {
    case 'hash':
      return {
        hash: {
          keys: encodeExpressions(output.keys, types),
          partitions: uint32(output.partitions),
          blocks: output.blocks === undefined ? null : uint32(output.blocks),
        },
      };
    case 'combined': {
      const { partitions, producers, producerBlocks, partitionBlocks } = output;
      return { combined: { partitions, producers, producerBlocks, partitionBlocks } };
    }
    case 'single':
      return { single: {} };
    case 'result':
      return { result: {} };
    default:
      return output satisfies never;
  }
}
