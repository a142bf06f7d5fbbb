import { isAscii, isUtf8 } from 'node:buffer';
import { BodyCompressionMethod } from 'apache-arrow/fb/body-compression-method';
import { CompressionType } from 'apache-arrow/fb/compression-type';
import { Message } from 'apache-arrow/fb/message';
import { MessageHeader } from 'apache-arrow/fb/message-header';
import { MetadataVersion } from 'apache-arrow/fb/metadata-version';
import { RecordBatch } from 'apache-arrow/fb/record-batch';
import { Schema } from 'apache-arrow/fb/schema';
import { ByteBuffer } from 'flatbuffers';
import { FabricError } from '../errors.ts';
import type { ByteRange } from '../store/object-store.ts';
import type { ArrowBatch, ArrowColumn, ArrowField, ArrowType } from './batch.ts';
import { decompressBuffer } from './compression.ts';
import { readSchema } from './decode-schema.ts';
import { type BufferLayout, bitAt, countZeroBits, layoutOf } from './layout.ts';

/** Maximum number of rows in a batch or a child column. Arrow's offsets are int32. */
const MAX_ROWS = 0x7fffffff;

export interface ArrowStream {
  readonly fields: readonly ArrowField[];
  /** The batches' uncompressed buffers are views over the given bytes, or over an aligned copy of them. */
  readonly batches: readonly ArrowBatch[];
}

/**
 * Reads a whole stream without copying values. Compressed buffers are decompressed into new memory.
 *
 * The bytes are untrusted. The decoder checks every length and offset, and it checks that text is valid UTF-8. Readers of the buffers
 * therefore stay inside them. Throws `INPUT_INVALID`, with a message that begins with `source`, for malformed streams and for features that
 * Volley does not support: dictionaries, compression other than LZ4 frames, big-endian data, and types outside `ArrowType`.
 */
export function decodeStream(bytes: Uint8Array, source = 'The Arrow stream'): ArrowStream {
  const reader = readerOf(source, bytes.length);
  const aligned = alignedBytes(bytes);
  const batches: ArrowBatch[] = [];
  for (;;) {
    const steps = nextBatch(reader);
    let step = steps.next(NO_BYTES);
    while (!step.done) step = steps.next(aligned.subarray(step.value.start, step.value.end));
    if (step.value === undefined) return { fields: fieldsOf(reader), batches };
    batches.push(step.value);
  }
}

/** A batch with the fields of its stream. */
export interface FieldedBatch {
  readonly fields: readonly ArrowField[];
  readonly batch: ArrowBatch;
}

/** A stream that is read by byte range. */
export interface StreamRanges {
  readonly sizeBytes: number;
  read(range: ByteRange): Promise<Uint8Array>;
}

/**
 * Reads a stream of any length batch by batch. Each read fetches `READ_AHEAD_BYTES`, or one batch if that is larger. Earlier bytes are not
 * kept. Each batch passes the same checks as in `decodeStream`. Rejects with `INPUT_INVALID` or with the error of `read`.
 */
export async function* decodeBatches(stream: StreamRanges, source = 'The Arrow stream'): AsyncGenerator<FieldedBatch> {
  const reader = readerOf(source, stream.sizeBytes);
  let window: Window = { start: 0, bytes: NO_BYTES };
  for (;;) {
    const steps = nextBatch(reader);
    let step = steps.next(NO_BYTES);
    while (!step.done) {
      const { start, end } = step.value;
      // Start the window at the first byte of the message, so that the message's buffers are aligned.
      if (end > window.start + window.bytes.length) window = await readWindow(stream, reader.at, end);
      step = steps.next(window.bytes.subarray(start - window.start, end - window.start));
    }
    if (step.value === undefined) return;
    yield { fields: fieldsOf(reader), batch: step.value };
  }
}

/** Bytes to fetch per read, unless a batch is larger. */
const READ_AHEAD_BYTES = 4 << 20;

const NO_BYTES = new Uint8Array(0);

/** A byte range of a stream, held in memory. */
interface Window {
  readonly start: number;
  readonly bytes: Uint8Array;
}

async function readWindow(stream: StreamRanges, start: number, end: number): Promise<Window> {
  const range = { start, end: Math.max(end, Math.min(start + READ_AHEAD_BYTES, stream.sizeBytes)) };
  return { start, bytes: alignedBytes(await stream.read(range)) };
}

