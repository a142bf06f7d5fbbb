import { randomBytes } from 'node:crypto';

/** A unique id that sorts by time: `20261121-093005-3f9a1c`. */
export function newId(now: Date): string {
  const digits = now.toISOString().replace(/[-:]/g, '').slice(0, 15).replace('T', '-');
  return `${digits}-${randomBytes(3).toString('hex')}`;
}
