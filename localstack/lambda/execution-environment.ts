import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { lambdaLimits } from '../../coordinator/invoke/lambda-limits.ts';
import { type MemoryWatch, watchMemory } from '../../coordinator/invoke/watch-memory.ts';
import { type Container, containerOf } from './container.ts';
import type { FunctionConfig } from './functions.ts';
import { errorBody, type InvocationResult, LogTail, reportLine } from './invocation.ts';
import { openRuntimeApi, type RuntimeApi } from './runtime-api.ts';

/** The running invocation. */
interface Running {
  readonly id: string;
  readonly payload: Buffer;
  readonly cold: boolean;
  readonly settle: (result: InvocationResult) => void;
  /** When the function received the invocation. `undefined` while the function starts. */
  startedMs: number | undefined;
}

/**
 * An execution environment: one process that handles one invocation at a time and stays warm in between. It is not reused after it ends.
 */
export class ExecutionEnvironment {
  /** Settles once the process has ended. */
  readonly ended: Promise<void>;
  readonly #name: string;
  readonly #config: FunctionConfig;
  readonly #api: RuntimeApi;
  readonly #process: ChildProcess;
  readonly #container: Container | undefined;
  #containerPid: number | undefined;
  readonly #memory: MemoryWatch | undefined;
  readonly #log = new LogTail();
  readonly #spawnedMs = performance.now();
  #initMs: number | undefined;
  #isAsking = false;
  #hasEnded = false;
  #running: Running | undefined;
  #timer: NodeJS.Timeout | undefined;

