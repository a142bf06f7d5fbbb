import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { FabricError } from '../../errors.ts';

const SHARED_LIBRARY: Readonly<Record<string, string>> = { linux: 'libduckdb.so', darwin: 'libduckdb.dylib' };

/**
 * The path of libduckdb in the platform package that `@duckdb/node-bindings` depends on. Throws `INTERNAL` if the platform is not supported
 * or the package is not installed.
 */
export function locateLibrary(platform: string = process.platform, arch: string = process.arch): string {
  const file = SHARED_LIBRARY[platform];
  if (file === undefined || (arch !== 'x64' && arch !== 'arm64')) {
    throw new FabricError(
      'INTERNAL',
      `DuckDB has no library for ${platform}-${arch}: linux and darwin on x64 and arm64 are supported`,
    );
  }
  // The platform package is a dependency of the bindings and may not be hoisted, so resolve it from there.
  const bindings = createRequire(createRequire(import.meta.url).resolve('@duckdb/node-bindings/package.json'));
  for (const libc of platform === 'linux' ? ['', '-musl'] : ['']) {
    try {
      const folder = dirname(bindings.resolve(`@duckdb/node-bindings-${platform}-${arch}${libc}/package.json`));
      const path = join(folder, file);
      if (existsSync(path)) return path;
    } catch {
      // Not installed: npm installs only the package of the machine's own libc.
    }
  }
  throw new FabricError(
    'INTERNAL',
    `${file} is missing: the package @duckdb/node-bindings-${platform}-${arch} is not installed`,
  );
}
