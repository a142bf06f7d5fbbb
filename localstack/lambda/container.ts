import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';

/** The image of a function. */
export interface FunctionImage {
  readonly name: string;
  /** Additional flags for `docker run`. */
  readonly flags: readonly string[];
  /** The daemon's address. Defaults to the client's default daemon. */
  readonly dockerHost?: string;
}

/** A function's environment in a container. Its process is the Docker client, which waits for the container. */
export interface Container {
  readonly command: readonly string[];
  /** The client's environment. The function's variables are part of the command. */
  readonly environment: Readonly<Record<string, string>>;
  /** Returns the container's process id on this machine, or `undefined` while the container is not running. */
  findPid(): Promise<number | undefined>;
  /** Removes the container. Returns whether the kernel killed it because it exceeded its memory. Never rejects. */
  remove(): Promise<boolean>;
}

/**
 * Builds the command that runs a function's image as Lambda does: only /tmp is writable, no capabilities, limited
 * memory. The container shares the host's network, so that it can reach a Runtime API on loopback. A non-empty
 * `command` replaces the image's command.
 */
export function containerOf(
  image: FunctionImage,
  command: readonly string[],
  memoryMiB: number,
  variables: Readonly<Record<string, string>>,
): Container {
  const name = `volley-function-${randomUUID()}`;
  const environment = {
    PATH: process.env['PATH'] ?? '',
    HOME: '/nonexistent',
    ...(image.dockerHost === undefined ? {} : { DOCKER_HOST: image.dockerHost }),
  };
  const docker = async (...args: readonly string[]): Promise<string> => {
    return await promisify(execFile)('docker', args, { env: environment }).then(
      ({ stdout }) => stdout.trim(),
      // The container may not exist yet, or may no longer exist.
      () => '',
    );
  };
  const memory = `${memoryMiB}m`;
  return {
    command: [
      ...['docker', 'run', '--name', name, '--network', 'host', '--read-only', '--tmpfs', '/tmp'],
      ...['--memory', memory, '--memory-swap', memory, '--cap-drop', 'ALL', '--log-driver', 'none'],
      ...Object.entries(variables).flatMap(([key, value]) => ['--env', `${key}=${value}`]),
      ...[...image.flags, image.name, ...command],
    ],
    environment,
    findPid: async () => Number(await docker('inspect', '--format', '{{.State.Pid}}', name)) || undefined,
    remove: async () => {
      const killed = await docker('inspect', '--format', '{{.State.OOMKilled}}', name);
      await docker('rm', '--force', name);
      return killed === 'true';
    },
  };
}
