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

/** Returns the shuffles of a job, one for each stage that reads a shuffle. */
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

/** Returns the reads of a direct shuffle from `s` producers to `r` readers: `s*r`, and `r` reads of the index. */
export function directReads({ producers, readers }: Shuffle): number {
  return producers * readers + readers;
}

/**
 * Returns the reads of a shuffle through `a` by `b` combiners, with one index read per task: `s*b + a*b` by the
 * combiners and `a*r + r` by the readers.
 */
export function combinedReads(
  { producers, readers }: Shuffle,
  { producerBlocks, partitionBlocks }: CombineGrid,
): number {
  return producers * partitionBlocks + producerBlocks * partitionBlocks + producerBlocks * readers + readers;
}

/**
 * Returns the reads in Starling (SIGMOD 2020), where each reader reads the position of its part from each object, and
 * then the part.
 */
export function starlingReads({ producers, readers }: Shuffle): number {
  return 2 * producers * readers;
}

/** Returns the reads of the shuffle as planned, if each part fits in one read. */
export function plannedReads(shuffle: Shuffle): number {
  return shuffle.grid === undefined ? directReads(shuffle) : combinedReads(shuffle, shuffle.grid);
}
