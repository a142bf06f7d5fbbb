import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { decodeRecord } from '../../coordinator/journal/decode-record.ts';
import { encodeRecord } from '../../coordinator/journal/encode-record.ts';
import { type ErrorCode, FabricError } from '../../engine/errors.ts';
import type { Expression } from '../../engine/plan/expression.ts';
import type { LogicalPlan } from '../../engine/plan/logical-plan.ts';
import type { Relation } from '../../engine/plan/relation.ts';
import { BIGINT, BOOLEAN } from '../../engine/plan/types.ts';
import { decodeFragment, decodeLogicalPlan, decodeStageGraph } from '../../engine/plan/wire/decode-stages.ts';
import { encodeFragment, encodeLogicalPlan, encodeStageGraph } from '../../engine/plan/wire/encode-stages.ts';
import { ENGINE_VERSION, encodeHeader, MESSAGE_FORMAT_VERSION } from '../../engine/plan/wire/version.ts';
import { decodeOutcome } from '../../engine/task/decode-outcome.ts';
import { decodeTask, readTaskHead } from '../../engine/task/decode-task.ts';
import { encodeOutcome } from '../../engine/task/encode-outcome.ts';
import { encodeTask } from '../../engine/task/encode-task.ts';
import { decodeOutcomeEnvelope, decodeTaskEnvelope } from '../../engine/task/envelope.ts';
import { volley } from '../../proto/generated/volley.js';
import { messageToBytes } from '../../proto/message.ts';
import { drawn } from './arbitrary.ts';
import { drawOutcome, drawRecord, drawTask, drawWholeTask } from './arbitrary-job.ts';
import { drawStageGraph } from './arbitrary-plan.ts';

const seed = Number(process.env['TEST_SEED'] ?? Date.now() % 2 ** 31);
const { Scalar } = volley.DataType;
type RelationMessage = volley.Relation.$Properties;
type ExpressionMessage = volley.Expression.$Properties;

function refuses(code: ErrorCode, attempt: () => unknown, about: RegExp): void {
  assert.throws(attempt, (error) => {
    assert.ok(error instanceof FabricError, String(error));
    assert.equal(error.code, code, error.message);
    assert.match(error.message, about);
    return true;
  });
}

/** A number that no enumeration uses. */
const unknownNumber = 99 as never;
const types = [{ scalar: Scalar.BIGINT }, { scalar: Scalar.BOOLEAN }];
const column = (index: number): ExpressionMessage => ({ type: 0, column: index });
const integer = (low: number): ExpressionMessage => ({
  type: 0,
  constant: { integer: { low, high: 0, unsigned: false } },
});
/** A relation of one row with two columns. */
const rows: RelationMessage = { types: [0, 0], values: { rows: [{ expressions: [integer(1), integer(2)] }] } };
const logical = (root: RelationMessage | null, more: volley.LogicalPlan.$Properties = {}) =>
  messageToBytes(volley.LogicalPlan, { header: encodeHeader(), types, root, timeZone: 'UTC', ...more });
const project = (expression: ExpressionMessage) =>
  logical({ types: [0], project: { input: rows, expressions: [expression] } });
const stage = (more: volley.Stage.$Properties): volley.Stage.$Properties => ({
  id: 0,
  root: rows,
  taskCount: 1,
  output: { single: {} },
  ...more,
});
const graph = (stages: volley.Stage.$Properties[], more: volley.StageGraph.$Properties = {}) =>
  messageToBytes(volley.StageGraph, { header: encodeHeader(), types, stages, ...more });
const reading = (dependsOn: number[], columns = 2) => ({
  id: 1,
  root: { types: Array<number>(columns).fill(0), input: { stage: 0, mode: 2 } },
  dependsOn,
});

test('accepts the valid messages from which the invalid messages are derived', () => {
  decodeLogicalPlan(logical(rows));
  decodeLogicalPlan(project(column(1)));
  decodeStageGraph(graph([stage({}), stage(reading([0]))]));
});

