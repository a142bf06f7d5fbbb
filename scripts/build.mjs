/** Bundles the entry points of `functions/` into `dist/`, one file each: processes that live for seconds must not spend them on loading modules. */
import { readFile } from 'node:fs/promises';
import { build } from 'esbuild';

const { version } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'));

await build({
  entryPoints: [
    'functions/volley.ts',
    'functions/executor.ts',
    'functions/kernel-worker.ts',
    'functions/planner.ts',
    // For the benchmark and tests, which measure and judge what is built.
    'functions/embedded.ts',
  ],
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node20.20',
  format: 'esm',
  sourcemap: true,
  // Native code stays where npm put it.
  external: ['koffi', '@duckdb/*'],
  define: { 'process.env.VOLLEY_BUILD_VERSION': JSON.stringify(version) },
  // Bundled CommonJS packages ask for `require`.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
