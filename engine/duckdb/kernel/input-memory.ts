import type { ArrowColumn } from '../../arrow/batch.ts';
import { FabricError } from '../../errors.ts';
import type { Arena } from './arena.ts';
import type { ColumnShape } from './column-shape.ts';
import type { Library, Pointer } from './library.ts';

/** DuckDB reads fixed-width values in words of at most 8 bytes. A HUGEINT is two words. */
const ALIGNMENT = 8;

/** The addresses of a column's buffers. `owners` keeps the memory alive. */
export interface ColumnMemory {
  readonly rows: number;
  /** The address of the validity bitmap, or 0 if the column has no NULLs. */
  readonly validity: Pointer;
  readonly buffers: readonly Pointer[];
  readonly children: readonly ColumnMemory[];
  readonly owners: readonly ArrayBufferLike[];
}

/** Returns the addresses of a column's buffers. An undefined column stands for a column without rows. */
export function columnMemory(library: Library, shape: ColumnShape, column: ArrowColumn | undefined): ColumnMemory {
  const owners: ArrayBufferLike[] = [];
  const address = (view: Uint8Array): Pointer => {
    // Reading `buffer` moves a small array off the V8 heap. Larger arrays are already outside it.
    let { buffer, byteOffset } = view;
    if (byteOffset % ALIGNMENT !== 0) {
      buffer = view.slice().buffer;
      byteOffset = 0;
    }
    owners.push(buffer);
    return library.addressOf(buffer) + byteOffset;
  };
  const buffers = shape.buffers.map((_, index) => {
    const buffer = column?.buffers[index];
    if (column !== undefined && buffer === undefined)
      throw new FabricError('INTERNAL', 'An input column lacks a buffer.');
    return address(buffer === undefined || buffer.byteLength === 0 ? new Uint8Array(ALIGNMENT) : buffer);
  });
  return {
    rows: column?.rows ?? 0,
    validity: shape.hasValidity && column?.validity !== undefined ? address(column.validity) : 0,
    buffers,
    children: shape.children.map((child, index) => columnMemory(library, child, column?.children[index])),
    owners,
  };
}

/**
 * Writes the `ArrowArray` of rows `[start, start + rows)` of a column and returns its address. `start` must be a multiple of 8. The array
 * has no offset, and its pointers are moved instead. An offset would have to be correct at every level of nested columns.
 */
export function writeSlice(
  arena: Arena,
  shape: ColumnShape,
  memory: ColumnMemory,
  start: number,
  rows: number,
): Pointer {
  const buffers = shape.buffers.map((layout, index) => {
    const buffer = memory.buffers[index] ?? 0;
    switch (layout.kind) {
      case 'fixed':
        return buffer + start * layout.widthBytes;
      case 'bits':
        return buffer + start / 8;
      case 'offsets':
        return buffer + start * 4;
      case 'bytes':
        return buffer;
      default:
        return layout satisfies never;
    }
  });
  const children = shape.children.map((child, index) => {
    const childMemory = memory.children[index];
    if (childMemory === undefined) throw new FabricError('INTERNAL', 'An input column lacks a child.');
    switch (shape.nesting.kind) {
      case 'same':
        return writeSlice(arena, child, childMemory, start, rows);
      case 'times':
        return writeSlice(arena, child, childMemory, start * shape.nesting.size, rows * shape.nesting.size);
      case 'offsets':
        return writeSlice(arena, child, childMemory, 0, childMemory.rows);
      default:
        return shape.nesting satisfies never;
    }
  });
  if (!shape.hasValidity) return writeArray(arena, rows, buffers, children);
  return writeArray(arena, rows, [memory.validity === 0 ? 0 : memory.validity + start / 8, ...buffers], children);
}

/** Writes an `ArrowArray` and returns its address. */
export function writeArray(
  arena: Arena,
  rows: number,
  buffers: readonly Pointer[],
  children: readonly Pointer[],
): Pointer {
  const hasValidity = buffers.length > 0 && buffers[0] !== 0;
  return arena.words([
    BigInt(rows),
    // The NULL count. -1 means that it is unknown.
    hasValidity ? -1n : 0n,
    0n,
    BigInt(buffers.length),
    BigInt(children.length),
    BigInt(arena.words(buffers.map(BigInt))),
    children.length === 0 ? 0n : BigInt(arena.words(children.map(BigInt))),
    0n,
    BigInt(arena.library.noOperation),
    0n,
  ]);
}
