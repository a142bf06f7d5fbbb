import {
  alignedTo,
  at,
  type ColumnBuilders,
  columnOf,
  FIRST_ROWS,
  grow,
  NO_BYTES,
  type PartitionSizes,
  roomAfter,
} from './column-builders.ts';
import {
  copyBits,
  type Gather,
  gather8,
  gather16,
  gather32,
  gather64,
  gather128,
  gatherBits,
  gatherBytes,
} from './gather.ts';
import { appendValidity, type Nullable, scatterValidity, validityOf } from './validity.ts';

/** Creates the builders of a column with `widthBytes` bytes per row. */
export function fixedColumn(widthBytes: number, partitions: number, sizes: PartitionSizes): ColumnBuilders {
  const bytes = (buffer: ArrayBufferLike, offset: number, elements: number) => new Uint8Array(buffer, offset, elements);
  const quads = (buffer: ArrayBufferLike, offset: number, elements: number) =>
    new BigInt64Array(buffer, offset, elements);
  switch (widthBytes) {
    case 1:
      return laneColumn({ widthBytes, lanes: 1, gather: gather8, view: bytes }, partitions, sizes);
    case 2: {
      const view = (buffer: ArrayBufferLike, offset: number, elements: number) =>
        new Uint16Array(buffer, offset, elements);
      return laneColumn({ widthBytes, lanes: 1, gather: gather16, view }, partitions, sizes);
    }
    case 4: {
      const view = (buffer: ArrayBufferLike, offset: number, elements: number) =>
        new Int32Array(buffer, offset, elements);
      return laneColumn({ widthBytes, lanes: 1, gather: gather32, view }, partitions, sizes);
    }
    case 8:
      return laneColumn({ widthBytes, lanes: 1, gather: gather64, view: quads }, partitions, sizes);
    case 16:
      return laneColumn({ widthBytes, lanes: 2, gather: gather128, view: quads }, partitions, sizes);
    default:
      return laneColumn({ widthBytes, lanes: widthBytes, gather: gatherBytes, view: bytes }, partitions, sizes);
  }
}

/** How rows of one width are copied: each row as `lanes` elements of the array that `view` returns. */
interface Width<Lanes> {
  readonly widthBytes: number;
  readonly lanes: number;
  readonly gather: Gather<Lanes>;
  readonly view: (buffer: ArrayBufferLike, offset: number, elements: number) => Lanes;
}

interface LanePart<Lanes> extends Nullable {
  bytes: Uint8Array;
  /** A view of the same memory. */
  values: Lanes;
  /** The number of rows to allocate memory for initially. */
  readonly room: number;
}

function laneColumn<Lanes>(width: Width<Lanes>, partitions: number, sizes: PartitionSizes): ColumnBuilders {
  const { widthBytes, lanes, gather, view } = width;
  const empty = (room: number): LanePart<Lanes> => ({
    rows: 0,
    validity: undefined,
    bytes: NO_BYTES,
    values: view(NO_BYTES.buffer, 0, 0),
    room,
  });
  const parts = Array.from({ length: partitions }, () => empty(FIRST_ROWS));
  const reserve = (part: LanePart<Lanes>, rows: number) => {
    if (part.bytes.length >= rows * widthBytes) return;
    const room = Math.max(part.room, rows, 2 * part.rows);
    const bytes = new Uint8Array(room * widthBytes);
    bytes.set(part.bytes.subarray(0, part.rows * widthBytes));
    part.bytes = bytes;
    part.values = view(bytes.buffer, 0, room * lanes);
  };
  return {
    scatter(source, rows) {
      const bytes = alignedTo(lanes === 0 ? 1 : widthBytes / lanes, at(source.buffers, 0));
      const values = view(bytes.buffer, bytes.byteOffset, source.rows * lanes);
      scatterValidity(parts, validityOf(source), rows);
      for (let partition = 0; partition < partitions; partition++) {
        const from = rows.starts[partition] ?? 0;
        const to = rows.starts[partition + 1] ?? 0;
        if (from === to) continue;
        const part = at(parts, partition);
        reserve(part, part.rows + to - from);
        gather(part.values, part.rows, values, rows.order, from, to, lanes);
        part.rows += to - from;
        grow(sizes, partition, (to - from) * widthBytes);
      }
    },
    append(partition, source, start, end) {
      const part = at(parts, partition);
      appendValidity(part, validityOf(source), start, end);
      reserve(part, part.rows + end - start);
      part.bytes.set(at(source.buffers, 0).subarray(start * widthBytes, end * widthBytes), part.rows * widthBytes);
      part.rows += end - start;
      grow(sizes, partition, (end - start) * widthBytes);
    },
    view(partition) {
      const part = at(parts, partition);
      return columnOf(part, [part.bytes.subarray(0, part.rows * widthBytes)], []);
    },
    clear(partition, memory) {
      const part = at(parts, partition);
      if (memory === 'give away') parts[partition] = empty(roomAfter(part.rows));
      else [part.rows, part.validity] = [0, undefined];
    },
  };
}

interface BitPart extends Nullable {
  /** Bits after the first `rows` bits are 0. */
  bits: Uint8Array;
}

/** Creates the builders of a column of single bits. */
export function bitColumn(partitions: number, sizes: PartitionSizes): ColumnBuilders {
  const empty = (): BitPart => ({ rows: 0, validity: undefined, bits: NO_BYTES });
  const parts = Array.from({ length: partitions }, empty);
  const reserve = (part: BitPart, rows: number) => {
    if (part.bits.length * 8 >= rows) return;
    const bits = new Uint8Array(Math.max(FIRST_ROWS / 8, Math.ceil(rows / 4)));
    bits.set(part.bits);
    part.bits = bits;
  };
  return {
    scatter(source, rows) {
      scatterValidity(parts, validityOf(source), rows);
      for (let partition = 0; partition < partitions; partition++) {
        const from = rows.starts[partition] ?? 0;
        const to = rows.starts[partition + 1] ?? 0;
        if (from === to) continue;
        const part = at(parts, partition);
        reserve(part, part.rows + to - from);
        gatherBits(part.bits, part.rows, at(source.buffers, 0), rows.order, from, to);
        part.rows += to - from;
        grow(sizes, partition, (to - from) / 8);
      }
    },
    append(partition, source, start, end) {
      const part = at(parts, partition);
      appendValidity(part, validityOf(source), start, end);
      reserve(part, part.rows + end - start);
      copyBits(part.bits, part.rows, at(source.buffers, 0), start, end - start);
      part.rows += end - start;
      grow(sizes, partition, (end - start) / 8);
    },
    view(partition) {
      const part = at(parts, partition);
      return columnOf(part, [part.bits.subarray(0, Math.ceil(part.rows / 8))], []);
    },
    clear(partition, memory) {
      const part = at(parts, partition);
      if (memory === 'give away') parts[partition] = empty();
      else {
        part.bits.fill(0);
        [part.rows, part.validity] = [0, undefined];
      }
    },
  };
}
