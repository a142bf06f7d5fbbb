import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, normalize, relative } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const layers = ['proto', 'engine', 'coordinator', 'functions'] as const;

/** The parts of the coordinator: each may import those of the lines above its own and no other part of its own line. */
const coordinatorParts = [
  ['settings.ts', 'schemas.ts', 'clock.ts', 'http-server/'],
  ['price/', 'scheduler/'],
  ['planner/', 'catalog/', 'journal/', 'invoke/'],
  ['binder/'],
  ['jobs/'],
  ['front/'],
];

/** Folders whose code is a function of its arguments: they may use one another and types, nothing that does I/O. */
const pureFolders = ['proto/', 'engine/plan/', 'coordinator/planner/', 'coordinator/scheduler/', 'coordinator/price/'];
const pureFiles = ['engine/errors.ts', 'engine/store/request-counts.ts'];
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
  'apache-arrow': ['engine/arrow/', 'coordinator/front/'],
  flatbuffers: ['engine/arrow/'],
  'lz4-napi': ['engine/arrow/'],
  protobufjs: ['proto/'],
  hyparquet: ['engine/scan/'],
  commander: ['functions/'],
  zod: [
    'coordinator/settings.ts',
    'coordinator/schemas.ts',
    'coordinator/front/http/',
    'functions/config/',
    'functions/serve/config.ts',
  ],
  '@aws-sdk/client-lambda': ['coordinator/invoke/lambda.ts', 'coordinator/invoke/lambda-version.ts'],
  '@aws-sdk/client-s3': ['engine/store/s3/'],
  etcd3: ['coordinator/journal/etcd/etcd-journal.ts', 'coordinator/journal/etcd/'],
  '@grpc/grpc-js': ['coordinator/journal/etcd/'],
  cockatiel: ['coordinator/journal/etcd/'],
};

interface Import {
  readonly specifier: string;
  readonly typeOnly: boolean;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((file) => !file.startsWith('proto/generated/'));
}

function importsOf(source: string): Import[] {
  const statements = source.matchAll(/^\s*(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm);
  const dynamic = source.matchAll(/\bimport\(\s*'([^']+)'/g);
  return [
    ...[...statements].map((match) => ({ specifier: match[2] ?? '', typeOnly: match[1] !== undefined })),
    ...[...dynamic].map((match) => ({ specifier: match[1] ?? '', typeOnly: false })),
  ];
}

const packageName = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
const isBuiltin = (specifier: string): boolean => specifier.startsWith('node:') || builtinModules.includes(specifier);
const isPure = (file: string): boolean =>
  pureFolders.some((folder) => file.startsWith(folder)) || pureFiles.includes(file);
const withoutComments = (source: string): string =>
  source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');

const files = layers.flatMap(sourceFiles).map((file) => {
  const source = readFileSync(join(root, file), 'utf8');
  return { file, source: withoutComments(source), imports: importsOf(source) };
});

/** The files of this repository that a file imports. */
function ownFiles(file: string, imports: readonly Import[]): string[] {
  return imports
    .filter(({ specifier }) => specifier.startsWith('.'))
    .map(({ specifier }) => normalize(join(dirname(file), specifier)).replaceAll('\\', '/'));
}

function violations(find: (file: (typeof files)[number]) => readonly string[]): string[] {
  return files.flatMap((file) => find(file).map((problem) => `${file.file}: ${problem}`));
}

test('the sources are found', () => {
  for (const layer of layers)
    assert.ok(files.some(({ file }) => file.startsWith(`${layer}/`)) || layer === 'proto', layer);
  assert.ok(files.flatMap(({ imports }) => imports).length > 100);
});

test('imports go only to the left: proto, engine, coordinator, functions', () => {
  const rank = (file: string): number => layers.findIndex((layer) => file.startsWith(`${layer}/`));
  const found = violations(({ file, imports }) =>
    ownFiles(file, imports)
      .filter((target) => rank(target) < 0 || rank(target) > rank(file))
      .map((target) => `imports ${target}`),
  );
  assert.deepEqual(found, []);
});

test('parts of the coordinator import only those below them', () => {
  const partOf = (file: string): string | undefined =>
    coordinatorParts.flat().find((part) => file.startsWith(`coordinator/${part}`));
  const level = (part: string): number => coordinatorParts.findIndex((parts) => parts.includes(part));
  const found = violations(({ file, imports }) => {
    if (!file.startsWith('coordinator/')) return [];
    const own = partOf(file);
    if (own === undefined) return ['has no place among the parts of the coordinator'];
    return ownFiles(file, imports)
      .filter((target) => {
        const part = partOf(target);
        return part !== undefined && part !== own && level(part) >= level(own);
      })
      .map((target) => `imports ${target}`);
  });
  assert.deepEqual(found, []);
});

test('pure folders import no I/O and ask neither clock nor chance', () => {
  const found = violations(({ file, source, imports }) => {
    if (!isPure(file)) return [];
    const reached = imports
      .filter(({ typeOnly }) => !typeOnly)
      .filter(({ specifier }) => {
        if (!specifier.startsWith('.')) return !(file.startsWith('proto/') && packageName(specifier) === 'protobufjs');
        return !isPure(normalize(join(dirname(file), specifier)).replaceAll('\\', '/'));
      })
      .map(({ specifier }) => `imports ${specifier}`);
    return [...reached, ...impure.filter((pattern) => pattern.test(source)).map((pattern) => `uses ${pattern.source}`)];
  });
  assert.deepEqual(found, []);
});

test('each third-party package is imported only in its home', () => {
  const found = violations(({ file, imports }) =>
    imports
      .filter(({ specifier }) => !specifier.startsWith('.') && !isBuiltin(specifier))
      .filter(({ specifier }) => !(packageHomes[packageName(specifier)] ?? []).some((home) => file.startsWith(home)))
      .map(({ specifier }) => `imports ${specifier}`),
  );
  assert.deepEqual(found, []);
});

test('only the configuration reads the environment', () => {
  const readers = new Set([
    'functions/config/config.ts',
    'functions/executor/config.ts',
    'functions/serve/config.ts',
    'functions/config/s3-settings.ts',
  ]);
  const found = violations(({ file, source }) =>
    /\bprocess\.env\b/.test(source) && !readers.has(file) ? ['reads process.env'] : [],
  );
  assert.deepEqual(found, []);
});

test('no file hides behind a folder name that says nothing', () => {
  const found = violations(({ file }) =>
    /(^|\/)(utils?|common|helpers?|misc)(\/|\.ts$)/.test(file) ? ['is named for nothing'] : [],
  );
  assert.deepEqual(found, []);
});
