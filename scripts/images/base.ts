/** Builds a base for the images without an image registry: a minimal Debian from its mirror, with Node and npm from npm's registry. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Docker } from '../servers/dockerd.ts';

const SUITE = 'bookworm';
const NODE = `node-linux-${process.arch === 'arm64' ? 'arm64' : 'x64'}@22.23.3`;
const NPM = 'npm@10.9.9';
/** Files that a container does not need. */
const UNNEEDED = [
  'var/cache/apt',
  'var/lib/apt/lists',
  'usr/share/doc',
  'usr/share/man',
  'usr/share/locale',
  'var/log',
];

const run = promisify(execFile);

/** Builds the base unless it already exists in the daemon, and returns its name. Requires root and debootstrap. */
export async function localBase({ docker, environment }: Docker): Promise<string> {
  const recipe = createHash('sha256').update(readFileSync(fileURLToPath(import.meta.url)));
  const name = `volley-base:${recipe.digest('hex').slice(0, 12)}`;
  if ((await docker('images', '--quiet', name)) !== '') return name;
  const folder = await mkdtemp(join(tmpdir(), 'volley-base-'));
  try {
    const root = join(folder, 'root');
    await run('debootstrap', ['--variant=minbase', '--include=ca-certificates', SUITE, root, ...debianMirror()]);
    for (const path of UNNEEDED) rmSync(join(root, path), { recursive: true, force: true });
    // Copy the machine's trusted authorities, because a proxy may sign the registries' certificates with its own
    // authority.
    const authorities = 'etc/ssl/certs/ca-certificates.crt';
    if (existsSync(`/${authorities}`)) cpSync(`/${authorities}`, join(root, authorities), { dereference: true });
    await addNode(folder, root);
    const archive = join(folder, 'base.tar');
    await run('tar', ['-C', root, '-cf', archive, '.']);
    await run('docker', ['import', '--change', 'ENV PATH=/usr/local/bin:/usr/bin:/bin', archive, name], {
      env: environment,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return name;
}

async function addNode(folder: string, root: string): Promise<void> {
  const local = join(root, 'usr', 'local');
  const node = await unpack(folder, NODE);
  cpSync(join(node, 'bin', 'node'), join(local, 'bin', 'node'));
  const npm = join(local, 'lib', 'node_modules', 'npm');
  cpSync(await unpack(folder, NPM), npm, { recursive: true });
  for (const name of ['npm', 'npx']) {
    await run('ln', ['-s', `../lib/node_modules/npm/bin/${name}-cli.js`, join(local, 'bin', name)]);
  }
}

/** Downloads a package from npm's registry and returns its folder. */
async function unpack(folder: string, name: string): Promise<string> {
  const target = join(folder, name);
  mkdirSync(target);
  await run('npm', ['pack', name, '--pack-destination', target], { cwd: folder });
  const [archive] = readdirSync(target);
  if (archive === undefined) throw new Error(`npm pack ${name} returned no package.`);
  await run('tar', ['-C', target, '-xzf', join(target, archive)]);
  return join(target, 'package');
}

/**
 * Returns the mirror in this machine's package sources, or an empty list if no mirror is configured, so that
 * debootstrap uses its default.
 */
function debianMirror(): readonly string[] {
  const sources = ['/etc/apt/sources.list', '/etc/apt/sources.list.d/debian.sources'];
  const text = sources.flatMap((path) => (existsSync(path) ? [readFileSync(path, 'utf8')] : [])).join('\n');
  const [, mirror] = /^(?:URIs:|deb(?: \[[^\]]*\])?)\s+(\S+\/debian)\/?(?:\s|$)/m.exec(text) ?? [];
  return mirror === undefined ? [] : [mirror];
}
