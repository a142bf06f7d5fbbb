/**
 * Builds the executor's and the coordinator's images.
 *
 *   npm run images                      on a base built locally from Debian's mirror and npm's registry
 *   npm run images -- --base IMAGE      on any glibc image with Node and npm, such as public.ecr.aws/lambda/nodejs:22
 */
import { scriptArguments } from './arguments.ts';
import { localBase } from './images/base.ts';
import { buildImage } from './images/build.ts';
import { openDocker } from './servers/dockerd.ts';

const { options: values } = scriptArguments(
  {
    name: 'npm run images',
    about: "Builds the executor's and the coordinator's images, and starts a Docker daemon if none is running.",
  },
  {
    base: {
      value: 'image',
      about: `any glibc image with Node and npm, such as public.ecr.aws/lambda/nodejs:22 (default: a base built from Debian's mirror and npm's registry)`,
    },
  },
);
const docker = await openDocker();
try {
  const base = values.base ?? (await localBase(docker));
  process.stdout.write(`base ${base}\n`);
  for (const name of ['executor', 'coordinator'] as const) {
    const startedMs = performance.now();
    const { tag, addedBytes } = await buildImage(docker, name, base);
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
    process.stdout.write(
      `${tag}: ${(addedBytes / 1e6).toFixed(1)} MB in addition to its base, built in ${seconds} s\n`,
    );
  }
  process.stdout.write(`The images are in the Docker daemon at ${docker.host}\n`);
} finally {
  await docker.close();
}
