/** Nesting limit for structs and lists of a footer. Schemas are flat lists, so real footers nest less than 10 deep. */
const MAX_DEPTH = 32;
const MAX_VARINT_BYTES = 10;

interface Cursor {
  readonly bytes: Uint8Array;
  offset: number;
}

/**
 * Walks one Thrift struct in compact encoding without building anything. Throws an `Error` if it is truncated, nests too deeply or
 * declares more elements than it has bytes. Run it before a parser that allocates arrays of the declared sizes.
 * See https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
 */
export function checkThriftBounds(bytes: Uint8Array): void {
  const cursor: Cursor = { bytes, offset: 0 };
  skipStruct(cursor, 0);
}

function nextByte(cursor: Cursor): number {
  const byte = cursor.bytes[cursor.offset];
  if (byte === undefined) throw new Error('it is truncated within a value');
  cursor.offset += 1;
  return byte;
}

/** Reads a varint. Only lengths use the value; wider numbers are skipped, so precision above 2^53 does not matter. */
function varint(cursor: Cursor): number {
  let value = 0;
  for (let index = 0; index < MAX_VARINT_BYTES; index += 1) {
    const byte = nextByte(cursor);
    value += (byte & 0x7f) * 2 ** (7 * index);
    if ((byte & 0x80) === 0) return value;
  }
  throw new Error('it has a number of more than 10 bytes');
}

function skipBytes(cursor: Cursor, count: number): void {
  if (count > cursor.bytes.length - cursor.offset) {
    throw new Error(`it declares ${count} bytes where ${cursor.bytes.length - cursor.offset} are left`);
  }
  cursor.offset += count;
}

function skipStruct(cursor: Cursor, depth: number): void {
  if (depth > MAX_DEPTH) throw new Error('it nests too deeply');
  for (;;) {
    const header = nextByte(cursor);
    const type = header & 0x0f;
    if (type === 0) return;
    if (header >> 4 === 0) varint(cursor);
    skipValue(cursor, type, depth, false);
  }
}

function skipValue(cursor: Cursor, type: number, depth: number, inList: boolean): void {
  switch (type) {
    case 1:
    case 2:
      if (inList) skipBytes(cursor, 1);
      return;
    case 3:
      skipBytes(cursor, 1);
      return;
    case 4:
    case 5:
    case 6:
      varint(cursor);
      return;
    case 7:
      skipBytes(cursor, 8);
      return;
    case 8:
      skipBytes(cursor, varint(cursor));
      return;
    case 9:
      skipList(cursor, depth + 1);
      return;
    case 12:
      skipStruct(cursor, depth + 1);
      return;
    default:
      throw new Error(`it has a value of unknown type ${type}`);
  }
}

function skipList(cursor: Cursor, depth: number): void {
  if (depth > MAX_DEPTH) throw new Error('it nests too deeply');
  const header = nextByte(cursor);
  const size = header >> 4 === 15 ? varint(cursor) : header >> 4;
  // Every element takes at least one byte.
  if (size > cursor.bytes.length - cursor.offset)
    throw new Error(`it declares a list of ${size} elements, more than its bytes`);
  for (let index = 0; index < size; index += 1) skipValue(cursor, header & 0x0f, depth, true);
}