/** Returns bytes that can be viewed as 64-bit words. Copies them if their address is not aligned to 8 bytes. */
function alignedBytes(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes);
}

/** The state of reading a stream message by message. */
interface Reader {
  readonly source: string;
  readonly sizeBytes: number;
  /** Byte offset of the next message. */
  at: number;
  /** The stream's fields. Undefined until the schema has been read. */
  fields: readonly ArrowField[] | undefined;
}

function readerOf(source: string, sizeBytes: number): Reader {
  return { source, sizeBytes, at: 0, fields: undefined };
}

function fieldsOf(reader: Reader): readonly ArrowField[] {
  if (reader.fields === undefined) throw malformed(reader, 'has no schema');
  return reader.fields;
}

/** A read that does no I/O itself. The generator yields each byte range it needs, and its caller passes in the bytes. */
type Reading<T> = Generator<ByteRange, T, Uint8Array>;

/** Returns the next batch, or undefined at the end of the stream. Reads the schema first if necessary. */
function* nextBatch(reader: Reader): Reading<ArrowBatch | undefined> {
  for (;;) {
    const message = yield* nextMessage(reader);
    if (message === undefined) {
      fieldsOf(reader);
      return undefined;
    }
    switch (message.table.headerType()) {
      case MessageHeader.Schema: {
        if (reader.fields !== undefined) throw malformed(reader, 'has a second schema');
        const schema: Schema | null = message.table.header(new Schema());
        if (schema === null) throw malformed(reader, 'has a message without a header');
        reader.fields = readSchema(schema, message.metadataBytes, reader.source);
        break;
      }
      case MessageHeader.RecordBatch:
        if (reader.fields === undefined) throw malformed(reader, 'does not begin with a schema');
        return readBatch(reader, reader.fields, message);
      case MessageHeader.DictionaryBatch:
        throw malformed(reader, 'has dictionaries, which are not supported');
      default:
        throw malformed(reader, `has a message of kind ${message.table.headerType()}, which is not supported`);
    }
  }
}

interface ReceivedMessage {
  readonly table: Message;
  readonly metadataBytes: number;
  readonly body: Uint8Array;
}

/** Returns the next message, or undefined at the end of the stream. The stream must end with an end marker. */
function* nextMessage(reader: Reader): Reading<ReceivedMessage | undefined> {
  const { sizeBytes, at } = reader;
  if (at + 8 > sizeBytes) throw malformed(reader, 'is truncated and has no end marker');
  const prefix = yield { start: at, end: at + 8 };
  const view = new DataView(prefix.buffer, prefix.byteOffset, prefix.byteLength);
  if (view.getUint32(0) !== 0xffffffff) throw malformed(reader, `has no message at byte ${at}`);
  const metadataBytes = view.getInt32(4, true);
  if (metadataBytes === 0) {
    if (at + 8 !== sizeBytes) throw malformed(reader, `continues after its end marker at byte ${at}`);
    return undefined;
  }
  const bodyStart = at + 8 + metadataBytes;
  if (metadataBytes < 8 || metadataBytes % 8 !== 0 || bodyStart > sizeBytes) {
    throw malformed(reader, `has a message at byte ${at} whose metadata is truncated or not aligned`);
  }
  const table = Message.getRootAsMessage(new ByteBuffer(yield { start: at + 8, end: bodyStart }));
  const version = table.version();
  if (version !== MetadataVersion.V5 && version !== MetadataVersion.V4) {
    throw malformed(reader, `has metadata version ${version + 1}, but only versions 4 and 5 are supported`);
  }
  const bodyBytes = Number(table.bodyLength());
  const bodyEnd = bodyStart + bodyBytes;
  if (bodyBytes < 0 || bodyBytes % 8 !== 0 || bodyEnd > sizeBytes) {
    throw malformed(reader, `has a message at byte ${at} whose body is truncated or not aligned`);
  }
  const body = yield { start: bodyStart, end: bodyEnd };
  reader.at = bodyEnd;
  return { table, metadataBytes, body };
}

