import { BodyCompression } from 'apache-arrow/fb/body-compression';
import { BodyCompressionMethod } from 'apache-arrow/fb/body-compression-method';
import { Buffer as BufferEntry } from 'apache-arrow/fb/buffer';
import { CompressionType } from 'apache-arrow/fb/compression-type';
import { FieldNode } from 'apache-arrow/fb/field-node';
import { Message } from 'apache-arrow/fb/message';
import { MessageHeader } from 'apache-arrow/fb/message-header';
import { MetadataVersion } from 'apache-arrow/fb/metadata-version';
import { RecordBatch } from 'apache-arrow/fb/record-batch';
import { Builder, type Offset } from 'flatbuffers';
import { FabricError } from '../errors.ts';
import type { ArrowBatch, ArrowColumn, ArrowField } from './batch.ts';
import { type BodyCodec, compressBuffer } from './compression.ts';
import { writeSchema } from './encode-schema.ts';
import { type BufferLayout, countZeroBits, int32View, layoutOf } from './layout.ts';

/** Alignment of messages and buffers, in bytes from the start of the stream. The format requires 8 and recommends 64. */
const ALIGNMENT = 64;

/** Size in bytes of the prefix of a message. The prefix holds the continuation marker and the length of the metadata. */
const PREFIX_BYTES = 8;

/** The end-of-stream marker, which is a message of length 0. */
export const END_OF_STREAM: Uint8Array = Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0);

const PADDING = new Uint8Array(ALIGNMENT);

/** Returns `sizeBytes` rounded up to the alignment. */
function aligned(sizeBytes: number): number {
  return Math.ceil(sizeBytes / ALIGNMENT) * ALIGNMENT;
}

/** Yields the parts of a whole stream, to be written in order. Uncompressed buffers are views over the batches' memory. */
export function* encodeStream(
  fields: readonly ArrowField[],
  batches: Iterable<ArrowBatch>,
  codec?: BodyCodec,
): Generator<Uint8Array> {
  yield encodeSchemaMessage(fields);
  for (const batch of batches) yield* encodeBatchMessage(fields, batch, codec);
  yield END_OF_STREAM;
}