test('rejects messages of another format version with VERSION_SKEW', () => {
  const headers: [volley.Header.$Properties | null, RegExp][] = [
    [{ ...encodeHeader(), formatVersion: MESSAGE_FORMAT_VERSION + 1 }, /format version 2/],
    [{ ...encodeHeader(), formatVersion: 0 }, /format version 0/],
    [null, /format version 0/],
    [{ ...encodeHeader(), requiredFeatures: ['time travel'] }, /requires the feature "time travel"/],
  ];
  const outcome = { throttled: {} };
  for (const [header, about] of headers) {
    refuses('VERSION_SKEW', () => decodeLogicalPlan(logical(rows, { header })), about);
    refuses('VERSION_SKEW', () => decodeStageGraph(graph([stage({})], { header })), about);
    refuses('VERSION_SKEW', () => decodeTask(messageToBytes(volley.Task, { header })), about);
    refuses('VERSION_SKEW', () => readTaskHead(messageToBytes(volley.Task, { header })), about);
    refuses('VERSION_SKEW', () => decodeFragment(messageToBytes(volley.Fragment, { header }), []), about);
    refuses('VERSION_SKEW', () => decodeOutcome(messageToBytes(volley.TaskOutcome, { header, ...outcome })), about);
    const record = { header, jobRestarted: { reason: 'r' } };
    refuses('VERSION_SKEW', () => decodeRecord(messageToBytes(volley.JobRecord, record)), about);
  }
});

test('rejects tasks and logical plans from another engine version, but decodes stage graphs and job records', () => {
  const header = { ...encodeHeader(), engineVersion: 'duckdb-9.9.9' };
  const about = new RegExp(`"duckdb-9.9.9", not ${ENGINE_VERSION}`);
  refuses('VERSION_SKEW', () => decodeTask(messageToBytes(volley.Task, { header })), about);
  refuses('VERSION_SKEW', () => readTaskHead(messageToBytes(volley.Task, { header })), about);
  refuses('VERSION_SKEW', () => decodeLogicalPlan(logical(rows, { header })), about);
  decodeStageGraph(graph([stage({})], { header }));
  decodeRecord(messageToBytes(volley.JobRecord, { header, jobRestarted: {} }));
});

test('rejects unknown kinds and names with VERSION_SKEW', () => {
  const unknown: [() => unknown, RegExp][] = [
    [() => decodeLogicalPlan(logical({ types: [0] })), /a relation of an unknown kind/],
    [() => decodeLogicalPlan(project({ type: 0 })), /an expression of an unknown kind/],
    [() => decodeLogicalPlan(project({ type: 0, constant: {} })), /a constant of an unknown kind/],
    [() => decodeLogicalPlan(logical(rows, { types: [{}] })), /a type of an unknown kind/],
    [() => decodeLogicalPlan(logical(rows, { types: [{ scalar: unknownNumber }] })), /the scalar type 99/],
    [() => decodeLogicalPlan(project({ comparison: { operator: unknownNumber } })), /the comparison 99/],
    [() => decodeLogicalPlan(project({ conjunction: {} })), /the connective 0/],
    [() => decodeLogicalPlan(project({ syntax: { operator: unknownNumber } })), /the operator 99/],
    [() => decodeStageGraph(graph([stage({ output: {} })])), /an output of an unknown kind/],
    [() => decodeStageGraph(graph([stage({ root: { input: { stage: 0 } } })])), /the input mode 0/],
    [() => decodeOutcome(messageToBytes(volley.TaskOutcome, { header: encodeHeader() })), /an outcome of/],
    [() => decodeRecord(messageToBytes(volley.JobRecord, { header: encodeHeader() })), /a record of/],
    [
      () => decodeOutcome(messageToBytes(volley.TaskOutcome, { header: encodeHeader(), failed: { code: 'NO_IDEA' } })),
      /the error code "NO_IDEA"/,
    ],
  ];
  for (const [attempt, about] of unknown) refuses('VERSION_SKEW', attempt, about);
});

