/** The physical Arrow types that Volley reads or writes. */
export type ArrowType =
  | { readonly kind: 'null' }
  | { readonly kind: 'bool' }
  | { readonly kind: 'int'; readonly bits: 8 | 16 | 32 | 64; readonly signed: boolean }
  | { readonly kind: 'float'; readonly bits: 32 | 64 }
  /** The unscaled integer in `bits` bits: at most 9, 18 or 38 digits. */
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
  /** Each entry is a struct of key and value. */
  | { readonly kind: 'map'; readonly key: ArrowField; readonly value: ArrowField };

export interface ArrowField {
  readonly name: string;
  readonly type: ArrowType;
  /** `ARROW:extension:name` and `ARROW:extension:metadata`, for a logical type without a physical equivalent. */
  readonly extension?: { readonly name: string; readonly metadata: string };
}

/**
 * One column of a batch: Arrow's buffers as views over memory owned elsewhere, not copied. Values start at element 0.
 *
 * `buffers`, without the validity bitmap: fixed-width types `[values]`; bool `[bits]`; utf8 and binary `[offsets, bytes]` (rows + 1 int32
 * offsets; the first need not be 0); list and map `[offsets]`; struct, fixed-list and null `[]`.
 */
export interface ArrowColumn {
  readonly rows: number;
  /** Bit i (least significant first) is 0 if row i is NULL. If absent, no NULLs. */
  readonly validity?: Uint8Array;
  readonly buffers: readonly Uint8Array[];
  readonly children: readonly ArrowColumn[];
}

export interface ArrowBatch {
  readonly rows: number;
  readonly columns: readonly ArrowColumn[];
}
