import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import test from 'node:test';
import { cyclesIn, type Graph, pathsFrom } from './graph.ts';
import { existsInRepository, namedPaths } from './named-paths.ts';
import { type Import, layers, packageName, type SourceFile, sourceFiles } from './sources.ts';

/**
 * The parts of each layer, lowest first. A part may import parts of earlier lines, but no other part of its own line.
 * `*.ts` stands for the files directly in the layer's folder.
 */
const partOrder: Readonly<Record<string, readonly (readonly string[])[]>> = {
  engine: [
    ['errors.ts'],
    ['timer.ts'],
    ['retry.ts'],
    ['store/'],
    ['arrow/', 'scan/', 'plan/'],
    ['task/'],
    ['shuffle/', 'duckdb/'],
    ['execute/'],
  ],
  coordinator: [
    ['schemas.ts', 'check-json.ts', 'clock.ts', 'process-memory.ts', 'http-server/'],
    ['settings.ts'],
    ['price/', 'scheduler/'],
    ['planner/', 'catalog/', 'journal/', 'invoke/'],
    ['binder/'],
    ['jobs/'],
    ['front/'],
  ],
  functions: [['config/', 'process/'], ['fabric/'], ['embedded/', 'serve/', 'executor/'], ['cli/'], ['*.ts']],
};

/** Code that only computes results from its arguments. It may import types from anywhere, but nothing that does I/O. */
const pureFolders = ['proto/', 'engine/plan/', 'coordinator/planner/', 'coordinator/scheduler/', 'coordinator/price/'];
const pureFiles = ['engine/errors.ts', 'engine/retry.ts', 'engine/store/request-counts.ts'];
const impure = [
  /\bprocess\./,
  /\bDate\.now\b/,
  /\bnew Date\(\)/,
  /\bMath\.random\b/,
  /\bperformance\./,
  /\brandomUUID\b/,
  /\bset(?:Timeout|Interval|Immediate)\b/,
];

/** Each third-party package and the only places that may import it. */
const packageHomes: Readonly<Record<string, readonly string[]>> = {
  koffi: ['engine/duckdb/kernel/'],
  '@duckdb/node-api': [],
  '@duckdb/node-bindings': ['engine/duckdb/kernel/'],
  'apache-arrow': ['engine/arrow/'],
  flatbuffers: ['engine/arrow/'],
  'lz4-napi': ['engine/arrow/'],
  protobufjs: ['proto/'],
  hyparquet: ['engine/scan/'],
  commander: ['functions/'],
  fastify: ['coordinator/front/http/server.ts'],
  'string-width': ['coordinator/front/result/terminal-text.ts'],
  zod: [
    'coordinator/settings.ts',
    'coordinator/schemas.ts',
    'coordinator/front/http/',
    'functions/config/',
    'functions/serve/config.ts',
  ],
  '@aws-sdk/client-lambda': ['coordinator/invoke/lambda.ts', 'coordinator/invoke/lambda-version.ts'],
  '@aws-sdk/client-s3': ['engine/store/s3/'],
  etcd3: ['coordinator/journal/etcd/'],
  '@grpc/grpc-js': ['coordinator/journal/etcd/'],
  cockatiel: ['coordinator/journal/etcd/'],
};

/** The programs whose own process must not load DuckDB. A child process parses and binds the SQL of users. */
const coordinatorPrograms = ['functions/serve.ts', 'functions/volley.ts'];
const loadsDuckdb = (target: string): boolean =>
  target.startsWith('engine/duckdb/kernel/') || target.startsWith('@duckdb/') || target === 'koffi';

const environmentReaders = new Set([
  'functions/config/config.ts',
  'functions/executor/config.ts',
  'functions/serve/config.ts',
  'functions/config/s3-settings.ts',
]);

function violations(find: (file: SourceFile) => readonly string[]): string[] {
  return sourceFiles.flatMap((file) => find(file).map((problem) => `${file.path} ${problem}`));
}

/** Returns the imports of each source file that `include` selects. */
function importGraph(include: (each: Import) => boolean): Graph {
  return new Map(
    sourceFiles.map(({ path, imports }) => [path, new Set(imports.filter(include).map(({ target }) => target))]),
  );
}

test('finds the sources and their imports', () => {
  for (const layer of layers)
    assert.ok(
      sourceFiles.some(({ path }) => path.startsWith(`${layer}/`)),
      layer,
    );
  assert.ok(sourceFiles.flatMap(({ imports }) => imports).length > 1000);
});

test('each layer imports only itself and lower layers', () => {
  const rank = (path: string): number => layers.findIndex((layer) => path.startsWith(`${layer}/`));
  const found = violations(({ path, imports }) =>
    imports
      .filter(({ target, isOwnFile }) => isOwnFile && (rank(target) < 0 || rank(target) > rank(path)))
      .map(({ target }) => `imports ${target}`),
  );
  assert.deepEqual(found, []);
});

