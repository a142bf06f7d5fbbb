import fc from 'fast-check';
import type { ArrowBatch, ArrowColumn, ArrowField, ArrowType } from '../../../engine/arrow/batch.ts';
import { bitAt, int32View, layoutOf } from '../../../engine/arrow/layout.ts';

/**
 * A value in the form that tests compare. Fixed-width values and blobs are hex strings of their bytes. Lists and structs are
 * arrays. Maps are arrays of `[key, value]`. NULL is null.
 */
export type LogicalValue = null | boolean | string | readonly LogicalValue[];

const INT_TYPES = ([8, 16, 32, 64] as const).flatMap((bits) =>
  [true, false].map((signed): ArrowType => ({ kind: 'int', bits, signed })),
);

/** Every type without children. */
const LEAF_TYPES: readonly ArrowType[] = [
  { kind: 'null' },
  { kind: 'bool' },
  ...INT_TYPES,
  { kind: 'float', bits: 32 },
  { kind: 'float', bits: 64 },
  { kind: 'decimal', bits: 32, precision: 9, scale: 2 },
  { kind: 'decimal', bits: 64, precision: 18, scale: 4 },
  { kind: 'decimal', bits: 128, precision: 38, scale: 10 },
  { kind: 'utf8' },
  { kind: 'binary' },
  { kind: 'fixed-binary', width: 16 },
  { kind: 'fixed-binary', width: 3 },
  { kind: 'date32' },
  { kind: 'time64', unit: 'us' },
  { kind: 'time64', unit: 'ns' },
  { kind: 'timestamp', unit: 's' },
  { kind: 'timestamp', unit: 'ms' },
  { kind: 'timestamp', unit: 'us', zone: 'UTC' },
  { kind: 'timestamp', unit: 'ns' },
  { kind: 'interval-month-day-nano' },
];

function named(name: string, type: ArrowType): ArrowField {
  return { name, type };
}

/** Generates any type, nested up to `depth` levels. */
function anyType(depth: number): fc.Arbitrary<ArrowType> {
  const leaf = fc.constantFrom(...LEAF_TYPES);
  if (depth === 0) return leaf;
  const inner = anyType(depth - 1);
  return fc.oneof(
    { weight: 3, arbitrary: leaf },
    { weight: 1, arbitrary: inner.map((type): ArrowType => ({ kind: 'list', child: named('item', type) })) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(inner, fc.integer({ min: 0, max: 3 }))
        .map(([type, size]): ArrowType => ({ kind: 'fixed-list', child: named('item', type), size })),
    },
    {
      weight: 1,
      arbitrary: fc
        .array(inner, { minLength: 1, maxLength: 3 })
        .map((types): ArrowType => ({ kind: 'struct', fields: types.map((type, at) => named(`f${at}`, type)) })),
    },
    {
      weight: 1,
      arbitrary: inner.map(
        (type): ArrowType => ({ kind: 'map', key: named('key', { kind: 'utf8' }), value: named('value', type) }),
      ),
    },
  );
}

const anyField: fc.Arbitrary<ArrowField> = fc
  .tuple(fc.string({ unit: 'grapheme' }), anyType(2), fc.option(fc.tuple(fc.string({ minLength: 1 }), fc.string())))
  .map(([name, type, extension]) =>
    extension === null ? { name, type } : { name, type, extension: { name: extension[0], metadata: extension[1] } },
  );

function hex(bytes: number): fc.Arbitrary<string> {
  return fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((array) => Buffer.from(array).toString('hex'));
}

/** Generates a value of a type. Only the NULL type yields NULL. */
function anyValue(type: ArrowType): fc.Arbitrary<LogicalValue> {
  switch (type.kind) {
    case 'null':
      return fc.constant(null);
    case 'bool':
      return fc.boolean();
    case 'utf8':
      return fc.oneof(fc.string({ unit: 'grapheme', maxLength: 6 }), fc.string({ minLength: 38, maxLength: 60 }));
    case 'binary':
      return fc.uint8Array({ maxLength: 50 }).map((bytes) => Buffer.from(bytes).toString('hex'));
    case 'list':
      return fc.array(anyNullable(type.child.type), { maxLength: 4 });
    case 'fixed-list':
      return fc.array(anyNullable(type.child.type), { minLength: type.size, maxLength: type.size });
    case 'struct':
      return fc.tuple(...type.fields.map((field) => anyNullable(field.type)));
    case 'map':
      return fc.array(fc.tuple(anyValue(type.key.type), anyNullable(type.value.type)), { maxLength: 3 });
    default:
      return hex(widthOf(type));
  }
}

function anyNullable(type: ArrowType): fc.Arbitrary<LogicalValue> {
  return fc.option(anyValue(type), { nil: null, freq: 5 });
}

/** A table whose values are `rows[row][column]`. */
export interface LogicalTable {
  readonly fields: readonly ArrowField[];
  readonly rows: readonly (readonly LogicalValue[])[];
}

/** Generates a table. About half of its columns hold no NULLs. */
export function anyTable(maxColumns: number, maxRows: number): fc.Arbitrary<LogicalTable> {
  return fc.array(fc.tuple(anyField, fc.boolean()), { maxLength: maxColumns }).chain((columns) => {
    const row = fc.tuple(
      ...columns.map(([field, isNullable]) => (isNullable ? anyNullable(field.type) : anyValue(field.type))),
    );
    return fc.array(row, { maxLength: maxRows }).map((rows) => ({ fields: columns.map(([field]) => field), rows }));
  });
}

