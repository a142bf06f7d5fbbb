import type { CombineGrid } from '../../engine/plan/blocks.ts';
import type { StageGraph } from '../../engine/plan/stage.ts';

/** A shuffle of a job: `producers` tasks of stage `from`, read by `readers` tasks of stage `to`, directly or through combiners. */
export interface Shuffle {
  readonly from: number;
  readonly to: number;
  readonly producers: number;
  readonly readers: number;
  readonly grid?: CombineGrid;
}

/** The shuffles of a job, one for each stage that reads one. */
export function shufflesOf({ stages }: StageGraph): readonly Shuffle[] {
  return stages.flatMap((writer) => {
    if (writer.output.kind !== 'hash') return [];
    const combiner = stages.find((stage) => stage.output.kind === 'combined' && stage.dependsOn.includes(writer.id));
    const grid = combiner?.output.kind === 'combined' ? { grid: combiner.output } : {};
    const source = combiner ?? writer;
    const readers = stages.filter((stage) => stage.dependsOn.includes(source.id));
    return readers.map(({ id, taskCount }) => ({
      from: writer.id,
      to: id,
      producers: writer.taskCount,
      readers: taskCount,
      ...grid,
    }));
  });
}

/** Reads of a shuffle whose index each reader reads once: of `s` producers by `r` readers, `s*r + r`. */
export function directReads({ producers, readers }: Shuffle): number {
  return producers * readers + readers;
}

/** Reads through `a` by `b` combiners, one of an index for each task: `s*b + a*b` by the combiners, `a*r + r` by the readers. */
export function combinedReads(
  { producers, readers }: Shuffle,
  { producerBlocks, partitionBlocks }: CombineGrid,
): number {
  return producers * partitionBlocks + producerBlocks * partitionBlocks + producerBlocks * readers + readers;
}

/** Reads that Starling makes (SIGMOD 2020): each reader reads of each object where its part is, and then the part. */
export function starlingReads({ producers, readers }: Shuffle): number {
  return 2 * producers * readers;
}

/** Reads that the shuffle makes as it is planned, where no part is larger than one read. */
export function plannedReads(shuffle: Shuffle): number {
  return shuffle.grid === undefined ? directReads(shuffle) : combinedReads(shuffle, shuffle.grid);
}
