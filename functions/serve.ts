import { setTimeout as delay } from 'node:timers/promises';
import { systemClock } from '../coordinator/clock.ts';
import { serveHttpApi } from '../coordinator/front/http/server.ts';
import { connectionsWithin } from '../coordinator/http-server/limits.ts';
import { Coordinator } from '../coordinator/jobs/coordinator.ts';
import { checkRequest, planJob } from '../coordinator/jobs/plan-job.ts';
import { asFabricError } from '../engine/errors.ts';
import type { JobId } from '../engine/task/task.ts';
import { isDebugging } from './config/config.ts';
import { locationText } from './config/store-location.ts';
import { openBinder } from './fabric/open-binder.ts';
import { openFabric } from './fabric/open-fabric.ts';
import { openWriters } from './fabric/open-writers.ts';
import { createRun, openOwnRunStore, sweepRuns } from './fabric/run-directory.ts';
import { errorText, exitStatusOf } from './process/exit-status.ts';
import { openFileLimit, readMachine } from './process/machine.ts';
import { newId } from './process/new-id.ts';
import { Opened } from './process/opened.ts';
import { untilSignal } from './process/until-signal.ts';
import { loadServeConfig, type ServeConfig } from './serve/config.ts';
import { watchDependencies } from './serve/dependencies.ts';
import { watchEventLoop } from './serve/event-loop.ts';

// The coordinator process: `volley serve`.

/** How long a job's record is kept after the job ends. The result expires earlier. */
const KEEP_RECORDS_MS = 86_400_000;
/** At shutdown, the time limit for responses in progress. */
const DRAIN_MS = 10_000;

function reportLine(line: string): void {
  process.stderr.write(`volley: ${line}\n`);
}

function reportError(thrown: unknown): void {
  process.stderr.write(errorText(thrown, isDebugging()));
}

/**
 * Serves until a signal arrives. Rejects if the coordinator or a dependency fails. Closes all parts before it settles.
 */
async function serve(config: ServeConfig): Promise<void> {
  const opened = new Opened();
  const stopping = untilSignal();
  try {
    const { coordinator, api, dependencies } = await open(config, opened);
    const watched = Promise.race([coordinator.run(), dependencies.wrong]);
    process.stderr.write(`volley serve listens on ${api.url}\n`);
    if (config.tokenPath !== undefined) process.stderr.write(`Access token: ${config.tokenPath}\n`);
    await Promise.race([stopping, watched]);
    process.stderr.write('volley: Shutting down: releasing jobs.\n');
    await coordinator.close();
    await Promise.race([api.drain(), delay(DRAIN_MS, undefined, { ref: false })]);
  } finally {
    for (const error of await opened.close()) reportError(error);
  }
}

async function open(config: ServeConfig, opened: Opened) {
  const { common, fabric: fabricConfig, host, port, access } = config;
  const run = await createRun(common.stateDirectory);
  opened.add({ close: () => run.close(true) });
  const { settings: s3 } = common.s3;
  // Best effort: a later sweep deletes any files that remain.
  void sweepRuns(common.stateDirectory, openOwnRunStore(locationText(fabricConfig.store), s3)).catch(() => undefined);
  const { scratch } = run;
  const { binder, sources, catalog } = opened.add(await openBinder(common, scratch, config.allow));
  const fabric = opened.add(
    await openFabric(fabricConfig, { inputRoots: catalog.inputs.allowed, scratch, report: reportLine }),
  );
  const { journal, store, invoker, deployment } = fabric;
  const dependencies = opened.add(await watchDependencies(fabricConfig, fabric, systemClock, reportLine));
  const planning = { binder, sources, settings: common.settings, deployment };
  const coordinator = opened.add(
    new Coordinator({
      journal,
      store,
      invoker,
      clock: systemClock,
      random: Math.random,
      plan: (request, signal) => planJob(request, planning, signal),
      jobsAtOnce: config.jobsAtOnce,
      keepRecordsMs: KEEP_RECORDS_MS,
      newId: () => newId(new Date()) as JobId,
      report: reportLine,
    }),
  );
  const results = opened.add(openWriters(fabricConfig.store, fabricConfig.s3, readMachine()));
  const eventLoop = opened.add(watchEventLoop(reportLine));
  const api = await serveHttpApi({
    host,
    port,
    maxConnections: connectionsWithin(openFileLimit()),
    access,
    coordinator,
    results,
    clock: systemClock,
    readiness: () => dependencies.readiness(),
    check: (request) => checkRequest(request, planning),
    unavailableReason: () => invoker.unavailableReason?.(),
    reportDefect: reportError,
    track: eventLoop.track,
  });
  return { coordinator, api, dependencies };
}

let phase: 'starting' | 'running' = 'starting';
try {
  const request = loadServeConfig(process.argv.slice(2));
  phase = 'running';
  if (request.kind === 'help') {
    process.exitCode = exitStatusOf({ kind: 'done' });
  } else {
    await serve(request.config);
    // Connections of slow clients would keep the process alive.
    process.exit(exitStatusOf({ kind: 'done' }));
  }
} catch (error) {
  reportError(asFabricError(error));
  process.exit(exitStatusOf({ kind: 'failed', phase, error }));
}
