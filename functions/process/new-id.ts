import { randomBytes } from 'node:crypto';

/** An id that sorts by time and that no other process picks: `20261121-093005-3f9a1c`. */
export function newId(now: Date): string {
  const digits = now.toISOString().replace(/[-:]/g, '').slice(0, 15).replace('T', '-');
  return `${digits}-${randomBytes(3).toString('hex')}`;
}
