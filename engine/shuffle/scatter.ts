import type { ArrowField, ArrowType } from '../arrow/batch.ts';
import { layoutOf } from '../arrow/layout.ts';
import { FabricError } from '../errors.ts';
import { at, type ColumnBuilders, type PartitionSizes } from './column-builders.ts';
import { bitColumn, fixedColumn } from './fixed-columns.ts';
import { listColumn, nullColumn, structColumn } from './nested-columns.ts';
import { textColumn } from './text-column.ts';

/** Creates the growing columns of all partitions for one field. The columns add the size of their rows to `sizes`. */
export function columnBuilders(field: ArrowField, partitions: number, sizes: PartitionSizes): ColumnBuilders {
  const { type } = field;
  const children = () => layoutOf(type).children.map((child) => columnBuilders(child, partitions, sizes));
  switch (type.kind) {
    case 'null':
      return nullColumn(partitions);
    case 'bool':
      return bitColumn(partitions, sizes);
    case 'utf8':
    case 'binary':
      return textColumn(partitions, sizes);
    case 'list':
    case 'map':
      return listColumn(at(children(), 0), partitions, sizes);
    case 'fixed-list':
      return structColumn(children(), type.size, partitions);
    case 'struct':
      return structColumn(children(), 1, partitions);
    case 'int':
    case 'float':
    case 'date32':
    case 'time64':
    case 'timestamp':
    case 'decimal':
    case 'interval-month-day-nano':
    case 'fixed-binary':
      return fixedColumn(widthOf(type), partitions, sizes);
    default:
      return type satisfies never;
  }
}

function widthOf(type: ArrowType): number {
  const buffer = layoutOf(type).buffers[0];
  if (buffer?.kind !== 'fixed') throw new FabricError('INTERNAL', `Arrow type ${type.kind} has no fixed width.`);
  return buffer.widthBytes;
}
