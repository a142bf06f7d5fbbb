import type { ArrowField, ArrowType } from '../../arrow/batch.ts';
import { layoutOf } from '../../arrow/layout.ts';
import { FabricError } from '../../errors.ts';

/** The nested type kinds. A format string does not describe their children, so the caller supplies them. */
type Nested = 'list' | 'fixed-list' | 'struct' | 'map';
type FlatType = Exclude<ArrowType, { readonly kind: Nested }>;

/** A type without its children, as described by a format string of the Arrow C data interface. */
export type FormatShape =
  | FlatType
  | { readonly kind: Exclude<Nested, 'fixed-list'> }
  | { readonly kind: 'fixed-list'; readonly size: number };

const FLAT_FORMATS: readonly (readonly [string, FlatType])[] = [
  ['n', { kind: 'null' }],
  ['b', { kind: 'bool' }],
  ['c', { kind: 'int', bits: 8, signed: true }],
  ['C', { kind: 'int', bits: 8, signed: false }],
  ['s', { kind: 'int', bits: 16, signed: true }],
  ['S', { kind: 'int', bits: 16, signed: false }],
  ['i', { kind: 'int', bits: 32, signed: true }],
  ['I', { kind: 'int', bits: 32, signed: false }],
  ['l', { kind: 'int', bits: 64, signed: true }],
  ['L', { kind: 'int', bits: 64, signed: false }],
  ['f', { kind: 'float', bits: 32 }],
  ['g', { kind: 'float', bits: 64 }],
  ['u', { kind: 'utf8' }],
  ['z', { kind: 'binary' }],
  ['tdD', { kind: 'date32' }],
  ['ttu', { kind: 'time64', unit: 'us' }],
  ['ttn', { kind: 'time64', unit: 'ns' }],
  ['tin', { kind: 'interval-month-day-nano' }],
];
const BY_FORMAT = new Map(FLAT_FORMATS);
const TIMESTAMP_UNITS = { s: 's', m: 'ms', u: 'us', n: 'ns' } as const;

/** Returns the format string of a type. Source: Arrow C data interface, "Data type description - format strings". */
export function formatOf(type: ArrowType): string {
  switch (type.kind) {
    case 'decimal':
      return type.bits === 128 ? `d:${type.precision},${type.scale}` : `d:${type.precision},${type.scale},${type.bits}`;
    case 'fixed-binary':
      return `w:${type.width}`;
    case 'timestamp':
      return `ts${type.unit[0]}:${type.zone ?? ''}`;
    case 'list':
      return '+l';
    case 'fixed-list':
      return `+w:${type.size}`;
    case 'struct':
      return '+s';
    case 'map':
      return '+m';
    default: {
      const found = FLAT_FORMATS.find(([, flat]) => sameFlatType(flat, type));
      if (found === undefined)
        throw new FabricError('INTERNAL', `There is no Arrow format string for the type ${JSON.stringify(type)}.`);
      return found[0];
    }
  }
}

/**
 * Parses a format string. A binary view is parsed as binary, since only its layout differs. Throws `INTERNAL` for a format that no wire
 * type uses.
 */
export function shapeOf(format: string): FormatShape {
  const flat = BY_FORMAT.get(format === 'vz' ? 'z' : format);
  if (flat !== undefined) return flat;
  const decimal = /^d:(\d+),(\d+)(?:,(32|64|128))?$/.exec(format);
  if (decimal !== null) {
    const bits = decimal[3] === '32' ? 32 : decimal[3] === '64' ? 64 : 128;
    return { kind: 'decimal', bits, precision: Number(decimal[1]), scale: Number(decimal[2]) };
  }
  const sized = /^(\+?w):(\d+)$/.exec(format);
  if (sized?.[1] === 'w') return { kind: 'fixed-binary', width: Number(sized[2]) };
  if (sized?.[1] === '+w') return { kind: 'fixed-list', size: Number(sized[2]) };
  const timestamp = /^ts([smun]):(.*)$/.exec(format);
  if (timestamp !== null) {
    const unit = TIMESTAMP_UNITS[timestamp[1] as keyof typeof TIMESTAMP_UNITS];
    return timestamp[2] === '' || timestamp[2] === undefined
      ? { kind: 'timestamp', unit }
      : { kind: 'timestamp', unit, zone: timestamp[2] };
  }
  if (format === '+l') return { kind: 'list' };
  if (format === '+s') return { kind: 'struct' };
  if (format === '+m') return { kind: 'map' };
  throw new FabricError('INTERNAL', `DuckDB returned the Arrow format ${format}, which no wire type uses.`);
}

/**
 * Returns whether two fields hold the same bytes with the same meaning. Compares types and extensions recursively. Ignores names and the
 * display time zone of timestamps, because DuckDB reports the session's time zone.
 */
export function samePhysicalType(left: ArrowField, right: ArrowField): boolean {
  if (left.extension?.name !== right.extension?.name || left.extension?.metadata !== right.extension?.metadata)
    return false;
  if (left.type.kind === 'timestamp' && right.type.kind === 'timestamp') {
    return left.type.unit === right.type.unit && (left.type.zone === undefined) === (right.type.zone === undefined);
  }
  if (formatOf(left.type) !== formatOf(right.type)) return false;
  const children = layoutOf(left.type).children;
  const others = layoutOf(right.type).children;
  return (
    children.length === others.length &&
    children.every((child, index) => {
      const other = others[index];
      return other !== undefined && samePhysicalType(child, other);
    })
  );
}

function sameFlatType(left: FlatType, right: ArrowType): boolean {
  if (left.kind !== right.kind) return false;
  if (left.kind === 'int' && right.kind === 'int') return left.bits === right.bits && left.signed === right.signed;
  if (left.kind === 'float' && right.kind === 'float') return left.bits === right.bits;
  if (left.kind === 'time64' && right.kind === 'time64') return left.unit === right.unit;
  return true;
}
