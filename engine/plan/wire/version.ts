import type { volley } from '../../../proto/generated/volley.js';
import { DUCKDB_VERSION } from '../engine-version.ts';
import { tooNew } from './faults.ts';

/** The version of the messages that this code writes, and the highest that it reads. */
export const MESSAGE_FORMAT_VERSION = 1;

/** The engine that plans are bound to: the names and the semantics of functions are its. */
export const ENGINE_VERSION = `duckdb-${DUCKDB_VERSION}`;

/** What a message may require beyond its format version. Names are added where older readers would misread a message without knowing. */
const FEATURES = ['key-prefixes', 'two-level-shuffle', 'shuffle-compression', 'stage-reference'] as const;
const KNOWN_FEATURES: ReadonlySet<string> = new Set(FEATURES);

export type Feature = (typeof FEATURES)[number];

/** The header of a message that this code writes, with the features it uses. */
export function encodeHeader(...features: readonly Feature[]): volley.Header.$Properties {
  return { formatVersion: MESSAGE_FORMAT_VERSION, engineVersion: ENGINE_VERSION, requiredFeatures: [...features] };
}

/**
 * Rejects with `VERSION_SKEW` a message that this code cannot read rightly. `engine` says whether the message must also be for
 * this engine, as what is to be run must; what is only looked at need not.
 */
export function checkHeader(header: volley.Header.$Shape | null | undefined, engine: 'same' | 'any'): void {
  const version = header?.formatVersion ?? 0;
  if (version < 1 || version > MESSAGE_FORMAT_VERSION)
    throw tooNew(`format version ${version}, known are 1 to ${MESSAGE_FORMAT_VERSION}`);
  const unknown = header?.requiredFeatures?.find((feature) => !KNOWN_FEATURES.has(feature));
  if (unknown !== undefined) throw tooNew(`it requires the feature ${JSON.stringify(unknown)}`);
  if (engine === 'same' && header?.engineVersion !== ENGINE_VERSION)
    throw tooNew(`it is for the engine ${JSON.stringify(header?.engineVersion ?? '')}, this is ${ENGINE_VERSION}`);
}