function widthOf(type: ArrowType): number {
  const buffer = layoutOf(type).buffers[0];
  return buffer?.kind === 'fixed' ? buffer.widthBytes : 0;
}

/** Builds a batch from the rows of a table. */
export function batchOf(table: LogicalTable): ArrowBatch {
  const columns = table.fields.map((field, at) =>
    buildColumn(
      field.type,
      table.rows.map((row) => row[at] ?? null),
    ),
  );
  return { rows: table.rows.length, columns };
}

function buildColumn(type: ArrowType, values: readonly LogicalValue[]): ArrowColumn {
  const rows = values.length;
  const content = buildContent(type, values);
  if (type.kind === 'null' || values.every((value) => value !== null)) return { rows, ...content };
  return { rows, validity: bitsOf(values.map((value) => value !== null)), ...content };
}

function buildContent(type: ArrowType, values: readonly LogicalValue[]): Pick<ArrowColumn, 'buffers' | 'children'> {
  const lists = values.map((value) => (Array.isArray(value) ? value : []));
  switch (type.kind) {
    case 'null':
      return { buffers: [], children: [] };
    case 'bool':
      return { buffers: [bitsOf(values.map((value) => value === true))], children: [] };
    case 'utf8':
    case 'binary': {
      const encoding = type.kind === 'utf8' ? 'utf8' : 'hex';
      const texts = values.map((value) => Buffer.from(typeof value === 'string' ? value : '', encoding));
      return { buffers: [offsetsOf(texts), new Uint8Array(Buffer.concat(texts))], children: [] };
    }
    case 'list':
      return { buffers: [offsetsOf(lists)], children: [buildColumn(type.child.type, lists.flat())] };
    case 'map': {
      const entries: ArrowType = { kind: 'struct', fields: [type.key, type.value] };
      return { buffers: [offsetsOf(lists)], children: [buildColumn(entries, lists.flat())] };
    }
    case 'fixed-list': {
      const elements = lists.flatMap((list) => Array.from({ length: type.size }, (_, at) => list[at] ?? null));
      return { buffers: [], children: [buildColumn(type.child.type, elements)] };
    }
    case 'struct':
      return {
        buffers: [],
        children: type.fields.map((field, at) =>
          buildColumn(
            field.type,
            lists.map((list) => list[at] ?? null),
          ),
        ),
      };
    default: {
      const filler = '00'.repeat(widthOf(type));
      const texts = values.map((value) => Buffer.from(typeof value === 'string' ? value : filler, 'hex'));
      return { buffers: [new Uint8Array(Buffer.concat(texts))], children: [] };
    }
  }
}

function bitsOf(flags: readonly boolean[]): Uint8Array {
  const bits = new Uint8Array(Math.ceil(flags.length / 8));
  for (const [at, flag] of flags.entries()) if (flag) bits[at >> 3] = (bits[at >> 3] ?? 0) | (1 << (at & 7));
  return bits;
}

function offsetsOf(items: readonly { readonly length: number }[]): Uint8Array {
  const offsets = new Int32Array(items.length + 1);
  for (const [at, { length }] of items.entries()) offsets[at + 1] = (offsets[at] ?? 0) + length;
  return new Uint8Array(offsets.buffer);
}

/** Returns the rows of a batch. */
export function rowsOf(fields: readonly ArrowField[], batch: ArrowBatch): readonly (readonly LogicalValue[])[] {
  return Array.from({ length: batch.rows }, (_, row) =>
    fields.map((field, at) => readValue(field.type, batch.columns[at], row)),
  );
}

function readValue(type: ArrowType, column: ArrowColumn | undefined, row: number): LogicalValue {
  if (column === undefined || row >= column.rows) throw new Error('a column is missing or short');
  if (type.kind === 'null' || (column.validity !== undefined && !bitAt(column.validity, row))) return null;
  const first = column.buffers[0] ?? new Uint8Array(0);
  const range = (start: number, end: number) => Array.from({ length: end - start }, (_, at) => start + at);
  switch (type.kind) {
    case 'bool':
      return bitAt(first, row);
    case 'utf8':
    case 'binary': {
      const offsets = int32View(first, column.rows + 1);
      const text = Buffer.from(column.buffers[1]?.subarray(offsets[row], offsets[row + 1]) ?? []);
      return text.toString(type.kind === 'utf8' ? 'utf8' : 'hex');
    }
    case 'list':
    case 'map': {
      const offsets = int32View(first, column.rows + 1);
      const child = layoutOf(type).children[0]?.type ?? { kind: 'null' };
      return range(offsets[row] ?? 0, offsets[row + 1] ?? 0).map((at) => readValue(child, column.children[0], at));
    }
    case 'fixed-list':
      return range(row * type.size, (row + 1) * type.size).map((at) =>
        readValue(type.child.type, column.children[0], at),
      );
    case 'struct':
      return type.fields.map((field, at) => readValue(field.type, column.children[at], row));
    default: {
      const width = widthOf(type);
      return Buffer.from(first.subarray(row * width, (row + 1) * width)).toString('hex');
    }
  }
}
