import type { volley } from '../../../proto/generated/volley.js';
import { DUCKDB_VERSION } from '../engine-version.ts';
import { tooNew } from './faults.ts';

/** The version of the messages that this code writes, and the highest version that it reads. */
export const MESSAGE_FORMAT_VERSION = 1;

/** The engine version that plans are bound to. It defines the names and semantics of functions. */
export const ENGINE_VERSION = `duckdb-${DUCKDB_VERSION}`;

/** Features that a message may require beyond its format version. A change that older readers would misread adds a feature. */
const FEATURES = ['key-prefixes', 'two-level-shuffle', 'shuffle-compression', 'stage-reference'] as const;
const KNOWN_FEATURES: ReadonlySet<string> = new Set(FEATURES);

export type Feature = (typeof FEATURES)[number];

/** Returns the header of a message that this code writes. It lists the features that the message uses. */
export function encodeHeader(...features: readonly Feature[]): volley.Header.$Properties {
  return { formatVersion: MESSAGE_FORMAT_VERSION, engineVersion: ENGINE_VERSION, requiredFeatures: [...features] };
}

/**
 * Throws `VERSION_SKEW` for a message that this code cannot read correctly. `engine` states whether the message must be for this engine
 * version. Messages to execute need `same`, and messages to display or replay need `any`.
 */
export function checkHeader(header: volley.Header.$Shape | null | undefined, engine: 'same' | 'any'): void {
  const version = header?.formatVersion ?? 0;
  if (version < 1 || version > MESSAGE_FORMAT_VERSION)
    throw tooNew(`it has format version ${version}, but only versions 1 to ${MESSAGE_FORMAT_VERSION} are supported`);
  const unknown = header?.requiredFeatures?.find((feature) => !KNOWN_FEATURES.has(feature));
  if (unknown !== undefined) throw tooNew(`it requires the feature ${JSON.stringify(unknown)}`);
  if (engine === 'same' && header?.engineVersion !== ENGINE_VERSION)
    throw tooNew(`it is for the engine ${JSON.stringify(header?.engineVersion ?? '')}, not ${ENGINE_VERSION}`);
}
