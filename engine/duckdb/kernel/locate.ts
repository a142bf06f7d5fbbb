import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { FabricError } from '../../errors.ts';

const SHARED_LIBRARY: Readonly<Record<string, string>> = { linux: 'libduckdb.so', darwin: 'libduckdb.dylib' };

/**
 * Returns the path of libduckdb in the platform package that `@duckdb/node-bindings` depends on. Throws `INTERNAL` if the platform is not
 * supported or the package is not installed.
 */
export function locateLibrary(platform: string = process.platform, arch: string = process.arch): string {
  const file = SHARED_LIBRARY[platform];
  if (file === undefined || (arch !== 'x64' && arch !== 'arm64')) {
    throw new FabricError(
      'INTERNAL',
      `The platform ${platform}-${arch} is not supported. Use linux or darwin on x64 or arm64.`,
    );
  }
  // The platform package is a dependency of the bindings and may not be hoisted, so resolve it from the bindings
  // package.
  const bindings = createRequire(createRequire(import.meta.url).resolve('@duckdb/node-bindings/package.json'));
  for (const libc of platform === 'linux' ? ['', '-musl'] : ['']) {
    try {
      const folder = dirname(bindings.resolve(`@duckdb/node-bindings-${platform}-${arch}${libc}/package.json`));
      const path = join(folder, file);
      if (existsSync(path)) return path;
    } catch {
      // This package is not installed. npm installs only the package for the machine's libc.
    }
  }
  throw new FabricError(
    'INTERNAL',
    `${file} is missing. Install the package @duckdb/node-bindings-${platform}-${arch}.`,
  );
}
