/** Runs a Volley server command from dist/ in a process that prints its address. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const volley = fileURLToPath(new URL('../../bin/volley.js', import.meta.url));
const KEPT_LINES = 2000;

/** A running server. It ends with this process. */
export interface VolleyServer {
  readonly url: string;
  readonly pid: number;
  /** Returns the last lines of stderr so far. */
  said(): string;
  /** Sends a signal to the server. */
  signal(name: NodeJS.Signals): void;
  /** Settles with the exit status, or with null if a signal ended the server. */
  readonly exited: Promise<number | null>;
}

export interface VolleyServerOptions {
  /** The command and its flags. */
  readonly args: readonly string[];
  /** The environment variables in addition to PATH. */
  readonly environment: Readonly<Record<string, string>>;
  /** The path of the program to start. Defaults to the program in dist/. */
  readonly program?: string;
}

/** Starts a server and waits until it listens. If it does not start, rejects with its output. */
export async function startVolleyServer({
  args,
  environment,
  program = volley,
}: VolleyServerOptions): Promise<VolleyServer> {
  const child = spawn(process.execPath, [program, ...args], {
    env: { PATH: process.env['PATH'] ?? '', ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = once(child, 'exit').then(([status]) => (typeof status === 'number' ? status : null));
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  child.once('exit', () => process.removeListener('exit', endWithUs));
  const said: string[] = [];
  const lines = createInterface({ input: child.stderr });
  const url = await new Promise<string>((resolve, reject) => {
    lines.on('line', (line) => {
      said.push(line);
      if (said.length > KEPT_LINES) said.shift();
      const [, address] = /listens on (http:\S+)/.exec(line) ?? [];
      if (address !== undefined) resolve(address);
    });
    lines.on('close', async () => {
      reject(new Error(`volley ${args[0]} did not start and ended with status ${await exited}: ${said.join('\n')}`));
    });
  });
  const { pid } = child;
  if (pid === undefined) throw new Error('The listening process has no id.');
  return { url, pid, said: () => said.join('\n'), signal: (name) => child.kill(name), exited };
}