/** The state of reading the columns of a record batch in order. */
interface BatchReader {
  readonly reader: Reader;
  readonly header: RecordBatch;
  readonly body: Uint8Array;
  readonly isCompressed: boolean;
  node: number;
  buffer: number;
}

function readBatch(reader: Reader, fields: readonly ArrowField[], message: ReceivedMessage): ArrowBatch {
  const header: RecordBatch | null = message.table.header(new RecordBatch());
  if (header === null) throw malformed(reader, 'has a message without a header');
  const rows = Number(header.length());
  if (rows < 0 || rows > MAX_ROWS) throw malformed(reader, `has a batch with the invalid row count ${rows}`);
  const isCompressed = isCompressedBody(reader, header);
  const batch: BatchReader = { reader, header, body: message.body, isCompressed, node: 0, buffer: 0 };
  const columns = fields.map((field) => readColumn(batch, field, rows));
  if (columns.some((column) => column.rows !== rows))
    throw malformed(reader, 'has a batch whose columns differ in length');
  if (batch.node !== header.nodesLength() || batch.buffer !== header.buffersLength()) {
    throw malformed(reader, 'has a batch with more columns or buffers than its schema defines');
  }
  return { rows, columns };
}

function isCompressedBody(reader: Reader, header: RecordBatch): boolean {
  const compression = header.compression();
  if (compression === null) return false;
  const isKnown =
    compression.codec() === CompressionType.LZ4_FRAME && compression.method() === BodyCompressionMethod.BUFFER;
  if (!isKnown) throw malformed(reader, 'uses an unsupported compression (only LZ4 frames are supported)');
  return true;
}

/** Reads one column. `rows` is the number of rows that the batch or the parent column needs. A child column may have more rows. */
function readColumn(batch: BatchReader, field: ArrowField, rows: number): ArrowColumn {
  const layout = layoutOf(field.type);
  const node = batch.node < batch.header.nodesLength() ? batch.header.nodes(batch.node) : null;
  batch.node += 1;
  const [length, nulls] = [Number(node?.length() ?? -1), Number(node?.nullCount() ?? -1)];
  if (length < rows || length > MAX_ROWS || nulls < 0 || nulls > length) {
    throw malformed(
      batch.reader,
      `has a column "${field.name}" with ${length} rows and ${nulls} NULLs, but ${rows} rows are required`,
    );
  }
  const validity = layout.hasValidity ? readValidity(batch, field, length, nulls) : undefined;
  const buffers: Uint8Array[] = [];
  for (const bufferLayout of layout.buffers) {
    buffers.push(readBuffer(batch, field, bufferLayout, length, buffers.at(-1), validity));
  }
  const needed = childRows(batch, field.type, length, buffers[0]);
  const children = layout.children.map((child) => readColumn(batch, child, needed));
  if (field.type.kind === 'list' || field.type.kind === 'map') {
    checkOffsets(batch, field, offsetsView(buffers[0]), children[0]?.rows ?? 0);
  }
  return validity === undefined ? { rows: length, buffers, children } : { rows: length, validity, buffers, children };
}

function childRows(batch: BatchReader, type: ArrowType, rows: number, offsets: Uint8Array | undefined): number {
  switch (type.kind) {
    case 'fixed-list': {
      const needed = rows * type.size;
      if (needed > MAX_ROWS)
        throw malformed(
          batch.reader,
          `has a batch whose fixed-size lists have ${needed} elements, more than the maximum of ${MAX_ROWS}`,
        );
      return needed;
    }
    case 'list':
    case 'map':
      return offsetsView(offsets)[rows] ?? 0;
    default:
      return rows;
  }
}

function readValidity(batch: BatchReader, field: ArrowField, rows: number, nulls: number): Uint8Array | undefined {
  const bytes = takeBuffer(batch, field);
  if (nulls === 0) return undefined;
  const sizeBytes = Math.ceil(rows / 8);
  if (bytes.length < sizeBytes)
    throw malformed(batch.reader, `has a truncated validity bitmap in column "${field.name}"`);
  const validity = bytes.subarray(0, sizeBytes);
  return countZeroBits(validity, rows) === 0 ? undefined : validity;
}

