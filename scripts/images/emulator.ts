/** Builds function images for platforms that invoke them through the AWS Runtime Interface Emulator, which is part of SAM CLI's wheel. */
import { chmodSync, copyFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pythonEnvironment } from '../python-environment.ts';
import type { Docker } from '../servers/dockerd.ts';

const SAM = 'aws-sam-cli==1.170.0';
const dockerfile = fileURLToPath(new URL('../../infra/docker/emulated.Dockerfile', import.meta.url));

/** Returns the path of the emulator, which is downloaded on first use. Throws as `pythonEnvironment` does. */
function runtimeInterfaceEmulator(): string {
  const { packages } = pythonEnvironment('runtime-interface-emulator', '--no-deps', SAM);
  const machine = process.arch === 'arm64' ? 'arm64' : 'x86_64';
  const program = join(packages, 'samcli', 'local', 'rapid', `aws-lambda-rie-${machine}`);
  chmodSync(program, 0o755);
  return program;
}

/** Adds the emulator to an executor's image and returns the new image's name. */
export async function addEmulator({ docker }: Docker, executor: string): Promise<string> {
  const tag = 'volley-executor-emulated:latest';
  const folder = mkdtempSync(join(tmpdir(), 'volley-emulated-'));
  try {
    cpSync(runtimeInterfaceEmulator(), join(folder, 'aws-lambda-rie'));
    copyFileSync(dockerfile, join(folder, 'Dockerfile'));
    await docker('build', '--quiet', '--tag', tag, '--build-arg', `EXECUTOR_IMAGE=${executor}`, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return tag;
}
