/** The product's source files and the imports between them. */
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The layers, lowest first. */
export const layers = ['proto', 'engine', 'coordinator', 'functions'] as const;

export interface Import {
  /** The path of a file in this repository, relative to the root, or the specifier of a module. */
  readonly target: string;
  readonly isOwnFile: boolean;
  readonly isTypeOnly: boolean;
}

export interface SourceFile {
  /** The path from the root of the repository. */
  readonly path: string;
  /** The text without comments. */
  readonly code: string;
  readonly imports: readonly Import[];
}

/** All source files of the layers, except generated files. */
export const sourceFiles: readonly SourceFile[] = layers.flatMap(filesBelow).map((path) => {
  const text = readFileSync(join(root, path), 'utf8');
  return { path, code: withoutComments(text), imports: importsOf(path, text) };
});

function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((path) => !path.startsWith('proto/generated/'));
}

function importsOf(path: string, text: string): Import[] {
  const statements = text.matchAll(/^\s*(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm);
  const dynamic = text.matchAll(/\b(?:import|createRequire\(import\.meta\.url\)(?:\.resolve)?)\(\s*'([^']+)'/g);
  const found = [
    ...[...statements].map((match) => ({ specifier: match[2] ?? '', isTypeOnly: match[1] !== undefined })),
    ...[...dynamic].map((match) => ({ specifier: match[1] ?? '', isTypeOnly: false })),
  ];
  return found.map(({ specifier, isTypeOnly }) => {
    const isOwnFile = specifier.startsWith('.');
    const target = isOwnFile ? normalize(join(dirname(path), specifier)).replaceAll('\\', '/') : specifier;
    return { target, isOwnFile, isTypeOnly };
  });
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}

/** Returns the package name of a specifier, or undefined for a built-in module of Node. */
export function packageName(specifier: string): string | undefined {
  if (specifier.startsWith('node:') || builtinModules.includes(specifier)) return undefined;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