test('rejects a plan with dangling references', () => {
  const join = (more: volley.Join.$Properties): RelationMessage => ({
    types: [0],
    join: { joinType: 1, left: rows, right: rows, outputLeft: [0], ...more },
  });
  const equal = { operator: 1, left: column(1), right: column(1) };
  const invalid: [Uint8Array, RegExp][] = [
    [logical(null), /a relation is missing/],
    [logical({ ...rows, types: [0, 7] }), /type 7 does not exist/],
    [project({ type: 9, column: 0 }), /type 9 does not exist/],
    [project(column(2)), /column 2 of a relation with 2 columns/],
    [project({ type: 0, cast: {} }), /an expression is missing/],
    [project({ type: 0, functionCall: { name: 'f', inputs: [column(3)] } }), /column 3 of a relation with 2 columns/],
    [project({ type: 0, lambdaCall: { name: 'f', body: column(4) } }), /column 4 of a relation with 2 columns/],
    [logical({ types: [0], project: { input: rows, expressions: [] } }), /1 columns instead of 0/],
    [
      logical({ types: [0], values: { rows: [{ expressions: [column(0)] }] } }),
      /column 0 of a relation with 0 columns/,
    ],
    [logical({ types: [0], values: { rows: [{ expressions: [] }] } }), /a row has 0 values for 1 columns/],
    [logical(join({ outputLeft: [2] })), /left column 2 does not exist/],
    [logical(join({ outputLeft: [], outputRight: [5] })), /right column 5 does not exist/],
    [logical(join({ conditions: [{ ...equal, right: column(2) }] })), /column 2 of a relation with 2 columns/],
    [logical(join({ residual: column(4) })), /column 4 of a relation with 4 columns/],
    [logical(join({ joinType: 9 })), /1 columns instead of 2/],
    [logical({ types: [0], scan: { table: 0, format: { parquet: {} } } }), /table 0 of a plan with 0 tables/],
    [logical({ types: [0], shared: 1 }), /definition 1 is read outside its scope/],
    [logical({ types: [0], with: { id: 1, definition: rows, body: { types: [0], shared: 1 } } }), /has 2 columns/],
    [
      logical({ types: [0], aggregate: { input: rows, groupingCalls: [{ positions: [0] }] } }),
      /group 0 does not exist/,
    ],
    [
      logical({ types: [0], tableFunction: { name: 'f', columnCount: 1, output: [1] } }),
      /table function column 1 does not exist/,
    ],
    [logical({ types: [0], setOperation: { operation: 1, inputs: [rows] } }), /differ in the number of columns/],
    [logical(rows, { types: [...types, { decimal: { width: 39, scale: 0 } }] }), /DECIMAL\(39,0\)/],
    [logical(rows, { types: [...types, { array: { child: { scalar: 1 } } }] }), /ARRAY type has no elements/],
    [logical(rows, { types: [...types, { list: {} }].slice(0, 2), columns: [{ name: 'a', type: 3 }] }), /type 3/],
  ];
  for (const [bytes, about] of invalid) refuses('MESSAGE_INVALID', () => decodeLogicalPlan(bytes), about);
});

test('rejects a graph whose stages are inconsistent', () => {
  const table = { name: 't', files: [{ location: '/f', identity: {} }] };
  const combined = { partitions: 2, producers: 2, producerBlocks: 1, partitionBlocks: 2 };
  const scan = (table: number, tasks: volley.SplitList.$Properties[]) => stage({ scans: [{ table, tasks }] });
  const invalid: [Uint8Array, RegExp][] = [
    [graph([stage({}), stage({})]), /two stages have the id 0/],
    [graph([stage({}), stage(reading([]))]), /which it does not depend on/],
    [graph([stage({ dependsOn: [1] }), stage({ id: 1 })]), /does not come before it/],
    [graph([stage({}), stage(reading([0], 3))]), /reads 3 columns of stage 0/],
    [graph([stage({ taskCount: 0 })]), /has no tasks/],
    [graph([stage({ output: { hash: { partitions: 0 } } })]), /has no partitions/],
    [
      graph([stage({ output: { hash: { partitions: 1, keys: [column(2)] } } })]),
      /column 2 of a relation with 2 columns/,
    ],
    [graph([stage({})], { keyPrefixes: 3 }), /number of key prefixes is 3/],
    [
      graph([stage({ output: { hash: { partitions: 2, blocks: 3 } } })]),
      /2 partitions cannot be divided into 3 blocks/,
    ],
    [graph([stage({ output: { combined: { ...combined, producerBlocks: 3 } } })]), /into 3 by 2 blocks/],
    [graph([stage({ output: { combined } })]), /combines something other/],
    [graph([scan(0, [{}])]), /table 0 is missing/],
    [graph([scan(0, [{}, {}])], { tables: [table] }), /splits for 2 of 1 tasks/],
    [graph([scan(0, [{ splits: [{ file: 1 }] }])], { tables: [table] }), /file 1 of table 0 does not exist/],
  ];
  for (const [bytes, about] of invalid) refuses('MESSAGE_INVALID', () => decodeStageGraph(bytes), about);
});

