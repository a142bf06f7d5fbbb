/** The physical Arrow types that Volley reads or writes. */
export type ArrowType =
  | { readonly kind: 'null' }
  | { readonly kind: 'bool' }
  | { readonly kind: 'int'; readonly bits: 8 | 16 | 32 | 64; readonly signed: boolean }
  | { readonly kind: 'float'; readonly bits: 32 | 64 }
  /** An unscaled integer of `bits` bits. 32, 64 and 128 bits hold at most 9, 18 and 38 digits. */
  | { readonly kind: 'decimal'; readonly bits: 32 | 64 | 128; readonly precision: number; readonly scale: number }
  | { readonly kind: 'utf8' }
  | { readonly kind: 'binary' }
  | { readonly kind: 'fixed-binary'; readonly width: number }
  | { readonly kind: 'date32' }
  | { readonly kind: 'time64'; readonly unit: 'us' | 'ns' }
  | { readonly kind: 'timestamp'; readonly unit: 's' | 'ms' | 'us' | 'ns'; readonly zone?: string }
  | { readonly kind: 'interval-month-day-nano' }
  | { readonly kind: 'list'; readonly child: ArrowField }
  | { readonly kind: 'fixed-list'; readonly child: ArrowField; readonly size: number }
  | { readonly kind: 'struct'; readonly fields: readonly ArrowField[] }
  /** Each entry is a struct with a key and a value. */
  | { readonly kind: 'map'; readonly key: ArrowField; readonly value: ArrowField };

export interface ArrowField {
  readonly name: string;
  readonly type: ArrowType;
  /** The field's `ARROW:extension:name` and `ARROW:extension:metadata`. They mark a logical type that has no physical equivalent. */
  readonly extension?: { readonly name: string; readonly metadata: string };
}

/**
 * One column of a batch. Its Arrow buffers are views over memory that the column does not own. Values start at element 0.
 *
 * `buffers` excludes the validity bitmap. Its contents depend on the type:
 * - fixed-width types: `[values]`
 * - bool: `[bits]`
 * - utf8 and binary: `[offsets, bytes]` (rows + 1 int32 offsets, which may start above 0)
 * - list and map: `[offsets]`
 * - struct, fixed-list and null: `[]`
 */
export interface ArrowColumn {
  readonly rows: number;
  /** The validity bitmap, least significant bit first. Bit i is 0 if row i is NULL. Without a bitmap, the column has no NULLs. */
  readonly validity?: Uint8Array;
  readonly buffers: readonly Uint8Array[];
  readonly children: readonly ArrowColumn[];
}

export interface ArrowBatch {
  readonly rows: number;
  readonly columns: readonly ArrowColumn[];
}
