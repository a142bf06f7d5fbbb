import * as z from 'zod/mini';
import { lambdaLimits } from '../../coordinator/invoke/lambda-limits.ts';
import { closedObject } from '../../coordinator/schemas.ts';
import { FabricError } from '../../engine/errors.ts';
import { usage } from './usage.ts';

/** The fabric of an embedded process: this machine, with or without the limits of Lambda. */
export type FabricChoice = { readonly kind: 'local' } | { readonly kind: 'lambda'; readonly limits: LambdaLimits };

/** The deployed functions, and the limits of their account. */
export interface LambdaLimits {
  /** The deployed memory sizes. */
  readonly sizesMiB: readonly number[];
  readonly timeoutMs: number;
  /** The size of a function's scratch folder. */
  readonly scratchMiB: number;
  readonly accountConcurrency: number;
}

const FABRICS = ['local', 'lambda'] as const;

/** The default sizes, from half a vCPU to the largest function. */
const DEFAULT_SIZES_MIB = [512, 1024, 1769, 3538, 5307, 7076, 8845, 10_240];

/** The default limits, which the config file can change. */
export const DEFAULT_LIMITS: LambdaLimits = {
  sizesMiB: DEFAULT_SIZES_MIB,
  timeoutMs: 1000 * lambdaLimits.timeoutSeconds.most,
  scratchMiB: lambdaLimits.scratchMiB.least,
  accountConcurrency: lambdaLimits.accountConcurrency,
};

/** The schema of "lambda" in a config file. */
export function lambdaSchema() {
  const count = (least: number, most: number, expected = 'must be') => {
    const message = `${expected} a whole number from ${least} to ${most}`;
    return z.int(message).check(z.minimum(least, message), z.maximum(most, message));
  };
  const { memoryMiB, scratchMiB, timeoutSeconds } = lambdaLimits;
  const listOfSizes = 'must be a list of memory sizes';
  const size = count(memoryMiB.least, memoryMiB.most, `${listOfSizes}, each`);
  const section = closedObject(
    {
      sizes_mib: z.optional(z.array(size, listOfSizes).check(z.minLength(1, listOfSizes))),
      timeout_seconds: z.optional(count(timeoutSeconds.least, timeoutSeconds.most)),
      scratch_mib: z.optional(count(scratchMiB.least, scratchMiB.most)),
      concurrency: z.optional(count(1, 1_000_000)),
    },
    'must be an object',
  );
  return z.pipe(
    section,
    z.transform(
      ({ sizes_mib, timeout_seconds, scratch_mib, concurrency }): LambdaLimits => ({
        sizesMiB: sizes_mib ?? DEFAULT_LIMITS.sizesMiB,
        timeoutMs: timeout_seconds === undefined ? DEFAULT_LIMITS.timeoutMs : 1000 * timeout_seconds,
        scratchMiB: scratch_mib ?? DEFAULT_LIMITS.scratchMiB,
        accountConcurrency: concurrency ?? DEFAULT_LIMITS.accountConcurrency,
      }),
    ),
  );
}

/** Returns the fabric with a given name. `limits` applies to `lambda`. Throws `USAGE`. */
export function fabricChoice(name: string, limits: LambdaLimits): FabricChoice {
  const kind = FABRICS.find((each) => each === name.toLowerCase());
  if (kind === undefined) throw usage(`Unknown fabric "${name}". Valid fabrics: ${FABRICS.join(', ')}.`);
  return kind === 'local' ? { kind } : { kind, limits };
}

/** The default memory of a function: the smallest size with one full vCPU. */
const DEFAULT_MEMORY_MIB = 1769;

/**
 * Returns the smallest deployed size with at least this much memory. Throws `INVALID_SETTING` if no size is large
 * enough.
 */
export function functionSize({ sizesMiB }: LambdaLimits, wantedMiB: number | undefined): number {
  const sorted = sizesMiB.toSorted((left, right) => left - right);
  const largest = sorted.at(-1) ?? 0;
  const found = sorted.find((size) => size >= (wantedMiB ?? Math.min(DEFAULT_MEMORY_MIB, largest)));
  if (found !== undefined) return found;
  throw new FabricError(
    'INVALID_SETTING',
    `No function has ${wantedMiB} MiB of memory. Available sizes: ${sorted.join(', ')}. Set memory to at most ${largest}, or increase the setting fanout.`,
    { details: { setting: 'memory', value: String(wantedMiB) } },
  );
}
