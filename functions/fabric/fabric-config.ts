import { resolve } from 'node:path';
import type { ExecutorAddresses } from '../../coordinator/invoke/http.ts';
import type { EtcdConnectionOptions } from '../../coordinator/journal/etcd/connection.ts';
import type { FabricError } from '../../engine/errors.ts';
import type { S3Access } from '../config/s3-settings.ts';
import type { StoreLocation } from '../config/store-location.ts';
import { usage } from '../config/usage.ts';

/** The location of the journal. */
export type JournalLocation =
  /** A folder for a single coordinator. */
  | { readonly kind: 'folder'; readonly path: string }
  /** A prefix in etcd, shared by any number of coordinators. */
  | { readonly kind: 'etcd'; readonly endpoints: readonly string[]; readonly prefix: string };

/** What runs tasks. */
export type ExecutorsConfig =
  | { readonly kind: 'local' }
  /**
   * `version` is a published version or an alias, and defaults to the newest published version. `unpublished` selects
   * whatever is deployed, for emulators without versions.
   */
  | { readonly kind: 'lambda'; readonly functionName: string; readonly version?: string; readonly unpublished?: true }
  | { readonly kind: 'http'; readonly addresses: ExecutorAddresses };

type LambdaLocation = Extract<ExecutorsConfig, { kind: 'lambda' }>;

/** Everything needed to open the parts of a fabric, validated. */
export interface FabricConfig {
  readonly store: StoreLocation;
  readonly s3: S3Access;
  readonly journal: JournalLocation;
  readonly executors: ExecutorsConfig;
  /** This coordinator's name, shown to other coordinators. */
  readonly name: string;
  readonly leaseSeconds: number;
  readonly etcd: Pick<EtcdConnectionOptions, 'tls' | 'user'>;
  /** The key that signs tasks. Required for `http` executors. */
  readonly taskKey?: Uint8Array;
  /**
   * Memory of one executor. Defaults to a share of the machine's memory for local executors, and to
   * `DEFAULT_EXECUTOR_MEMORY_MIB` for others.
   */
  readonly executorMemoryMiB?: number;
  /** The maximum number of concurrent invocations of a function. */
  readonly functionConcurrency: number;
  readonly region: string;
  /** The URL of a Lambda API other than the region's. */
  readonly lambdaEndpoint?: string;
}

const NAME_REFRESH_MS = 5000;
const ETCD_PREFIX = 'volley/';

const JOURNALS = '--journal must be a folder, etcd://HOST:PORT[,HOST:PORT][/PREFIX], or etcds:// for TLS';
const EXECUTORS =
  '--executors must be local, lambda:FUNCTION[:VERSION], lambda-unpublished:FUNCTION, http://HOST:PORT[,http://HOST:PORT] or dns:NAME:PORT';

/** Parses `FOLDER` or `etcd://HOST:PORT[,HOST:PORT..][/PREFIX]`; `etcds:` uses TLS. Throws `USAGE`. */
export function parseJournalLocation(text: string): JournalLocation {
  const [, tls, hosts = '', prefix = ''] = /^etcd(s?):\/\/([^/]+)(?:\/(.*))?$/.exec(text) ?? [];
  if (tls === undefined) {
    if (/^[a-z][a-z0-9+.-]+:/i.test(text)) throw notTaken(JOURNALS, text);
    return { kind: 'folder', path: resolve(text) };
  }
  const endpoints = hosts.split(',').map((host) => `http${tls}://${host}`);
  if (!endpoints.every(isEndpoint)) throw notTaken(JOURNALS, text);
  return { kind: 'etcd', endpoints, prefix: prefix === '' ? ETCD_PREFIX : `${prefix.replace(/\/$/, '')}/` };
}

/**
 * Parses `local`, `lambda:FUNCTION[:VERSION]`, `lambda-unpublished:FUNCTION`, `http://HOST:PORT[,http://..]` or `dns:NAME:PORT`. Throws
 * `USAGE`.
 */
export function parseExecutorsConfig(text: string): ExecutorsConfig {
  if (text === 'local') return { kind: 'local' };
  const [scheme = '', ...rest] = text.split(':');
  if (scheme === 'lambda') return lambdaLocation(rest.join(':'), text);
  if (scheme === 'lambda-unpublished') return unpublishedLocation(rest.join(':'), text);
  if (scheme === 'dns') {
    const [host = '', port = ''] = rest;
    if (host === '' || !/^\d+$/.test(port) || rest.length !== 2) throw notTaken(EXECUTORS, text);
    return { kind: 'http', addresses: { kind: 'name', host, port: Number(port), refreshMs: NAME_REFRESH_MS } };
  }
  const urls = text.split(',').map((url) => url.replace(/\/$/, ''));
  if (urls.every((url) => isEndpoint(url) && url.startsWith('http://'))) {
    return { kind: 'http', addresses: { kind: 'list', urls } };
  }
  throw notTaken(EXECUTORS, text);
}

function lambdaLocation(name: string, text: string): LambdaLocation {
  // An ARN has seven parts separated by colons, and an eighth if it names a version.
  const parts = name.split(':');
  const length = name.startsWith('arn:') ? 7 : 1;
  const [functionName, version, ...more] = [parts.slice(0, length).join(':'), ...parts.slice(length)];
  if (functionName === '' || more.length > 0) throw notTaken(EXECUTORS, text);
  if (version === '$LATEST') {
    throw usage(
      `Functions are invoked by a published version or an alias, never $LATEST. Use lambda:${functionName} for the newest version, or lambda-unpublished:${functionName} on an emulator without versions.`,
    );
  }
  return { kind: 'lambda', functionName: functionName ?? '', ...(version === undefined ? {} : { version }) };
}

function unpublishedLocation(name: string, text: string): ExecutorsConfig {
  const { version, ...location } = lambdaLocation(name, text);
  if (version !== undefined) throw notTaken('--executors must be lambda-unpublished:FUNCTION without a version', text);
  return { ...location, unpublished: true };
}

/**
 * Returns whether a URL is only a host and a port. The port is required, because users who omit it rarely mean 80 or
 * 443.
 */
function isEndpoint(url: string): boolean {
  // Check the text, because `URL` drops a scheme's default port.
  if (!/^https?:\/\/[^/?#@]+:\d+$/.test(url) || !URL.canParse(url)) return false;
  return new URL(url).hostname !== '';
}

function notTaken(expected: string, text: string): FabricError {
  return usage(`${expected}, not "${text}".`);
}
