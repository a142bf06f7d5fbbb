import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectS3 } from '../../engine/store/s3/connection.ts';
import { createS3Store } from '../../engine/store/s3.ts';
import type { Account } from '../../localstack/resources.ts';

/** Puts the files of a folder into a bucket, below a prefix. Gives how many bytes that were. */
export async function putFolder(account: Account, bucket: string, prefix: string, folder: string): Promise<number> {
  const connection = connectS3(account);
  const store = createS3Store(connection, bucket);
  let sizeBytes = 0;
  for (const file of readdirSync(folder)) {
    const bytes = readFileSync(join(folder, file));
    await store.put(`${prefix}/${file}`, [bytes]);
    sizeBytes += bytes.length;
  }
  connection.close();
  return sizeBytes;
}
