const SIMPLE_ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
const ESCAPE = /\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{1,2})|([\s\S]))/g;

/** Decodes the content of an `E'...'` string. DuckDB rejects escapes of non-ASCII characters. */
export function decodeEscapes(written: string): string {
  return written.replace(ESCAPE, (_, octal?: string, hex?: string, other = '') => {
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
    return hex === undefined ? (SIMPLE_ESCAPES[other] ?? other) : String.fromCharCode(Number.parseInt(hex, 16));
  });
}