test('rejects a constant that does not fit its type', () => {
  const long = { low: 1, high: 0, unsigned: false };
  const cases: [volley.DataType.$Properties, volley.Constant.$Properties][] = [
    [{ scalar: Scalar.BIGINT }, { text: '1' }],
    [{ scalar: Scalar.BIGINT }, { wideInteger: new Uint8Array([1, 0, 0, 0, 0, 0, 0, 0, 0]) }],
    [{ scalar: Scalar.TINYINT }, { integer: { low: 128, high: 0, unsigned: false } }],
    [{ scalar: Scalar.UTINYINT }, { integer: { low: -1, high: -1, unsigned: false } }],
    [{ scalar: Scalar.BOOLEAN }, { integer: long }],
    [{ scalar: Scalar.DOUBLE }, { integer: long }],
    [{ scalar: Scalar.VARCHAR }, { bytes: new Uint8Array(1) }],
    [{ scalar: Scalar.BIT }, { text: '012' }],
    [{ scalar: Scalar.INTERVAL }, { list: {} }],
    [{ scalar: Scalar.NULL_TYPE }, { boolean: true }],
    [{ decimal: { width: 2, scale: 0 } }, { integer: { low: 100, high: 0, unsigned: false } }],
    [{ enumeration: { values: ['a'] } }, { text: 'b' }],
    [{ list: { scalar: Scalar.BIGINT } }, { list: { values: [{ boolean: true }] } }],
    [{ array: { child: { scalar: Scalar.BIGINT }, size: 2 } }, { list: { values: [{ integer: long }] } }],
    [{ struct: { fields: [{ name: 'a', type: { scalar: Scalar.BIGINT } }] } }, { list: {} }],
    [{ map: { key: { scalar: 5 }, value: { scalar: 5 } } }, { list: { values: [{ integer: long }] } }],
    [{ union: { fields: [{ type: { scalar: 5 } }] } }, { list: { values: [{ integer: long }, { null: {} }] } }],
  ];
  for (const [type, constant] of cases) {
    const root = { types: [0], values: { rows: [{ expressions: [{ type: 0, constant }] }] } };
    refuses('MESSAGE_INVALID', () => decodeLogicalPlan(logical(root, { types: [type] })), /a constant is not a valid/);
  }
});

const nestedNot = (levels: number): Expression => {
  let expression: Expression = { kind: 'constant', value: true, type: BOOLEAN };
  for (let level = 0; level < levels; level++)
    expression = { kind: 'operator', operator: 'not', inputs: [expression], type: BOOLEAN };
  return expression;
};
const nestedFilters = (levels: number): Relation => {
  let relation: Relation = { kind: 'values', types: [BIGINT], rows: [] };
  for (let level = 0; level < levels; level++)
    relation = { kind: 'filter', types: [BIGINT], input: relation, predicates: [] };
  return relation;
};
const planOf = (root: Relation): LogicalPlan => ({ root, tables: [], columns: [], timeZone: 'UTC' });
const holding = (expression: Expression) => planOf({ kind: 'values', types: [expression.type], rows: [[expression]] });

test('encodes nested plans up to a depth limit', () => {
  for (const plan of [holding(nestedNot(900)), planOf(nestedFilters(900))]) {
    // Compares the bytes, because the plans are too deep for `deepEqual`.
    const bytes = encodeLogicalPlan(plan);
    assert.deepEqual(encodeLogicalPlan(decodeLogicalPlan(bytes)), bytes);
  }
  for (const levels of [1100, 100_000])
    for (const plan of [holding(nestedNot(levels)), planOf(nestedFilters(levels))])
      refuses('PLAN_UNSUPPORTED', () => encodeLogicalPlan(plan), /nested too deeply/);
});

test('rejects excessively nested bytes without overflowing the stack', () => {
  // Each DataType contains another in its field `list`, prefixed with its length.
  let bytes: number[] = [];
  const varint = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)]);
  for (let level = 0; level < 5000; level++) bytes = [0x22, ...varint(bytes.length), ...bytes];
  const plan = new Uint8Array([...logical(rows), 0x12, ...varint(bytes.length), ...bytes]);
  refuses('MESSAGE_INVALID', () => decodeLogicalPlan(plan), /nested too deeply/);
});

