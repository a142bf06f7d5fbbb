/** An etcd server for tests: the one on the PATH, else the distribution's, unpacked under `.cache`. */
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
/** Between two looks at who leads, or whether a server answers. */
const LOOK_MS = 20;

/** Paths of PEM files. The server takes only clients with a certificate that `ca` signed. */
export interface EtcdTls {
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
}

/** A server that this process started. Its data outlives `kill` and `restart`, not `close`. */
export interface EtcdServer {
  /** `http://127.0.0.1:PORT`, or `https://`. The same after a restart. */
  readonly endpoint: string;
  /** Where `/metrics` and `/health` are, in the clear. */
  readonly metrics: string;
  readonly pid: number;
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>;
  /** Starts it again on its data and its port, ending it first where it runs; settles when it answers. */
  restart(): Promise<void>;
  /** Ends it and deletes its data. Idempotent. */
  close(): Promise<void>;
}

/** Servers that have their data in common, and choose one of them as their leader. */
export interface EtcdCluster {
  readonly members: readonly EtcdServer[];
  readonly endpoints: readonly string[];
  /** The running member that leads; settles once there is one. */
  leader(): Promise<EtcdServer>;
  /** Ends all of them at once. */
  kill(): Promise<void>;
  /** Starts all of them again on their data; settles when they answer. */
  restart(): Promise<void>;
  /** Ends them and deletes their data. Idempotent. */
  close(): Promise<void>;
}

/** Where etcd is. Throws, with the reason, where it can neither be found nor had. */
export function etcdBinary(): string {
  for (const folder of (process.env['PATH'] ?? '').split(':')) {
    if (folder !== '' && existsSync(join(folder, 'etcd'))) return join(folder, 'etcd');
  }
  const home = join(cache, 'etcd');
  const binary = join(home, 'usr', 'bin', 'etcd');
  if (existsSync(binary)) return binary;
  if (!existsSync('/etc/debian_version'))
    throw new Error('etcd is not on the PATH, and this is no Debian to have it from');
  // Unpacked, not installed: installing would start a service, and need root.
  const unfinished = `${home}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  try {
    downloadPackage(unfinished);
    const file = readdirSync(unfinished).find((name) => name.endsWith('.deb'));
    if (file === undefined) throw new Error('apt-get download etcd-server gave no package');
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
    // A fresh machine or image has no list of packages yet.
    execFileSync('apt-get', ['update'], { stdio: 'pipe' });
    download();
  }
}

/** Starts a server with no data on free loopback ports. Throws as `etcdBinary` does. */
export async function startEtcd(options: { readonly tls?: EtcdTls } = {}): Promise<EtcdServer> {
  const [server] = await startMembers(1, options.tls);
  if (server === undefined) throw new Error('One server was started.');
  return server;
}

/** Starts several that are one etcd. Throws as `etcdBinary` does. */
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
      // None answers before most of them do.
      await Promise.all(members.map((member) => member.start()));
      return members;
    } catch (error) {
      await Promise.all(members.map((member) => member.close()));
      // Another process may have taken one of the ports since they were found free.
      if (attempt === 3) throw error;
    }
  }
}

function nameOf(at: number): string {
  return `etcd-${at + 1}`;
}

/** Where a server listens, and who its peers are. */
interface Member {
  readonly name: string;
  readonly client: number;
  readonly metrics: number;
  /** Its own address among `peers`, in the order of their names. */
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

  /** Whether it answers that it leads. */
  async leads(): Promise<boolean> {
    return this.#child !== undefined && /^etcd_server_is_leader 1$/m.test(await this.#ask('metrics'));
  }

  async #isHealthy(): Promise<boolean> {
    return (await this.#ask('health')).includes('"health":"true"');
  }

  /** What it answers; nothing where it does not. */
  async #ask(path: string): Promise<string> {
    try {
      const response = await fetch(`${this.metrics}/${path}`, { signal: AbortSignal.timeout(1000) });
      return await response.text();
    } catch {
      return '';
    }
  }
}
