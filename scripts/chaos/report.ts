/** Formats runs as text. */
import type { ChaosRun } from './run.ts';

/** Formats a run: one line for the run, one for each failed condition, and the command that repeats the run. */
export function tellRun(run: ChaosRun): string {
  const { fault, seed, query, moment, harm, outcome, seconds, effort, wrong } = run;
  const efforts = Object.entries(effort).map(([name, count]) => `${name} ${count}`);
  const line = [
    fault.padEnd(24),
    `seed ${seed}`,
    query.padEnd(4),
    `after ${String(moment).padStart(2)} attempts`,
    outcome,
    `${seconds.toFixed(1)} s`,
    efforts.join(', '),
    harm ?? 'there was nothing to disrupt',
  ].join(' | ');
  const again = `repeat with: npm run chaos -- --only ${fault} --seed ${seed} --runs 1`;
  return [line, ...wrong.map((what) => `  WRONG: ${what}`), ...(wrong.length > 0 ? [`  ${again}`] : [])].join('\n');
}

/** Formats one line per fault, with its failed conditions. */
export function summary(runs: readonly ChaosRun[]): string {
  const rows = [...new Set(runs.map(({ fault }) => fault))].map((fault) => {
    const some = runs.filter((run) => run.fault === fault);
    const of = (count: (run: ChaosRun) => number) => some.reduce((sum, run) => sum + count(run), 0);
    return [
      fault,
      some.length,
      of(({ outcome }) => Number(outcome === 'succeeded')),
      of(({ outcome }) => Number(outcome !== 'succeeded')),
      of(({ wrong }) => Number(wrong.length > 0)),
      of(({ harm }) => Number(harm === undefined)),
      of(({ effort }) => effort.retries),
      of(({ effort }) => effort.takeOvers),
      of(({ effort }) => effort.restarts),
      Math.max(...some.map(({ seconds }) => seconds)).toFixed(1),
    ];
  });
  const head = [
    'fault',
    'runs',
    'right rows',
    'errors',
    'wrong',
    'unharmed',
    'retries',
    'take-overs',
    'restarts',
    'longest s',
  ];
  const table = [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`);
  const wrong = runs.flatMap((run) =>
    run.wrong.map((what) => `WRONG: ${run.fault}, seed ${run.seed}, job ${run.job}: ${what}`),
  );
  return [...table, ...wrong, `${runs.length} runs, ${runs.filter((run) => run.wrong.length > 0).length} wrong`].join(
    '\n',
  );
}
