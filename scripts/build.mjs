/**
 * Bundles the entry points of `functions/` into `dist/`, one file each: processes that live for seconds must not spend them on loading
 * modules. What a process may never need (S3) is in files beside them, loaded when it is.
 */
import { readdir, readFile, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { build } from 'esbuild';

const { version } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'));

const entryPoints = [
  'functions/volley.ts',
  'functions/executor.ts',
  'functions/lambda-handler.ts',
  'functions/serve.ts',
  'functions/kernel-worker.ts',
  'functions/binder.ts',
  // For the benchmark and tests, which measure and judge what is built.
  'functions/embedded/session.ts',
];

const outdir = 'dist';

/** Each by itself: together they would share files, and none would be one file. */
const results = await Promise.all(
  entryPoints.map((entryPoint) =>
    build({
      entryPoints: [entryPoint],
      outdir,
      bundle: true,
      splitting: true,
      metafile: true,
      platform: 'node',
      target: 'node20.20',
      format: 'esm',
      sourcemap: true,
      // Native code stays where npm put it, as does what reads files beside itself.
      external: ['koffi', '@duckdb/*', 'etcd3', '@grpc/grpc-js'],
      define: { 'process.env.VOLLEY_BUILD_VERSION': JSON.stringify(version) },
      // Bundled CommonJS packages ask for `require`.
      banner: {
        js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
      },
      logLevel: 'warning',
    }),
  ),
);

// Names of parts hold a hash of what is in them: those of earlier builds are nobody's any more.
const built = new Set(results.flatMap(({ metafile }) => Object.keys(metafile.outputs)).map((path) => basename(path)));
for (const name of await readdir(outdir)) {
  if (/-[A-Z0-9]{8}\.js(\.map)?$/.test(name) && !built.has(name)) await rm(`${outdir}/${name}`);
}
