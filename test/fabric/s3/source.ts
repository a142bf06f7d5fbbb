import { connectS3, type S3Connection, type S3Options } from '../../../engine/store/s3/connection.ts';
import { createS3Store, type S3Store } from '../../../engine/store/s3/s3-store.ts';
import type { S3Server } from '../../../scripts/servers/versitygw.ts';

export const BUCKET = 'volley';

let places = 0;

/** Opens a store with a prefix and a connection that no other store uses. */
export function openPlace(
  server: Pick<S3Server, 'endpoint' | 'region' | 'credentials'>,
  options: S3Options = {},
): { readonly store: S3Store; readonly connection: S3Connection; readonly prefix: string } {
  const { endpoint, region, credentials } = server;
  const connection = connectS3({ endpoint, region, credentials, ...options });
  places += 1;
  const prefix = `place ${places}`;
  return { store: createS3Store(connection, BUCKET, prefix), connection, prefix };
}

/** Returns bytes in which no two adjacent bytes are equal. */
export function pattern(sizeBytes: number): Uint8Array {
  return new Uint8Array(sizeBytes).map((_, index) => (index * 31 + (index >> 8)) & 255);
}

export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}