  private constructor(name: string, config: FunctionConfig, api: RuntimeApi) {
    this.#name = name;
    this.#config = config;
    this.#api = api;
    const variables = environmentOf(name, config, api.address);
    const { image, command, memoryMiB } = config;
    this.#container = image && containerOf(image, command, memoryMiB, variables);
    const [program = '', ...args] = this.#container?.command ?? command;
    this.#process = spawn(program, args, {
      ...(config.folder === undefined ? {} : { cwd: config.folder }),
      env: this.#container?.environment ?? { PATH: process.env['PATH'] ?? '', ...variables },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => this.#log.write(text));
    }
    const { pid } = this.#process;
    // The kernel limits a container's memory.
    if (pid !== undefined && this.#container === undefined) {
      this.#memory = watchMemory(pid, config.memoryMiB, () =>
        this.#end('Runtime.OutOfMemory', exited('signal: killed')),
      );
    }
    this.ended = new Promise((resolve) => {
      // A program that cannot start emits no exit event.
      this.#process.on('error', (error) => {
        this.#end('Runtime.InvalidEntrypoint', error.message);
        resolve();
      });
      this.#process.on('close', async (status, signal) => {
        if (await this.#container?.remove()) this.#end('Runtime.OutOfMemory', exited('signal: killed'));
        this.#end('Runtime.ExitError', exited(signal === null ? `exit status ${status}` : signalText(signal)));
        resolve();
      });
    });
  }

  /** Starts an environment. The first invocation starts the time limit of the function's init phase. */
  static async start(name: string, config: FunctionConfig): Promise<ExecutionEnvironment> {
    let self: ExecutionEnvironment | undefined;
    const api = await openRuntimeApi(
      {
        asked: () => self?.asked(),
        initFailed: (body) => self?.fail(body, 'Runtime.InitError'),
        answered: (_, body) => self?.settle(body, undefined),
        answeredTooMuch: (_, size) => self?.answeredTooMuch(size),
        failed: (_, body) => self?.settle(body, 'Unhandled'),
      },
      (id) => self?.isRunning(id) ?? false,
    );
    self = new ExecutionEnvironment(name, config, api);
    return self;
  }

  get pid(): number | undefined {
    return this.#hasEnded ? undefined : (this.#containerPid ?? this.#process.pid);
  }

  get isIdle(): boolean {
    return !this.#hasEnded && this.#running === undefined;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Invokes the function, which must be idle. Never rejects. */
  invoke(payload: Buffer, cold: boolean): Promise<InvocationResult> {
    return new Promise((settle) => {
      const id = randomUUID();
      this.#running = { id, payload, cold, settle, startedMs: undefined };
      this.#memory?.reset();
      if (this.#isAsking) return this.#deliver(this.#running);
      const { initMs } = lambdaLimits;
      this.#timer = setTimeout(
        () => this.#end('Sandbox.Timedout', `Error: Init timed out after ${(initMs / 1000).toFixed(2)} seconds`),
        initMs,
      );
    });
  }

  /** Ends the process, as the platform does with an unneeded environment. A running invocation fails. */
  kill(): void {
    this.#end('Sandbox.Failure', 'Error: The environment was removed');
  }

  isRunning(id: string): boolean {
    return this.#running?.id === id && this.#running.startedMs !== undefined;
  }

  asked(): void {
    this.#isAsking = true;
    if (this.#initMs === undefined) {
      this.#initMs = performance.now() - this.#spawnedMs;
      void this.#container?.findPid().then((pid) => {
        this.#containerPid = pid;
      });
    }
    if (this.#running !== undefined) this.#deliver(this.#running);
  }

  answeredTooMuch(sizeBytes: number): void {
    const message = `Response payload size (${sizeBytes} bytes) exceeded maximum allowed payload size (${lambdaLimits.responseBytes} bytes).`;
    this.settle(errorBody('Function.ResponseSizeTooLarge', message), 'Function.ResponseSizeTooLarge');
  }

  /** Handles an error that the function reported. */
  fail(body: Buffer, type: string): void {
    this.settle(body, type);
    this.kill();
  }

  settle(body: Buffer, error: string | undefined): void {
    const running = this.#running;
    if (running === undefined) return;
    clearTimeout(this.#timer);
    this.#running = undefined;
    const { id, cold, startedMs } = running;
    const durationMs = startedMs === undefined ? 0 : performance.now() - startedMs;
    const report = reportLine({
      id,
      durationMs,
      memoryMiB: this.#config.memoryMiB,
      mostMemoryMiB: this.#memory?.mostMiB ?? 0,
      initMs: cold ? this.#initMs : undefined,
      error,
    });
    this.#log.write(`END RequestId: ${id}\n${report}`);
    const log = this.#log.text;
    this.#log.clear();
    running.settle({ id, body, failed: error !== undefined, log, cold });
  }

  #deliver(running: Running): void {
    clearTimeout(this.#timer);
    this.#isAsking = false;
    running.startedMs = performance.now();
    this.#log.write(`START RequestId: ${running.id} Version: $LATEST\n`);
    const timeoutMs = this.#config.timeoutSeconds * 1000;
    this.#timer = setTimeout(
      () => this.#end('Sandbox.Timedout', `Error: Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`),
      timeoutMs,
    );
    const { id, payload } = running;
    this.#api.deliver({ id, payload, arn: arnOf(this.#name), deadlineMs: Date.now() + timeoutMs });
  }

  /** Ends the environment and fails its invocation with this error. */
  #end(errorType: string, message: string): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#process.kill('SIGKILL');
    if (this.#running !== undefined) {
      this.settle(errorBody(errorType, `RequestId: ${this.#running.id} ${message}`), errorType);
    }
    this.#memory?.end();
    this.#api.close();
  }
}

/** Returns the function's ARN, which appears in its environment and in errors. */
export function arnOf(name: string): string {
  return `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
}

function exited(how: string): string {
  return `Error: Runtime exited with error: ${how}`;
}

function signalText(signal: NodeJS.Signals): string {
  const names: Readonly<Record<string, string>> = {
    SIGKILL: 'killed',
    SIGSEGV: 'segmentation fault',
    SIGABRT: 'aborted',
    SIGTERM: 'terminated',
  };
  return `signal: ${names[signal] ?? signal}`;
}

function environmentOf(name: string, config: FunctionConfig, api: string): Record<string, string> {
  return {
    AWS_LAMBDA_RUNTIME_API: api,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(config.memoryMiB),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: `[$LATEST]${randomUUID().replaceAll('-', '')}`,
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    TZ: ':UTC',
    ...config.environment,
  };
}
