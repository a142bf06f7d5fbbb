import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectS3 } from '../../engine/store/s3/connection.ts';
import { createS3Store } from '../../engine/store/s3/s3-store.ts';
import type { Account } from '../../localstack/resources.ts';

/** Puts the files of a folder into a bucket, below a prefix. */
export async function putFolder(
  account: Account,
  bucket: string,
  prefix: string,
  folder: string,
): Promise<{ readonly files: number; readonly sizeBytes: number }> {
  const connection = connectS3(account);
  const store = createS3Store(connection, bucket);
  const files = readdirSync(folder);
  let sizeBytes = 0;
  for (const file of files) {
    const bytes = readFileSync(join(folder, file));
    await store.put(`${prefix}/${file}`, [bytes]);
    sizeBytes += bytes.length;
  }
  connection.close();
  return { files: files.length, sizeBytes };
}
