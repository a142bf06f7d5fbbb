import { type Etcd3, FilterType } from 'etcd3';
import type { JobId } from '../../../engine/task/task.ts';
import { untilAnswered } from './connection.ts';
import { follow } from './follow.ts';
import { jobOf } from './keys.ts';

/** Calls back with the value of each key under a prefix and the job it belongs to: first the present ones, then each as it is written. */
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
      const { kvs, header } = await untilAnswered(`list ${prefix}`, all, { signal });
      for (const { key, value } of kvs) found(jobOf(key, prefix), value);
      return BigInt(header.revision);
    },
    changed: ({ key, value }) => found(jobOf(key, prefix), value),
    signal,
  });
}
