import type { Expression } from '../../plan/expression.ts';
import { type DataType, sameType } from '../../plan/types.ts';

type Call = Extract<Expression, { kind: 'function' }>;
type Decimal = Extract<DataType, { kind: 'decimal' }>;

/** Maximum width of a decimal that DuckDB stores in 64 bits. The type of a wider sum follows another rule. */
const MAX_WIDTH = 18;

/**
 * Returns the inputs of a decimal sum or difference without the extra digit that DuckDB's binder added to them. With the extra digit,
 * binding the call again would add another digit, and every row would need a cast. Returns undefined if binding the narrow inputs does not
 * result in exactly the call's type.
 */
export function withoutWidening(call: Call): readonly Expression[] | undefined {
  const { type, inputs } = call;
  if ((call.name !== '+' && call.name !== '-') || type.kind !== 'decimal' || inputs.length !== 2) return undefined;
  const narrow = inputs.map((input) => narrowed(input, type));
  const types = narrow.flatMap((input) => (input.type.kind === 'decimal' ? [input.type] : []));
  return types.length === 2 && sameType(sumType(types), type) ? narrow : undefined;
}

/** Returns the type of a sum. It has one more digit before the decimal point than the widest input. */
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
