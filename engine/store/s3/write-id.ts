import type { ObjectIdentity } from '../object-store.ts';
import { lookUp } from './read.ts';
import type { S3Place } from './request.ts';

/** Metadata of every object written: which write made it. */
export const WRITE_ID = 'volley-write';

/** The identity of the object under a key if that write made it, else undefined: a write whose answer was lost is found to be done. */
export async function wasWrittenBy(place: S3Place, key: string, writeId: string): Promise<ObjectIdentity | undefined> {
  const found = await lookUp(place, key);
  return found?.metadata[WRITE_ID] === writeId ? found.identity : undefined;
}