test('rejects values that cannot be encoded', () => {
  const constant = (value: string) => holding({ kind: 'constant', value, type: { kind: 'scalar', name: 'VARCHAR' } });
  refuses('INTERNAL', () => encodeLogicalPlan(constant('half \ud83d')), /unpaired surrogate/);
  const table = (sizeBytes: number) => ({
    ...planOf(nestedFilters(0)),
    tables: [{ name: 't', files: [{ location: '/f', identity: { sizeBytes, version: '' } }], columns: [] }],
  });
  for (const size of [0.5, -1, 2 ** 53, Number.NaN])
    refuses('INTERNAL', () => encodeLogicalPlan(table(size)), /is not a whole number/);
  const column: Expression = { kind: 'column', index: -1, type: BIGINT };
  refuses('INTERNAL', () => encodeLogicalPlan(holding(column)), /does not fit in 32 bits/);
});

test('rejects malformed envelopes and unknown envelope versions', () => {
  const cases: [unknown, ErrorCode, RegExp][] = [
    ['{', 'MESSAGE_INVALID', /not valid JSON/],
    ['null', 'MESSAGE_INVALID', /not a JSON object/],
    ['{}', 'VERSION_SKEW', /envelope version null/],
    [{ format_version: 2, task: '' }, 'VERSION_SKEW', /envelope version 2/],
    [{ format_version: 1 }, 'MESSAGE_INVALID', /not base64/],
    [{ format_version: 1, task: 7, outcome: 7 }, 'MESSAGE_INVALID', /not base64/],
    [{ format_version: 1, task: '§', outcome: '§' }, 'MESSAGE_INVALID', /not base64/],
    [{ format_version: 1, task: '', outcome: '' }, 'VERSION_SKEW', /format version 0/],
    [{ format_version: 1, task: '////', outcome: '////' }, 'MESSAGE_INVALID', /the bytes are not a/],
  ];
  for (const [envelope, code, about] of cases) {
    refuses(code, () => decodeTaskEnvelope(envelope), about);
    refuses(code, () => decodeOutcomeEnvelope(envelope), about);
  }
});

test('rejects a fragment reference whose hash is not 32 bytes long', () => {
  for (const sha256 of [new Uint8Array(0), new Uint8Array(31), new Uint8Array(33)]) {
    const message = { header: encodeHeader(), resultFormat: 1, stageReference: { key: 'k', sha256 } };
    refuses('MESSAGE_INVALID', () => decodeTask(messageToBytes(volley.Task, message)), /SHA-256 of/);
  }
});

test('throws no error other than a FabricError with an expected code for a damaged message', (context) => {
  context.diagnostic(`TEST_SEED=${seed}`);
  const codecs: [fc.Arbitrary<Uint8Array>, (bytes: Uint8Array) => unknown, readonly ErrorCode[]][] = [
    [drawn(drawStageGraph).map(encodeStageGraph), decodeStageGraph, ['MESSAGE_INVALID', 'VERSION_SKEW']],
    [drawn(drawTask).map(encodeTask), decodeTask, ['MESSAGE_INVALID', 'VERSION_SKEW']],
    [drawn(drawTask).map(encodeTask), readTaskHead, ['MESSAGE_INVALID', 'VERSION_SKEW']],
    [
      drawn((draw) => encodeFragment(drawWholeTask(draw).stage)),
      (bytes) => decodeFragment(bytes, []),
      ['MESSAGE_INVALID', 'VERSION_SKEW'],
    ],
    [drawn(drawOutcome).map(encodeOutcome), decodeOutcome, ['MESSAGE_INVALID', 'VERSION_SKEW']],
    [
      drawn((draw) => drawRecord(draw, drawStageGraph(draw))).map(encodeRecord),
      decodeRecord,
      ['JOURNAL_CORRUPT', 'VERSION_SKEW'],
    ],
  ];
  for (const [messages, decode, codes] of codecs) {
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 });
    const property = fc.property(messages, damage, fc.nat(), (bytes, changes, cut) => {
      const damaged = Uint8Array.from(cut % 3 === 0 ? bytes.subarray(0, cut % (bytes.length + 1)) : bytes);
      for (const [at, value] of changes) if (damaged.length > 0) damaged[at % damaged.length] = value;
      try {
        decode(damaged);
      } catch (error) {
        assert.ok(error instanceof FabricError && codes.includes(error.code), String(error));
      }
    });
    fc.assert(property, { seed, numRuns: 300 });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        assert.throws(
          () => decode(bytes),
          (error) => error instanceof FabricError && codes.includes(error.code),
        );
      }),
      { seed, numRuns: 300 },
    );
  }
});
