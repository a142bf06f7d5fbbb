/** Builds the images. Docker caches unchanged layers. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Docker } from '../servers/dockerd.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The images, named after the program that they run. */
export type ImageName = 'executor' | 'coordinator';

export interface BuiltImage {
  /** The image's name, such as `volley-executor:latest`. */
  readonly tag: string;
  /** The size in addition to the base, in bytes. */
  readonly addedBytes: number;
}

/** Builds one image on a base. Rejects with the builder's output. */
export async function buildImage(docker: Docker, name: ImageName, base: string): Promise<BuiltImage> {
  const tag = `volley-${name}:latest`;
  const registry = (await promisify(execFile)('npm', ['config', 'get', 'registry'], { cwd: root })).stdout.trim();
  const authorities = '/etc/ssl/certs/ca-certificates.crt';
  await docker.docker(
    ...['build', '--quiet', '--network', 'host', '--tag', tag, '--file', `${root}/infra/docker/${name}.Dockerfile`],
    ...['--build-arg', `BASE_IMAGE=${base}`, '--build-arg', `NPM_CONFIG_REGISTRY=${registry}`],
    ...(existsSync(authorities) ? ['--build-arg', `NODE_EXTRA_CA_CERTS=${authorities}`] : []),
    root,
  );
  const [size, baseSize] = await Promise.all([tag, base].map((image) => sizeBytes(docker, image)));
  return { tag, addedBytes: (size ?? 0) - (baseSize ?? 0) };
}

async function sizeBytes({ docker }: Docker, image: string): Promise<number> {
  return Number(await docker('image', 'inspect', '--format', '{{.Size}}', image));
}
