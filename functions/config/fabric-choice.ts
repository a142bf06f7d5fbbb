import { lambdaLimits } from '../../coordinator/invoke/lambda-limits.ts';
import { FabricError } from '../../engine/errors.ts';

/** What the jobs of an embedded process run on: its machine as it is, or its machine under the limits of Lambda. */
export type FabricChoice = { readonly kind: 'local' } | { readonly kind: 'lambda'; readonly limits: LambdaLimits };

/** The functions that are deployed, or would be, and the account they are in. */
export interface LambdaLimits {
  /** The memory sizes that there are. */
  readonly sizesMiB: readonly number[];
  readonly timeoutMs: number;
  /** What a function may keep in its scratch folder. */
  readonly scratchMiB: number;
  readonly accountConcurrency: number;
}

const FABRICS = ['local', 'lambda'] as const;

/** From half a vCPU to all that there are. */
const USUAL_SIZES_MIB = [512, 1024, 1769, 3538, 5307, 7076, 8845, 10_240];

/**
 * The fabric by its name; `lambda` is what the config file says of Lambda, `{}` where it says nothing. Throws `USAGE` naming what
 * is wrong.
 */
export function fabricChoice(name: string, lambda: unknown): FabricChoice {
  const kind = FABRICS.find((each) => each === name.toLowerCase());
  if (kind === undefined) {
    throw new FabricError('USAGE', `There is no fabric "${name}". Fabrics are: ${FABRICS.join(', ')}.`);
  }
  const limits = lambdaLimitsFrom(lambda);
  return kind === 'local' ? { kind } : { kind, limits };
}

/** Where nothing else is set, a function has one whole vCPU, which comes with so much memory. */
const USUAL_MEMORY_MIB = 1769;

/** The smallest deployed size that has as much memory. Throws `INVALID_SETTING` where none has. */
export function functionSize({ sizesMiB }: LambdaLimits, wantedMiB: number | undefined): number {
  const sorted = sizesMiB.toSorted((left, right) => left - right);
  const largest = sorted.at(-1) ?? 0;
  const found = sorted.find((size) => size >= (wantedMiB ?? Math.min(USUAL_MEMORY_MIB, largest)));
  if (found !== undefined) return found;
  throw new FabricError(
    'INVALID_SETTING',
    `No function has ${wantedMiB} MiB: the sizes are ${sorted.join(', ')}. Set memory to at most ${largest}, or cut the work finer (setting fanout).`,
    { details: { setting: 'memory', value: String(wantedMiB) } },
  );
}

function lambdaLimitsFrom(value: unknown): LambdaLimits {
  const { memoryMiB, scratchMiB, timeoutSeconds, accountConcurrency } = lambdaLimits;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong('"lambda" must be an object');
  const fields = new Map<string, unknown>(Object.entries(value));
  const take = (key: string, usual: number, least: number, most: number): number => {
    const field = fields.get(key) ?? usual;
    fields.delete(key);
    return within(field, `"lambda.${key}" must be`, least, most);
  };
  const sizes = fields.get('sizes_mib') ?? USUAL_SIZES_MIB;
  fields.delete('sizes_mib');
  if (!Array.isArray(sizes) || sizes.length === 0) throw wrong('"lambda.sizes_mib" must be a list of memory sizes');
  const limits = {
    sizesMiB: sizes.map((size) => within(size, '"lambda.sizes_mib" must hold', memoryMiB.least, memoryMiB.most)),
    timeoutMs: 1000 * take('timeout_seconds', timeoutSeconds.most, timeoutSeconds.least, timeoutSeconds.most),
    scratchMiB: take('scratch_mib', scratchMiB.least, scratchMiB.least, scratchMiB.most),
    accountConcurrency: take('concurrency', accountConcurrency, 1, 1_000_000),
  };
  const [unknown] = fields.keys();
  if (unknown === undefined) return limits;
  throw wrong(`"lambda.${unknown}" is not one of sizes_mib, timeout_seconds, scratch_mib, concurrency`);
}

function within(value: unknown, what: string, least: number, most: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
  throw wrong(`${what} a whole number from ${least} to ${most}`);
}

function wrong(what: string): FabricError {
  return new FabricError('USAGE', `The config file is wrong: ${what}.`);
}
