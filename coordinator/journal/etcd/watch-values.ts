import { type Etcd3, FilterType } from 'etcd3';
import type { JobId } from '../../../engine/task/task.ts';
import { untilAnswered } from './connection.ts';
import { follow } from './follow.ts';
import { jobOf } from './keys.ts';

/**
 * Calls `found` with the job and the value of each key under a prefix, first for all existing keys, and then for each key that is written.
 */
export async function watchValues(
  client: Etcd3,
  prefix: string,
  found: (job: JobId, value: Buffer) => void,
  signal: AbortSignal,
): Promise<void> {
  await follow(client, {
    prefix,
    without: FilterType.Nodelete,
    list: async () => {
      const all = (options: { readonly deadline: number }) => client.getAll().prefix(prefix).options(options).exec();
      const { kvs, header } = await untilAnswered(`list the keys under ${prefix}`, all, { signal });
      for (const { key, value } of kvs) found(jobOf(key, prefix), value);
      return BigInt(header.revision);
    },
    changed: ({ key, value }) => found(jobOf(key, prefix), value),
    signal,
  });
}