/** Concatenates parts into new memory. */
export function joinParts(parts: Iterable<Uint8Array>): Uint8Array<ArrayBuffer> {
  const list = [...parts];
  const whole = new Uint8Array(list.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of list) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Encodes the schema message, which is the first message of a stream. */
export function encodeSchemaMessage(fields: readonly ArrowField[]): Uint8Array {
  const builder = new Builder(1024);
  return framed(builder, MessageHeader.Schema, writeSchema(builder, fields), 0);
}

/**
 * Encodes one record batch as parts to write in order. The parts after the first are padding and buffers. The buffers are views over the
 * batch's memory or, with `codec`, new memory. Throws `INTERNAL` if a column does not have the layout of its field.
 */
export function encodeBatchMessage(
  fields: readonly ArrowField[],
  batch: ArrowBatch,
  codec?: BodyCodec,
): readonly Uint8Array[] {
  if (batch.columns.length !== fields.length) {
    throw new FabricError(
      'INTERNAL',
      `A batch has ${batch.columns.length} columns, but its schema has ${fields.length}.`,
    );
  }
  const body: Body = { codec, nodes: [], buffers: [], parts: [], sizeBytes: 0 };
  for (const [at, field] of fields.entries()) addColumn(body, field, batch.columns[at], batch.rows);
  const builder = new Builder(256 + 16 * (body.nodes.length + body.buffers.length));
  const header = writeRecordBatch(builder, batch.rows, body);
  return [framed(builder, MessageHeader.RecordBatch, header, body.sizeBytes), ...body.parts];
}

/** The body of a record batch under construction. */
interface Body {
  readonly codec: BodyCodec | undefined;
  readonly nodes: { readonly rows: number; readonly nulls: number }[];
  readonly buffers: { readonly offset: number; readonly sizeBytes: number }[];
  readonly parts: Uint8Array[];
  sizeBytes: number;
}

function addColumn(body: Body, field: ArrowField, column: ArrowColumn | undefined, rows: number): void {
  const layout = layoutOf(field.type);
  if (column?.buffers.length !== layout.buffers.length || column.children.length !== layout.children.length) {
    throw misfit(field, 'does not have the buffers and children of its type');
  }
  if (column.rows < rows) throw misfit(field, `has ${column.rows} rows, but ${rows} rows are required`);
  if (layout.hasValidity) addValidity(body, field, column, rows);
  else body.nodes.push({ rows, nulls: rows });
  addBuffers(body, field, column, layout.buffers, rows);
  for (const [at, child] of layout.children.entries()) {
    addColumn(body, child, column.children[at], childRows(field, column, rows));
  }
}

/** Returns the number of child rows that belong to the first `rows` rows of the parent. */
function childRows(field: ArrowField, column: ArrowColumn, rows: number): number {
  switch (field.type.kind) {
    case 'fixed-list':
      return rows * field.type.size;
    case 'list':
    case 'map':
      return lastOffset(field, column, 0, rows);
    default:
      return rows;
  }
}

function addValidity(body: Body, field: ArrowField, column: ArrowColumn, rows: number): void {
  const sizeBytes = Math.ceil(rows / 8);
  if (column.validity !== undefined && column.validity.length < sizeBytes) {
    throw misfit(
      field,
      `has a validity bitmap of ${column.validity.length} bytes, which is too short for ${rows} rows`,
    );
  }
  const nulls = column.validity === undefined ? 0 : countZeroBits(column.validity, rows);
  body.nodes.push({ rows, nulls });
  addBuffer(
    body,
    nulls === 0 || column.validity === undefined ? PADDING.subarray(0, 0) : column.validity.subarray(0, sizeBytes),
  );
}

function addBuffers(
  body: Body,
  field: ArrowField,
  column: ArrowColumn,
  layouts: readonly BufferLayout[],
  rows: number,
): void {
  for (const [at, layout] of layouts.entries()) {
    switch (layout.kind) {
      case 'fixed':
        addBuffer(body, bufferOf(field, column, at, rows * layout.widthBytes));
        break;
      case 'bits':
        addBuffer(body, bufferOf(field, column, at, Math.ceil(rows / 8)));
        break;
      case 'offsets':
        addBuffer(body, bufferOf(field, column, at, (rows + 1) * 4));
        break;
      case 'bytes':
        addBuffer(body, bufferOf(field, column, at, lastOffset(field, column, at - 1, rows)));
        break;
      default:
        layout satisfies never;
    }
  }
}

/** Returns the end offset of the last row. Buffer `at` holds the offsets. */
function lastOffset(field: ArrowField, column: ArrowColumn, at: number, rows: number): number {
  return int32View(bufferOf(field, column, at, (rows + 1) * 4), rows + 1)[rows] ?? 0;
}

function bufferOf(field: ArrowField, column: ArrowColumn, at: number, sizeBytes: number): Uint8Array {
  const buffer = column.buffers[at];
  if (buffer === undefined || buffer.length < sizeBytes) {
    throw misfit(field, `has a buffer of ${buffer?.length ?? 0} bytes, but ${sizeBytes} bytes are required`);
  }
  return buffer.subarray(0, sizeBytes);
}

function addBuffer(body: Body, plain: Uint8Array): void {
  const bytes = body.codec === undefined ? plain : compressBuffer(plain);
  body.buffers.push({ offset: body.sizeBytes, sizeBytes: bytes.length });
  if (bytes.length === 0) return;
  const padded = aligned(bytes.length);
  body.parts.push(bytes);
  if (padded > bytes.length) body.parts.push(PADDING.subarray(0, padded - bytes.length));
  body.sizeBytes += padded;
}

function writeRecordBatch(builder: Builder, rows: number, body: Body): Offset {
  RecordBatch.startNodesVector(builder, body.nodes.length);
  // A flatbuffer is built back to front, so the last element of a struct vector is written first.
  for (const node of body.nodes.toReversed()) {
    FieldNode.createFieldNode(builder, BigInt(node.rows), BigInt(node.nulls));
  }
  const nodes = builder.endVector();
  RecordBatch.startBuffersVector(builder, body.buffers.length);
  for (const buffer of body.buffers.toReversed()) {
    BufferEntry.createBuffer(builder, BigInt(buffer.offset), BigInt(buffer.sizeBytes));
  }
  const buffers = builder.endVector();
  const compression =
    body.codec === undefined
      ? undefined
      : BodyCompression.createBodyCompression(builder, CompressionType.LZ4_FRAME, BodyCompressionMethod.BUFFER);
  RecordBatch.startRecordBatch(builder);
  RecordBatch.addLength(builder, BigInt(rows));
  RecordBatch.addNodes(builder, nodes);
  RecordBatch.addBuffers(builder, buffers);
  if (compression !== undefined) RecordBatch.addCompression(builder, compression);
  return RecordBatch.endRecordBatch(builder);
}

/** Returns the prefix and the metadata of a message, padded so that the body is aligned. */
function framed(builder: Builder, tag: MessageHeader, header: Offset, bodyBytes: number): Uint8Array {
  Message.startMessage(builder);
  Message.addVersion(builder, MetadataVersion.V5);
  Message.addHeaderType(builder, tag);
  Message.addHeader(builder, header);
  Message.addBodyLength(builder, BigInt(bodyBytes));
  Message.finishMessageBuffer(builder, Message.endMessage(builder));
  const metadata = builder.asUint8Array();
  const message = new Uint8Array(aligned(PREFIX_BYTES + metadata.length));
  const prefix = new DataView(message.buffer);
  prefix.setUint32(0, 0xffffffff);
  prefix.setInt32(4, message.length - PREFIX_BYTES, true);
  message.set(metadata, PREFIX_BYTES);
  return message;
}

function misfit(field: ArrowField, what: string): FabricError {
  return new FabricError('INTERNAL', `Column "${field.name}" (${field.type.kind}) ${what}.`);
}
