import type { S3Settings } from '../config/s3-settings.ts';
import { locationText, parseStoreLocation } from '../config/store-location.ts';
import { openStore } from './open-store.ts';
import type { OpenRunStore } from './run-directory.ts';

/** Opens the stores of dead runs for a sweep: those on this machine, and in S3 the one that this process uses itself (`own`). */
export function openOwnRunStore(own: string | undefined, s3: S3Settings): OpenRunStore {
  const ownText = own === undefined ? undefined : locationText(parseStoreLocation(own));
  return async (text) => {
    const location = parseStoreLocation(text);
    if (location.kind === 's3' && locationText(location) !== ownText) return undefined;
    return openStore(location, s3);
  };
}