for (const [layer, lines] of Object.entries(partOrder)) {
  const partOf = (path: string): string | undefined => {
    const name = path.slice(layer.length + 1);
    return lines
      .flat()
      .find((part) =>
        part === '*.ts' ? !name.includes('/') : part.endsWith('/') ? name.startsWith(part) : name === part,
      );
  };
  const level = (part: string): number => lines.findIndex((line) => line.includes(part));

  test(`parts of ${layer} import only lower parts`, () => {
    const found = violations(({ path, imports }) => {
      if (!path.startsWith(`${layer}/`)) return [];
      const own = partOf(path);
      if (own === undefined) return [`belongs to no part of ${layer}: add it to partOrder`];
      return imports
        .map(({ target }) => target)
        .filter((target) => {
          const part = target.startsWith(`${layer}/`) ? partOf(target) : undefined;
          return part !== undefined && part !== own && level(part) >= level(own);
        })
        .map((target) => `imports ${target}`);
    });
    assert.deepEqual(found, []);
  });
}

test('the imports between files, including type imports, form no cycle', () => {
  assert.deepEqual(cyclesIn(importGraph(({ isOwnFile }) => isOwnFile)), []);
});

test('the imports between folders, including type imports, form no cycle', () => {
  const folders = new Map<string, Set<string>>();
  for (const { path, imports } of sourceFiles) {
    const folder = dirname(path);
    const imported = folders.get(folder) ?? new Set();
    folders.set(folder, imported);
    for (const { target, isOwnFile } of imports)
      if (isOwnFile && dirname(target) !== folder) imported.add(dirname(target));
  }
  assert.deepEqual(cyclesIn(folders), []);
});

test('pure code imports no I/O and reads neither the clock nor random numbers', () => {
  const isPure = (path: string): boolean =>
    pureFolders.some((folder) => path.startsWith(folder)) || pureFiles.includes(path);
  const found = violations(({ path, code, imports }) => {
    if (!isPure(path)) return [];
    const reached = imports
      .filter(({ isTypeOnly }) => !isTypeOnly)
      .filter(({ target, isOwnFile }) => {
        if (isOwnFile) return !isPure(target);
        return !(path.startsWith('proto/') && packageName(target) === 'protobufjs');
      })
      .map(({ target }) => `imports ${target}`);
    return [...reached, ...impure.filter((pattern) => pattern.test(code)).map((pattern) => `uses ${pattern.source}`)];
  });
  assert.deepEqual(found, []);
});

test('each third-party package is imported only in its designated places', () => {
  const found = violations(({ path, imports }) =>
    imports
      .filter(({ isOwnFile }) => !isOwnFile)
      .filter(({ target }) => {
        const name = packageName(target);
        return name !== undefined && !(packageHomes[name] ?? []).some((home) => path.startsWith(home));
      })
      .map(({ target }) => `imports ${target}`),
  );
  assert.deepEqual(found, []);
});

test('each designated place of a package imports the package', () => {
  const isImportedIn = (name: string, home: string): boolean =>
    sourceFiles.some(
      ({ path, imports }) =>
        path.startsWith(home) && imports.some(({ target, isOwnFile }) => !isOwnFile && packageName(target) === name),
    );
  const found = Object.entries(packageHomes).flatMap(([name, homes]) =>
    homes.filter((home) => !isImportedIn(name, home)).map((home) => `${home} does not import ${name}`),
  );
  assert.deepEqual(found, []);
});

test('every repository path named in a comment or a document exists', () => {
  assert.ok(namedPaths.length > 200);
  assert.deepEqual(
    namedPaths.filter(({ named }) => !existsInRepository(named)),
    [],
  );
});

test('the coordinator process never loads DuckDB', () => {
  const graph = importGraph(({ isTypeOnly }) => !isTypeOnly);
  const found = coordinatorPrograms.flatMap((program) => {
    assert.ok(graph.has(program), program);
    return [...pathsFrom(program, graph)]
      .filter(([target]) => loadsDuckdb(target))
      .map(([, path]) => path.join(' -> '));
  });
  assert.deepEqual(found, []);
});

test('only the configuration files read the environment', () => {
  const found = violations(({ path, code }) =>
    /\bprocess\.env\b/.test(code) && !environmentReaders.has(path) ? ['reads process.env'] : [],
  );
  assert.deepEqual(found, []);
});

test('no file or folder is named utils, common, helpers or misc', () => {
  const found = violations(({ path }) =>
    /(^|\/)(utils?|common|helpers?|misc)(\/|\.ts$)/.test(path) ? ['has a name that does not say what it holds'] : [],
  );
  assert.deepEqual(found, []);
});
