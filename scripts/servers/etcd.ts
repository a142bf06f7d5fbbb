/**
 * An etcd server for tests. Uses etcd from the PATH, or otherwise the distribution's package, unpacked under `.cache`.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePorts } from './free-port.ts';

const cache = fileURLToPath(new URL('../../.cache/servers', import.meta.url));
const START_PATIENCE_MS = 20_000;
/** The interval between checks for a leader or a response. */
const LOOK_MS = 20;

/** Paths of PEM files. The server accepts only clients with a certificate signed by `ca`. */
export interface EtcdTls {
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
}

/** A server started by this process. Its data survives `kill` and `restart`, but not `close`. */
export interface EtcdServer {
  /** `http://127.0.0.1:PORT`, or `https://` with TLS. Does not change after a restart. */
  readonly endpoint: string;
  /** The address of `/metrics` and `/health`, without TLS. */
  readonly metrics: string;
  readonly pid: number;
  /** Kills the server, as in a crash. */
  kill(): Promise<void>;
  /**
   * Restarts the server with its data and port, and kills it first if it is running. Settles when the server responds.
   */
  restart(): Promise<void>;
  /** Stops the server and deletes its data. Idempotent. */
  close(): Promise<void>;
}

/** The members of one etcd cluster. */
export interface EtcdCluster {
  readonly members: readonly EtcdServer[];
  readonly endpoints: readonly string[];
  /** Returns the current leader. Waits for the election. */
  leader(): Promise<EtcdServer>;
  /** Kills all members. */
  kill(): Promise<void>;
  /** Restarts all members with their data. Settles when they respond. */
  restart(): Promise<void>;
  /** Stops all members and deletes their data. Idempotent. */
  close(): Promise<void>;
}

/** Returns the path of etcd. Throws with the reason if etcd can be neither found nor downloaded. */
export function etcdBinary(): string {
  for (const folder of (process.env['PATH'] ?? '').split(':')) {
    if (folder !== '' && existsSync(join(folder, 'etcd'))) return join(folder, 'etcd');
  }
  const home = join(cache, 'etcd');
  const binary = join(home, 'usr', 'bin', 'etcd');
  if (existsSync(binary)) return binary;
  if (!existsSync('/etc/debian_version'))
    throw new Error('etcd is not on the PATH, and downloading it requires Debian');
  // Unpack the package, because installing it would start a service and require root.
  const unfinished = `${home}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  try {
    downloadPackage(unfinished);
    const file = readdirSync(unfinished).find((name) => name.endsWith('.deb'));
    if (file === undefined) throw new Error('apt-get download etcd-server returned no package');
    execFileSync('dpkg-deb', ['-x', join(unfinished, file), unfinished]);
    rmSync(join(unfinished, file));
    if (!existsSync(binary)) renameSync(unfinished, home);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return binary;
}

function downloadPackage(directory: string): void {
  const download = () => execFileSync('apt-get', ['download', 'etcd-server'], { cwd: directory, stdio: 'pipe' });
  try {
    download();
  } catch {
    // A fresh machine or image has no package lists.
    execFileSync('apt-get', ['update'], { stdio: 'pipe' });
    download();
  }
}

/** Starts a server with no data on free loopback ports. Throws as `etcdBinary` does. */
export async function startEtcd(options: { readonly tls?: EtcdTls } = {}): Promise<EtcdServer> {
  const [server] = await startMembers(1, options.tls);
  if (server === undefined) throw new Error('Expected one server.');
  return server;
}

/** Starts a cluster. Throws as `etcdBinary` does. */
export async function startEtcdCluster(size = 3): Promise<EtcdCluster> {
  const members = await startMembers(size);
  const all = async (act: (member: Server) => Promise<void>) => void (await Promise.all(members.map(act)));
  return {
    members,
    endpoints: members.map(({ endpoint }) => endpoint),
    leader: async () => {
      for (;;) {
        const leads = await Promise.all(members.map((member) => member.leads()));
        const leader = members[leads.indexOf(true)];
        if (leader !== undefined) return leader;
        await delay(LOOK_MS);
      }
    },
    kill: () => all((member) => member.kill()),
    restart: () => all((member) => member.restart()),
    close: () => all((member) => member.close()),
  };
}

async function startMembers(size: number, tls?: EtcdTls): Promise<readonly Server[]> {
  const binary = etcdBinary();
  for (let attempt = 1; ; attempt += 1) {
    const ports = await freePorts(3 * size);
    const peers = Array.from({ length: size }, (_, at) => `http://127.0.0.1:${ports[at]}`);
    const members = peers.map((peer, at) => {
      const [client, metrics] = ports.slice(size + 2 * at);
      return new Server(binary, { name: nameOf(at), peer, peers, client: client ?? 0, metrics: metrics ?? 0 }, tls);
    });
    try {
      // Start all members together, because no member responds until a majority is running.
      await Promise.all(members.map((member) => member.start()));
      return members;
    } catch (error) {
      await Promise.all(members.map((member) => member.close()));
      // Another process may have taken one of the ports in the meantime.
      if (attempt === 3) throw error;
    }
  }
}

