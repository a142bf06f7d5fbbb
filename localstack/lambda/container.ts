import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';

/** An image that a function is made of. */
export interface FunctionImage {
  readonly name: string;
  /** More flags for `docker run`. */
  readonly flags: readonly string[];
  /** The daemon's address; without it the client's own choice. */
  readonly dockerHost?: string;
}

/** One function's environment in a container: its process is the client that waits for it. */
export interface Container {
  readonly command: readonly string[];
  /** Of the client. What the function gets is in the command. */
  readonly environment: Readonly<Record<string, string>>;
  /** The process in the container, as this machine knows it; undefined while it does not run. */
  findPid(): Promise<number | undefined>;
  /** Ends the container and takes it away. Gives whether the kernel had killed it for its memory. Never rejects. */
  remove(): Promise<boolean>;
}

/**
 * Says how to run a function's image as Lambda does: nothing can be written but /tmp, no user has rights, its memory is bounded.
 * It shares the network, so that a Runtime API on loopback reaches it. `command` replaces the image's own where it is not empty.
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
      // It may not have been made, or be gone already.
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
