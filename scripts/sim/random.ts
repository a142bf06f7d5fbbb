/** A source of numbers from 0 (inclusive) to 1 (exclusive). */
export type Random = () => number;

/** Two quantiles of a latency, in ms. */
export interface Quantiles {
  readonly p50: number;
  readonly p99: number;
}

/** The 99th percentile of the standard normal distribution. */
const Z99 = 2.3263478740408408;

/** Returns a function that draws from the lognormal distribution with the two quantiles. */
export function lognormal({ p50, p99 }: Quantiles, random: Random): () => number {
  const mu = Math.log(p50);
  const sigma = Math.log(p99 / p50) / Z99;
  let spare: number | undefined;
  return () => {
    let normal = spare;
    spare = undefined;
    if (normal === undefined) {
      // The Box-Muller transform generates two normal numbers at a time.
      const radius = Math.sqrt(-2 * Math.log(1 - random()));
      const angle = 2 * Math.PI * random();
      normal = radius * Math.cos(angle);
      spare = radius * Math.sin(angle);
    }
    return Math.exp(mu + sigma * normal);
  };
}
