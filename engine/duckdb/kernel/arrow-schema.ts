import type { ArrowField, ArrowType } from '../../arrow/batch.ts';
import { FabricError } from '../../errors.ts';
import { Arena } from './arena.ts';
import { formatOf, shapeOf } from './arrow-format.ts';
import { throwErrorData } from './error.ts';
import type { Library, Pointer } from './library.ts';

/** `sizeof(struct ArrowSchema)` and the positions of its members, in 8-byte words. */
const SCHEMA_BYTES = 72;
const FORMAT = 0;
const NAME = 1;
const METADATA = 2;
const CHILD_COUNT = 4;
const CHILDREN = 5;
const RELEASE = 7;
const NULLABLE = 2n;

const EXTENSION_NAME = 'ARROW:extension:name';
const EXTENSION_METADATA = 'ARROW:extension:metadata';

/**
 * Returns the Arrow fields that DuckDB uses for columns of these types. They describe the contents of the columns' `ArrowArray`s. The
 * caller still owns the types.
 */
export function fieldsOfTypes(
  library: Library,
  arrowOptions: Pointer,
  types: readonly Pointer[],
): readonly ArrowField[] {
  const arena = new Arena(library, 1024);
  const name = BigInt(arena.text(''));
  const schema = new BigUint64Array(SCHEMA_BYTES / 8);
  const error = library.duckdb.to_arrow_schema(
    arrowOptions,
    BigUint64Array.from(types, BigInt),
    new BigUint64Array(types.length).fill(name),
    types.length,
    schema,
  );
  throwErrorData(library, error);
  try {
    const children = new BigUint64Array(readForeign(library, Number(schema[CHILDREN] ?? 0n), types.length * 8));
    return Array.from(children, (child) => readSchema(library, Number(child)));
  } finally {
    library.release(Number(schema[RELEASE] ?? 0n), schema);
  }
}

/** Writes an `ArrowSchema` and its children into an arena and returns its address. */
export function writeSchema(arena: Arena, field: ArrowField): Pointer {
  const children = childrenOf(field.type).map((child) => writeSchema(arena, child));
  return arena.words([
    BigInt(arena.text(formatOf(field.type))),
    BigInt(arena.text(field.name)),
    field.extension === undefined ? 0n : BigInt(arena.bytes(encodeMetadata(field.extension))),
    NULLABLE,
    BigInt(children.length),
    children.length === 0 ? 0n : BigInt(arena.words(children.map(BigInt))),
    0n,
    BigInt(arena.library.noOperation),
    0n,
  ]);
}

/** Reads the `ArrowSchema` at an address in DuckDB's memory. */
function readSchema(library: Library, pointer: Pointer): ArrowField {
  const schema = new BigUint64Array(readForeign(library, pointer, SCHEMA_BYTES));
  const word = (index: number): Pointer => Number(schema[index] ?? 0n);
  const count = word(CHILD_COUNT);
  const addresses = new BigUint64Array(readForeign(library, word(CHILDREN), count * 8));
  const children = Array.from(addresses, (child) => readSchema(library, Number(child)));
  const field = {
    name: word(NAME) === 0 ? '' : library.text(word(NAME)),
    type: typeOf(library.text(word(FORMAT)), children),
  };
  const extension = word(METADATA) === 0 ? undefined : readExtension(library, word(METADATA));
  return extension === undefined ? field : { ...field, extension };
}

/** Returns a type's children as the C data interface defines them. A map has one child, the struct of its entries. */
function childrenOf(type: ArrowType): readonly ArrowField[] {
  switch (type.kind) {
    case 'list':
    case 'fixed-list':
      return [type.child];
    case 'struct':
      return type.fields;
    case 'map':
      return [{ name: 'entries', type: { kind: 'struct', fields: [type.key, type.value] } }];
    default:
      return [];
  }
}

function typeOf(format: string, children: readonly ArrowField[]): ArrowType {
  const shape = shapeOf(format);
  const [first] = children;
  switch (shape.kind) {
    case 'struct':
      return { kind: 'struct', fields: children };
    case 'list':
      if (first !== undefined) return { kind: 'list', child: first };
      break;
    case 'fixed-list':
      if (first !== undefined) return { kind: 'fixed-list', size: shape.size, child: first };
      break;
    case 'map':
      if (first?.type.kind === 'struct') {
        const [key, value] = first.type.fields;
        if (key !== undefined && value !== undefined) return { kind: 'map', key, value };
      }
      break;
    default:
      return shape;
  }
  throw new FabricError('INTERNAL', `DuckDB returned an Arrow ${shape.kind} without its children.`);
}

/** Copies foreign memory into a JavaScript buffer. */
function readForeign(library: Library, pointer: Pointer, bytes: number): ArrayBuffer {
  const memory = new ArrayBuffer(bytes);
  if (bytes > 0) library.copy(library.addressOf(memory), pointer, bytes);
  return memory;
}

/**
 * Encodes a field's metadata. The format is the number of pairs, then the length and bytes of each key and value. Numbers are int32 in
 * native byte order.
 */
function encodeMetadata(extension: { readonly name: string; readonly metadata: string }): Uint8Array {
  const texts = [EXTENSION_NAME, extension.name, EXTENSION_METADATA, extension.metadata].map((text) =>
    Buffer.from(text),
  );
  const count = Buffer.alloc(4);
  count.writeInt32LE(texts.length / 2);
  const lengths = texts.map((text) => {
    const length = Buffer.alloc(4);
    length.writeInt32LE(text.length);
    return length;
  });
  return Buffer.concat([count, ...texts.flatMap((text, index) => [lengths[index] ?? Buffer.alloc(4), text])]);
}

function readExtension(library: Library, metadata: Pointer): ArrowField['extension'] {
  let at = metadata;
  const int = (): number => {
    const value = new DataView(readForeign(library, at, 4)).getInt32(0, true);
    at += 4;
    return value;
  };
  const text = (): string => {
    const bytes = readForeign(library, at + 4, int());
    at += bytes.byteLength;
    return Buffer.from(bytes).toString('utf8');
  };
  const pairs = new Map<string, string>();
  for (let left = int(); left > 0; left--) {
    const key = text();
    pairs.set(key, text());
  }
  const name = pairs.get(EXTENSION_NAME);
  return name === undefined ? undefined : { name, metadata: pairs.get(EXTENSION_METADATA) ?? '' };
}
