import type { JobProgress } from '../../coordinator/scheduler/progress.ts';
import { bytesText, countText, durationText } from './figures.ts';

/** The redraw interval. Redrawing more often would only flicker. */
const REDRAW_MS = 100;
/** The delay before the line first appears. Shorter queries show no line. */
const FIRST_DRAW_MS = 250;

/** One line on a terminal, redrawn while a job runs. */
export interface ProgressLine {
  update(progress: JobProgress): void;
  /** Erases the line. Idempotent. */
  clear(): void;
}

/** Summarizes a finished query in one line. */
export function summaryText(rows: number, milliseconds: number, progress: JobProgress): string {
  const parts = [
    countText(rows, 'row'),
    durationText(milliseconds),
    countText(progress.stagesTotal, 'stage'),
    countText(progress.tasksTotal, 'task'),
    `${bytesText(progress.inputBytes)} read`,
  ];
  if (progress.shuffleBytes > 0) {
    parts.push(`${bytesText(progress.shuffleBytes)} shuffled in ${countText(progress.shuffleRows, 'row')}`);
  }
  if (progress.retries > 0) parts.push(progress.retries === 1 ? '1 retry' : `${progress.retries} retries`);
  return parts.join(' · ');
}

/** Formats the progress so far. The text holds only counts and units, so every character is one cell wide. */
function progressText(progress: JobProgress, elapsedMs: number): string {
  const { stagesDone, stagesTotal, tasksDone, tasksTotal, tasksRunning } = progress;
  const parts = [
    `stage ${Math.min(stagesDone + 1, stagesTotal)}/${stagesTotal}`,
    `tasks ${tasksDone}/${tasksTotal} (${tasksRunning} running)`,
    `${countText(progress.inputRows, 'row')}, ${bytesText(progress.inputBytes)} read`,
  ];
  if (progress.shuffleBytes > 0) parts.push(`${bytesText(progress.shuffleBytes)} shuffled`);
  parts.push(durationText(elapsedMs));
  return parts.join(' · ');
}

const SILENT: ProgressLine = { update: () => undefined, clear: () => undefined };

/** Shows the progress of one job on a stream. Writes nothing if the stream is not a terminal. */
export function progressLine(stream: NodeJS.WriteStream, isWanted: boolean): ProgressLine {
  if (!isWanted || !stream.isTTY) return SILENT;
  const startedAt = performance.now();
  let latest: JobProgress | undefined;
  let isDrawn = false;
  const draw = (): void => {
    if (!latest) return;
    const text = progressText(latest, performance.now() - startedAt);
    const cells = (stream.columns || 80) - 1;
    stream.write(`\r\x1b[K${text.length > cells ? `${text.slice(0, cells - 1)}…` : text}`);
    isDrawn = true;
  };
  let timer: NodeJS.Timeout | undefined;
  const first = setTimeout(() => {
    draw();
    timer = setInterval(draw, REDRAW_MS).unref();
  }, FIRST_DRAW_MS).unref();
  return {
    update(progress) {
      latest = progress;
    },
    clear() {
      clearTimeout(first);
      clearInterval(timer);
      latest = undefined;
      if (isDrawn) stream.write('\r\x1b[K');
      isDrawn = false;
    },
  };
}