/** Reads one buffer of a column. `previous` is the buffer before it. For a `bytes` buffer, `previous` holds the offsets. */
function readBuffer(
  batch: BatchReader,
  field: ArrowField,
  layout: BufferLayout,
  rows: number,
  previous: Uint8Array | undefined,
  validity: Uint8Array | undefined,
): Uint8Array {
  const bytes = takeBuffer(batch, field);
  switch (layout.kind) {
    case 'fixed':
      return exactly(batch, field, bytes, rows * layout.widthBytes);
    case 'bits':
      return exactly(batch, field, bytes, Math.ceil(rows / 8));
    case 'offsets':
      // Writers may omit the single offset of a column without rows.
      if (rows === 0 && bytes.length === 0) return new Uint8Array(4);
      return exactly(batch, field, bytes, (rows + 1) * 4);
    case 'bytes': {
      const offsets = offsetsView(previous);
      checkOffsets(batch, field, offsets, bytes.length);
      if (field.type.kind === 'utf8') checkText(batch, field, offsets, bytes, validity);
      return bytes.subarray(0, offsets[rows] ?? 0);
    }
    default:
      return layout satisfies never;
  }
}

function takeBuffer(batch: BatchReader, field: ArrowField): Uint8Array {
  const entry = batch.buffer < batch.header.buffersLength() ? batch.header.buffers(batch.buffer) : null;
  batch.buffer += 1;
  const [offset, sizeBytes] = [Number(entry?.offset() ?? -1), Number(entry?.length() ?? -1)];
  if (offset < 0 || sizeBytes < 0 || offset % 8 !== 0 || offset + sizeBytes > batch.body.length) {
    throw malformed(batch.reader, `has a buffer of column "${field.name}" that is outside its batch or not aligned`);
  }
  const bytes = batch.body.subarray(offset, offset + sizeBytes);
  if (!batch.isCompressed) return bytes;
  const unpacked = decompressBuffer(bytes);
  if (unpacked === undefined)
    throw malformed(batch.reader, `has a buffer of column "${field.name}" that is not a valid LZ4 frame`);
  return unpacked;
}

function exactly(batch: BatchReader, field: ArrowField, bytes: Uint8Array, sizeBytes: number): Uint8Array {
  if (bytes.length >= sizeBytes) return bytes.subarray(0, sizeBytes);
  throw malformed(
    batch.reader,
    `has a buffer of ${bytes.length} bytes in column "${field.name}", but ${sizeBytes} bytes are required`,
  );
}

function offsetsView(buffer: Uint8Array | undefined): Int32Array {
  if (buffer === undefined) return new Int32Array(1);
  return new Int32Array(buffer.buffer, buffer.byteOffset, buffer.byteLength / 4);
}

function checkOffsets(batch: BatchReader, field: ArrowField, offsets: Int32Array, limit: number): void {
  let last = 0;
  let isAscending = true;
  for (let i = 0; i < offsets.length; i++) {
    const offset = offsets[i] ?? 0;
    isAscending &&= offset >= last;
    last = offset;
  }
  if (isAscending && last <= limit) return;
  throw malformed(batch.reader, `has offsets in column "${field.name}" that decrease or exceed the length of the data`);
}

/** Checks that each row of text is valid UTF-8. DuckDB trusts the text and would read past the end of a truncated character. */
function checkText(
  batch: BatchReader,
  field: ArrowField,
  offsets: Int32Array,
  bytes: Uint8Array,
  validity: Uint8Array | undefined,
): void {
  const text = bytes.subarray(offsets[0] ?? 0, offsets.at(-1) ?? 0);
  if (isAscii(text)) return;
  if (isUtf8(text) && offsets.every((offset) => offset >= bytes.length || ((bytes[offset] ?? 0) & 0xc0) !== 0x80))
    return;
  // The bytes of a NULL are undefined, so they may be invalid.
  for (let row = 0; row + 1 < offsets.length; row++) {
    if (validity !== undefined && !bitAt(validity, row)) continue;
    if (isUtf8(bytes.subarray(offsets[row] ?? 0, offsets[row + 1] ?? 0))) continue;
    throw malformed(batch.reader, `has text that is not UTF-8 in row ${row} of a batch, column "${field.name}"`);
  }
}

function malformed(reader: Reader, what: string): FabricError {
  return new FabricError('INPUT_INVALID', `${reader.source} ${what}.`);
}
