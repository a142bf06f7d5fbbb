import type { Expression } from '../../plan/expression.ts';
import { type DataType, sameType } from '../../plan/types.ts';

type Call = Extract<Expression, { kind: 'function' }>;
type Decimal = Extract<DataType, { kind: 'decimal' }>;

/** Decimals of up to 18 digits are 64-bit integers. DuckDB types the sum of wider decimals by another rule. */
const MAX_WIDTH = 18;

/**
 * The inputs of a decimal sum or difference without the binder's widening by one digit, if binding them again results in exactly the call's
 * type. Otherwise each binding would add a digit that every row must cast away. Undefined if the call must stay unchanged.
 */
export function withoutWidening(call: Call): readonly Expression[] | undefined {
  const { type, inputs } = call;
  if ((call.name !== '+' && call.name !== '-') || type.kind !== 'decimal' || inputs.length !== 2) return undefined;
  const narrow = inputs.map((input) => narrowed(input, type));
  const types = narrow.flatMap((input) => (input.type.kind === 'decimal' ? [input.type] : []));
  return types.length === 2 && sameType(sumType(types), type) ? narrow : undefined;
}

/** The type of a sum: one more digit before the point than the widest input. */
function sumType(types: readonly Decimal[]): Decimal {
  const scale = Math.max(...types.map((type) => type.scale));
  const whole = Math.max(...types.map((type) => type.width - type.scale));
  return { kind: 'decimal', width: whole + scale + 1, scale };
}

function narrowed(input: Expression, sum: Decimal): Expression {
  if (sum.width > MAX_WIDTH || input.type.kind !== 'decimal') return input;
  if (input.kind === 'cast' && !input.isTry && input.input.type.kind === 'decimal') return input.input;
  const width = sum.width - 1;
  const fits = input.kind === 'constant' && typeof input.value === 'bigint' && digits(input.value) <= width;
  return fits ? { ...input, type: { ...input.type, width } } : input;
}

function digits(value: bigint): number {
  return String(value < 0n ? -value : value).length;
}
