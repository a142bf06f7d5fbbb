import { awsPrices } from '../../coordinator/price/price-table.ts';
import type { Stage, StageGraph } from '../../engine/plan/stage.ts';
import type { CriticalStage } from './critical-path.ts';
import type { AttemptRun } from './sim-invoker.ts';
import type { SimulatedJob, SimulationOptions } from './simulate.ts';

const PHASES = ['decide', 'send', 'place', 'start', 'index', 'read', 'compute', 'write'] as const;

/** What a simulated job did, as text. The same job gives the same text. */
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
  return output.kind === 'hash' ? `${count(output.partitions)} partitions` : output.kind;
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

/** What each stage's shuffle was read with, beside what Starling's readers make: two reads of each producer's object. */
function shuffleLines({ graph, attempts }: SimulatedJob, { architecture, query }: SimulationOptions): string[] {
  const price = awsPrices[architecture].dollarsPerReadRequest;
  const lines = graph.stages.flatMap((stage) => {
    const edges = stage.dependsOn.flatMap((id) => {
      const producer = graph.stages[id];
      return producer?.output.kind === 'hash' ? [{ s: producer.taskCount, r: stage.taskCount }] : [];
    });
    if (edges.length === 0) return [];
    const made = shuffleReadsOf(attempts, stage.id);
    const ours = edges.reduce((sum, { s, r }) => sum + s * r + r, 0);
    const starling = edges.reduce((sum, { s, r }) => sum + 2 * s * r, 0);
    const shapes = edges.map(({ s, r }) => `${count(s)} x ${count(r)}`).join(' + ');
    return [
      `  stage ${stage.id} (${shapes}): ${count(made)} reads made, $${(made * price).toFixed(4)}`,
      `    s*r + r   ${count(ours).padStart(14)}  $${(ours * price).toFixed(4).padStart(10)}   with an index of the stage`,
      `    2*s*r     ${count(starling).padStart(14)}  $${(starling * price).toFixed(4).padStart(10)}   Starling: a footer and a partition of each object`,
    ];
  });
  const total = shuffleReads(attempts);
  return [
    `shuffle reads: ${count(total)}, $${(total * price).toFixed(4)}`,
    ...lines,
    ...(query === 'group' ? directLine(graph, price) : []),
  ];
}

/** Where a shuffle takes two levels: what one level would have taken. */
function directLine(graph: StageGraph, price: number): string[] {
  const last = graph.stages.at(-1);
  const first = graph.stages.find((stage) => stage.scans.length > 0);
  if (last === undefined || first === undefined || last.dependsOn.includes(first.id)) return [];
  const [s, r] = [first.taskCount, last.taskCount];
  const reads = 2 * s * r;
  return [
    `  from stage ${first.id} straight to stage ${last.id}, Starling would make ${count(reads)} reads, $${(reads * price).toFixed(4)}`,
  ];
}

function shuffleReadsOf(attempts: readonly AttemptRun[], stage: number): number {
  return shuffleReads(attempts.filter((run) => run.stage === stage));
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
  return [`wall time: ${seconds(wallMs)} s on the virtual clock; its critical path, in s:`, header, ...rows];
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
