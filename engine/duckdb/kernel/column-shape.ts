import type { ArrowField, ArrowType } from '../../arrow/batch.ts';
import { type BufferLayout, layoutOf } from '../../arrow/layout.ts';

/** The layout of a column and its children, computed once for all batches of a stream. */
export interface ColumnShape {
  readonly hasValidity: boolean;
  /** Whether DuckDB returns the column as a binary view (`vz`). As input, DuckDB also accepts offsets and bytes, which the wire uses. */
  readonly isGivenAsView: boolean;
  readonly buffers: readonly BufferLayout[];
  readonly children: readonly ColumnShape[];
  /** How to derive the children's rows from the rows of this column. */
  readonly nesting:
    | { readonly kind: 'same' }
    | { readonly kind: 'offsets' }
    | { readonly kind: 'times'; readonly size: number };
}

/** Returns the shape of a column of this type. */
export function shapeOfType(type: ArrowType): ColumnShape {
  const layout = layoutOf(type);
  return {
    hasValidity: layout.hasValidity,
    isGivenAsView: type.kind === 'binary',
    buffers: layout.buffers,
    children: layout.children.map((child: ArrowField) => shapeOfType(child.type)),
    nesting: nestingOf(type),
  };
}

function nestingOf(type: ArrowType): ColumnShape['nesting'] {
  if (type.kind === 'list' || type.kind === 'map') return { kind: 'offsets' };
  if (type.kind === 'fixed-list') return { kind: 'times', size: type.size };
  return { kind: 'same' };
}
