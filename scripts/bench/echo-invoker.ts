import type { Invoker } from '../../coordinator/invoke/invoker.ts';
import { encodeFooter } from '../../engine/shuffle/encode-footer.ts';
import { NO_STORE_REQUESTS } from '../../engine/store/request-counts.ts';
import { decodeOutcomeEnvelope, encodeOutcomeEnvelope, encodeTaskEnvelope } from '../../engine/task/envelope.ts';
import type { Task, TaskOutcome } from '../../engine/task/task.ts';
import { partsWritten } from '../sim/sim-invoker.ts';

/**
 * The number of outcomes per round of the event loop. It is small because functions do not all end at the same time.
 */
const ANSWERS_A_ROUND = 10;

/** The statistics of every task. */
const statistics = {
  rowsRead: 1_000_000,
  rowsWritten: 500_000,
  inputBytes: 64_000_000,
  shuffleBytesRead: 0,
  shuffleRowsRead: 0,
  bytesWritten: 32_000_000,
  cpuMs: 812.25,
  wallMs: 1904.5,
  requests: NO_STORE_REQUESTS,
};

/**
 * An invoker whose executors do nothing. It encodes each task into the envelope for Lambda. A few rounds of the event
 * loop later, it decodes an outcome envelope like the one that Lambda returns. The measured time is the coordinator's
 * own work, plus encoding the outcome, which an executor would do.
 */
export class EchoInvoker implements Invoker {
  readonly concurrency: number;
  /** The total size of all sent tasks, and the size of the largest task. */
  sentBytes = 0;
  largestBytes = 0;
  invocations = 0;
  readonly #waiting: (() => void)[] = [];
  readonly #footers = new Map<number, Uint8Array>();

  constructor(concurrency: number) {
    this.concurrency = concurrency;
  }

  async invoke(task: Task): Promise<TaskOutcome> {
    const { length } = encodeTaskEnvelope(task);
    this.invocations += 1;
    this.sentBytes += length;
    this.largestBytes = Math.max(this.largestBytes, length);
    const answer = encodeOutcomeEnvelope(this.#outcome(task));
    await this.#turn();
    return decodeOutcomeEnvelope(answer);
  }

  async close(): Promise<void> {}

  /** Resolves in one of the next rounds of the event loop. Each round releases a few waiting calls, in order. */
  #turn(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (this.#waiting.length === 1) setImmediate(() => this.#answerSome());
    });
  }

  #answerSome(): void {
    for (const answer of this.#waiting.splice(0, ANSWERS_A_ROUND)) answer();
    if (this.#waiting.length > 0) setImmediate(() => this.#answerSome());
  }

  #outcome(task: Task): TaskOutcome {
    if (task.stage.output.kind === 'result') {
      return { kind: 'succeeded', output: { kind: 'inline', bytes: new Uint8Array(64), rows: 1 }, statistics };
    }
    const identity = { sizeBytes: 32_000_000, version: `"${task.index.toString(16).padStart(32, '0')}"` };
    const output = { kind: 'object', key: task.outputKey, identity, rows: 500_000 } as const;
    const parts = partsWritten(task);
    if (parts === undefined) return { kind: 'succeeded', output, statistics };
    return { kind: 'succeeded', output: { ...output, footer: this.#footer(parts) }, statistics };
  }

  #footer(parts: number): Uint8Array {
    const known = this.#footers.get(parts);
    if (known !== undefined) return known;
    const sizeBytes = Math.floor(32_000_000 / parts);
    const footer = encodeFooter(
      Array.from({ length: parts }, (_none, at) => ({ offset: at * sizeBytes, sizeBytes, rows: 1, checksum: 0 })),
    );
    this.#footers.set(parts, footer);
    return footer;
  }
}
