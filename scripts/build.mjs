/**
 * Bundles each entry point of `functions/` into one file in `dist/`, because short-lived processes must not spend their
 * time loading modules. Optional code (S3) goes into separate files that are loaded on demand.
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
  'functions/result-writer.ts',
  // For the benchmark and for tests of the built program.
  'functions/embedded/session.ts',
];

const outdir = 'dist';

/** Entry points built separately, because a joint build would move shared code into common files. */
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
      // Native code, and packages that read files in their own folders, stay in node_modules.
      external: ['koffi', '@duckdb/*', 'etcd3', '@grpc/grpc-js'],
      define: { 'process.env.VOLLEY_BUILD_VERSION': JSON.stringify(version) },
      // Bundled CommonJS packages call `require`.
      banner: {
        js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
      },
      logLevel: 'warning',
    }),
  ),
);

// Remove the chunks of earlier builds, because chunk names contain a hash.
const built = new Set(results.flatMap(({ metafile }) => Object.keys(metafile.outputs)).map((path) => basename(path)));
for (const name of await readdir(outdir)) {
  if (/-[A-Z0-9]{8}\.js(\.map)?$/.test(name) && !built.has(name)) await rm(`${outdir}/${name}`);
}
