import { checkEnd, int32View } from '../arrow/layout.ts';
import {
  at,
  type ColumnBuilders,
  columnOf,
  FIRST_ROWS,
  grow,
  type PartitionSizes,
  roomAfter,
} from './column-builders.ts';
import { lengthOfRows } from './gather.ts';
import type { RowsByPartition } from './rows-by-partition.ts';
import { appendOffsets, offsetBytes } from './text-column.ts';
import { appendValidity, type Nullable, scatterValidity, validityOf } from './validity.ts';

/** Creates the builders of a column of type NULL, which only count rows. */
export function nullColumn(partitions: number): ColumnBuilders {
  const counts = new Float64Array(partitions);
  return {
    scatter(_source, rows) {
      for (let partition = 0; partition < partitions; partition++) {
        grow(counts, partition, (rows.starts[partition + 1] ?? 0) - (rows.starts[partition] ?? 0));
      }
    },
    append: (partition, _source, start, end) => grow(counts, partition, end - start),
    view: (partition) => ({ rows: counts[partition] ?? 0, buffers: [], children: [] }),
    clear(partition) {
      counts[partition] = 0;
    },
  };
}

/**
 * Creates the builders of a column of structs (`size` is 1) or fixed-size lists. They hold only validity. Each row has
 * `size` rows in every child.
 */
export function structColumn(children: readonly ColumnBuilders[], size: number, partitions: number): ColumnBuilders {
  const parts = Array.from({ length: partitions }, (): Nullable => ({ rows: 0, validity: undefined }));
  return {
    scatter(source, rows) {
      scatterValidity(parts, validityOf(source), rows);
      const childRows = size === 1 ? rows : repeated(rows, size);
      for (const [index, child] of children.entries()) child.scatter(at(source.children, index), childRows);
      for (const [partition, part] of parts.entries()) {
        part.rows += (rows.starts[partition + 1] ?? 0) - (rows.starts[partition] ?? 0);
      }
    },
    append(partition, source, start, end) {
      const part = at(parts, partition);
      appendValidity(part, validityOf(source), start, end);
      for (const [index, child] of children.entries()) {
        child.append(partition, at(source.children, index), start * size, end * size);
      }
      part.rows += end - start;
    },
    view: (partition) =>
      columnOf(
        at(parts, partition),
        [],
        children.map((child) => child.view(partition)),
      ),
    clear(partition, memory) {
      for (const child of children) child.clear(partition, memory);
      parts[partition] = { rows: 0, validity: undefined };
    },
  };
}

interface ListPart extends Nullable {
  /** The first `rows + 1` offsets are set. The first one is 0. */
  offsets: Int32Array;
  /** The number of rows to allocate memory for initially. */
  readonly room: number;
}

/** Creates the builders of a column of lists, or of maps, which are lists of entries. */
export function listColumn(child: ColumnBuilders, partitions: number, sizes: PartitionSizes): ColumnBuilders {
  const empty = (room: number): ListPart => ({ rows: 0, validity: undefined, offsets: new Int32Array(1), room });
  const parts = Array.from({ length: partitions }, () => empty(FIRST_ROWS));
  const reserve = (part: ListPart, rows: number, elements: number) => {
    checkEnd((part.offsets[part.rows] ?? 0) + elements);
    if (part.offsets.length > part.rows + rows) return;
    const offsets = new Int32Array(Math.max(part.room, part.rows + rows, 2 * part.rows) + 1);
    offsets.set(part.offsets.subarray(0, part.rows + 1));
    part.offsets = offsets;
  };
  return {
    scatter(source, rows) {
      const offsets = int32View(at(source.buffers, 0), source.rows + 1);
      scatterValidity(parts, validityOf(source), rows);
      for (let partition = 0; partition < partitions; partition++) {
        const from = rows.starts[partition] ?? 0;
        const to = rows.starts[partition + 1] ?? 0;
        if (from === to) continue;
        const part = at(parts, partition);
        reserve(part, to - from, lengthOfRows(offsets, rows.order, from, to));
        for (let i = from; i < to; i++) {
          const row = rows.order[i] ?? 0;
          part.offsets[part.rows + 1] = (part.offsets[part.rows] ?? 0) + (offsets[row + 1] ?? 0) - (offsets[row] ?? 0);
          part.rows += 1;
        }
        grow(sizes, partition, 4 * (to - from));
      }
      child.scatter(at(source.children, 0), elementsOf(rows, offsets));
    },
    append(partition, source, start, end) {
      const part = at(parts, partition);
      const offsets = int32View(at(source.buffers, 0), source.rows + 1);
      const [first, last] = [offsets[start] ?? 0, offsets[end] ?? 0];
      appendValidity(part, validityOf(source), start, end);
      reserve(part, end - start, last - first);
      appendOffsets(part.offsets, part.rows, offsets, start, end);
      child.append(partition, at(source.children, 0), first, last);
      part.rows += end - start;
      grow(sizes, partition, 4 * (end - start));
    },
    view(partition) {
      const part = at(parts, partition);
      return columnOf(part, [offsetBytes(part.offsets, part.rows)], [child.view(partition)]);
    },
    clear(partition, memory) {
      const part = at(parts, partition);
      child.clear(partition, memory);
      if (memory === 'give away') parts[partition] = empty(roomAfter(part.rows));
      else [part.rows, part.validity] = [0, undefined];
    },
  };
}

/** Maps rows of fixed-size lists to rows of their elements, by partition. */
function repeated(rows: RowsByPartition, size: number): RowsByPartition {
  const count = rows.starts.at(-1) ?? 0;
  const order = new Int32Array(count * size);
  for (let i = 0; i < count; i++) {
    for (let element = 0; element < size; element++) order[i * size + element] = (rows.order[i] ?? 0) * size + element;
  }
  return { order, starts: rows.starts.map((start) => start * size) };
}

/** Maps rows of lists to rows of their elements, by partition. */
function elementsOf(rows: RowsByPartition, offsets: Int32Array): RowsByPartition {
  const count = rows.starts.at(-1) ?? 0;
  const order = new Int32Array(lengthOfRows(offsets, rows.order, 0, count));
  const starts = new Int32Array(rows.starts.length);
  let next = 0;
  let partition = 0;
  for (let i = 0; i <= count; i++) {
    for (; (rows.starts[partition] ?? count + 1) <= i; partition++) starts[partition] = next;
    if (i === count) break;
    const row = rows.order[i] ?? 0;
    for (let element = offsets[row] ?? 0; element < (offsets[row + 1] ?? 0); element++) order[next++] = element;
  }
  return { order, starts };
}
