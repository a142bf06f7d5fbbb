import type { volley } from '../../../proto/generated/volley.js';
import { tooNew } from './faults.ts';

/** The version of the messages that this code writes, and the highest that it reads. */
export const formatVersion = 1;

/** The engine that plans are bound to: the names and the semantics of functions are its. */
export const engineVersion = 'duckdb-1.5.6';

/** What a message may require beyond its format version. Names are added where older readers would misread a message without knowing. */
const knownFeatures: ReadonlySet<string> = new Set();

/** The header of a message that this code writes. */
export function encodeHeader(): volley.Header.$Properties {
  return { formatVersion, engineVersion, requiredFeatures: [] };
}

/**
 * Rejects with `VERSION_SKEW` a message that this code cannot read rightly. `engine` says whether the message must also be for
 * this engine, as what is to be run must; what is only looked at need not.
 */
export function checkHeader(header: volley.Header.$Shape | null | undefined, engine: 'same' | 'any'): void {
  const version = header?.formatVersion ?? 0;
  if (version < 1 || version > formatVersion)
    throw tooNew(`format version ${version}, known are 1 to ${formatVersion}`);
  const unknown = header?.requiredFeatures?.find((feature) => !knownFeatures.has(feature));
  if (unknown !== undefined) throw tooNew(`it requires the feature ${JSON.stringify(unknown)}`);
  if (engine === 'same' && header?.engineVersion !== engineVersion)
    throw tooNew(`it is for the engine ${JSON.stringify(header?.engineVersion ?? '')}, this is ${engineVersion}`);
}
