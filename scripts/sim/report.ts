import { awsPrices } from '../../coordinator/price/price-table.ts';
import type { Stage } from '../../engine/plan/stage.ts';
import type { CriticalStage } from './critical-path.ts';
import { combinedReads, directReads, shufflesOf, starlingReads } from './shuffles.ts';
import type { AttemptRun } from './sim-invoker.ts';
import type { SimulatedJob, SimulationOptions } from './simulate.ts';

const PHASES = ['decide', 'send', 'place', 'start', 'index', 'read', 'compute', 'write'] as const;

/** Formats a report of a simulated job. The same job always has the same report. */
export function reportOf(job: SimulatedJob, options: SimulationOptions): string {
  return [
    ...stageLines(job),
    '',
    ...receiptLines(job),
    '',
    ...shuffleLines(job, options),
    '',
    ...pathLines(job.path, job.wallMs),
  ].join('\n');
}

function stageLines({ graph, attempts, environments, journal }: SimulatedJob): string[] {
  const tasks = graph.stages.reduce((sum, stage) => sum + stage.taskCount, 0);
  const stages = graph.stages.map((stage) => {
    const reads = stage.dependsOn.length === 0 ? 'the input' : `stage ${stage.dependsOn.join(', ')}`;
    return `  stage ${stage.id}: ${count(stage.taskCount)} tasks read ${reads} -> ${outputText(stage)}`;
  });
  return [
    `plan: ${count(tasks)} tasks in ${graph.stages.length} stages`,
    ...stages,
    `invocations: ${count(attempts.length)}, in ${count(environments)} environments`,
    `journal: ${count(journal.records)} records in ${count(journal.appends)} appends`,
  ];
}

function outputText({ output }: Stage): string {
  switch (output.kind) {
    case 'hash':
      return `${count(output.partitions)} partitions${output.blocks === undefined ? '' : ` in ${output.blocks} blocks`}`;
    case 'combined':
      return `combined: ${output.producerBlocks} x ${output.partitionBlocks} blocks`;
    case 'single':
    case 'result':
      return output.kind;
    default:
      return output satisfies never;
  }
}

function receiptLines({ receipt }: SimulatedJob): string[] {
  const rows = receipt.items.map(({ name, quantity, dollars }) => {
    const amount = name === 'GB-seconds' ? quantity.toFixed(1) : count(quantity);
    return `  ${name.padEnd(20)} ${amount.padStart(14)}  $${dollars.toFixed(4).padStart(10)}`;
  });
  const bytes = `read ${gb(receipt.readBytes)}, written ${gb(receipt.writtenBytes)}`;
  return [
    `receipt (${receipt.prices}):`,
    ...rows,
    `  ${'total'.padEnd(35)}  $${receipt.dollars.toFixed(4).padStart(10)}   ${bytes}`,
  ];
}

/** Formats the number of reads of each shuffle, compared with other ways to read the shuffle. */
function shuffleLines({ graph, attempts }: SimulatedJob, { architecture }: SimulationOptions): string[] {
  const price = awsPrices[architecture].dollarsPerReadRequest;
  const line = (name: string, reads: number) =>
    `    ${name.padEnd(36)}${count(reads).padStart(12)}  $${(reads * price).toFixed(4).padStart(10)}`;
  const lines = shufflesOf(graph).flatMap((shuffle) => {
    const { from, to, producers, readers, grid } = shuffle;
    const sides = grid && `${grid.producerBlocks} x ${grid.partitionBlocks}`;
    return [
      `  stage ${from} to stage ${to}: ${count(producers)} x ${count(readers)}${grid ? ` through ${sides} combiners` : ''}`,
      ...(grid ? [line('two levels: s*b + a*b + a*r + r', combinedReads(shuffle, grid))] : []),
      line(`one level: s*r + r${grid ? '' : ' (as planned)'}`, directReads(shuffle)),
      line('Starling: 2*s*r', starlingReads(shuffle)),
    ];
  });
  const made = shuffleReads(attempts);
  return [`simulated shuffle reads: ${count(made)}, $${(made * price).toFixed(4)}`, ...lines];
}

function shuffleReads(attempts: readonly AttemptRun[]): number {
  return attempts.reduce((sum, { work }) => sum + work.shuffleReads, 0);
}

function pathLines(path: readonly CriticalStage[], wallMs: number): string[] {
  const header = `  ${'stage'.padEnd(8)}${PHASES.map((phase) => phase.padStart(9)).join('')}${'all'.padStart(9)}`;
  const rows = path.map(({ stage, phases, isStraggler }) => {
    const all = PHASES.reduce((sum, phase) => sum + phases[phase], 0);
    const cells = [...PHASES.map((phase) => phases[phase]), all].map((ms) => seconds(ms).padStart(9)).join('');
    return `  ${String(stage).padEnd(8)}${cells}${isStraggler ? '   a straggler' : ''}`;
  });
  return [`wall time: ${seconds(wallMs)} s on the virtual clock; critical path in s:`, header, ...rows];
}

function count(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(2);
}

function gb(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