function nameOf(at: number): string {
  return `etcd-${at + 1}`;
}

/** The addresses of a server and its peers. */
interface Member {
  readonly name: string;
  readonly client: number;
  readonly metrics: number;
  /** The position of the server's own address in `peers`, which are in the order of their names. */
  readonly peer: string;
  readonly peers: readonly string[];
}

class Server implements EtcdServer {
  readonly endpoint: string;
  readonly metrics: string;
  readonly #binary: string;
  readonly #directory = mkdtempSync(join(tmpdir(), 'volley-etcd-'));
  readonly #flags: readonly string[];
  #child: ChildProcess | undefined;
  #log = '';

  constructor(binary: string, { name, client, metrics, peer, peers }: Member, tls: EtcdTls | undefined) {
    this.#binary = binary;
    this.endpoint = `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${client}`;
    this.metrics = `http://127.0.0.1:${metrics}`;
    const cluster = peers.map((each, at) => `${nameOf(at)}=${each}`).join(',');
    this.#flags = [
      ...['--name', name, '--data-dir', join(this.#directory, 'data'), '--log-level', 'error'],
      ...['--listen-client-urls', this.endpoint, '--advertise-client-urls', this.endpoint],
      ...['--listen-peer-urls', peer, '--initial-advertise-peer-urls', peer, '--initial-cluster', cluster],
      ...['--listen-metrics-urls', this.metrics],
      ...(tls === undefined
        ? []
        : ['--cert-file', tls.certificate, '--key-file', tls.key, '--trusted-ca-file', tls.ca, '--client-cert-auth']),
    ];
  }

  get pid(): number {
    if (this.#child?.pid === undefined) throw new Error('etcd is not running');
    return this.#child.pid;
  }

  async start(): Promise<void> {
    const child = spawn(this.#binary, this.#flags, { stdio: ['ignore', 'ignore', 'pipe'] });
    this.#child = child;
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#log = (this.#log + text).slice(-2000);
    });
    const killWithUs = () => child.kill('SIGKILL');
    process.once('exit', killWithUs);
    child.once('exit', () => process.removeListener('exit', killWithUs));
    const until = Date.now() + START_PATIENCE_MS;
    while (!(await this.#isHealthy())) {
      const ended = child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
      if (ended || Date.now() > until) throw new Error(`etcd did not start: ${this.#log}`);
      await delay(LOOK_MS);
    }
  }

  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  async restart(): Promise<void> {
    await this.kill();
    await this.start();
  }

  async close(): Promise<void> {
    await this.kill();
    rmSync(this.#directory, { recursive: true, force: true });
  }

  /** Returns whether the server reports itself as the leader. */
  async leads(): Promise<boolean> {
    return this.#child !== undefined && /^etcd_server_is_leader 1$/m.test(await this.#ask('metrics'));
  }

  async #isHealthy(): Promise<boolean> {
    return (await this.#ask('health')).includes('"health":"true"');
  }

  /** Returns the server's response, or an empty string if it does not respond. */
  async #ask(path: string): Promise<string> {
    try {
      const response = await fetch(`${this.metrics}/${path}`, { signal: AbortSignal.timeout(1000) });
      return await response.text();
    } catch {
      return '';
    }
  }
}
