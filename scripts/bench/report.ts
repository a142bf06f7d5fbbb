/** Prints the measurements as Markdown for `docs/performance.md`. */

export type ShapeName = 'default' | 'fanout=4' | 'fanout=4 broadcast_limit=0';

export interface Measurement {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly rows: number;
  readonly shuffleRows: number;
  readonly shuffleBytes: number;
  readonly tasks: number;
  readonly residentBytes: number;
}

export interface Report {
  /** Measurements by query, then by engine, with one measurement per repetition. */
  readonly measured: ReadonlyMap<string, ReadonlyMap<ShapeName | 'duckdb', readonly Measurement[]>>;
  /** Seconds from starting `volley sql 'select 1'` to its exit. */
  readonly starts: readonly number[];
  readonly machine: string;
  /** What the queries read, such as `TPC-H scale 1`. */
  readonly tables: string;
  readonly repetitions: number;
}

const shapeNames: readonly ShapeName[] = ['default', 'fanout=4', 'fanout=4 broadcast_limit=0'];
const seconds = (value: number): string => value.toFixed(value < 10 ? 2 : 1);
const millions = (value: number): string => (value / 1e6).toFixed(2);

export function printReport({ measured, starts, machine, tables, repetitions }: Report): void {
  const best = (query: string, who: ShapeName | 'duckdb', figure: (one: Measurement) => number): number =>
    Math.min(...(measured.get(query)?.get(who) ?? []).map(figure));
  const wall = (one: Measurement): number => one.wallSeconds;
  const cpu = (one: Measurement): number => one.cpuSeconds;
  const total = (who: ShapeName | 'duckdb', figure: (one: Measurement) => number): number =>
    [...measured.keys()].reduce((sum, query) => sum + best(query, who, figure), 0);
  const peak = Math.max(
    ...[...measured.values()].flatMap((ofQuery) => [...ofQuery.values()].flat().map((one) => one.residentBytes)),
  );

  const runs = repetitions === 1 ? 'one repetition' : `best of ${repetitions} repetitions`;
  console.log(`${tables}, ${runs}; ${machine}\n`);
  console.log(
    '| query | DuckDB wall s | CPU s | default wall s | fanout=4 CPU s | M rows | MB | broadcast_limit=0 CPU s | M rows | MB |',
  );
  console.log('| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |');
  const moved = (query: string, who: ShapeName): string =>
    `${millions(best(query, who, (one) => one.shuffleRows))} | ${millions(best(query, who, (one) => one.shuffleBytes))}`;
  for (const query of measured.keys()) {
    const [, fanout, forced] = shapeNames.map((name) => seconds(best(query, name, cpu)));
    const row = [
      seconds(best(query, 'duckdb', wall)),
      seconds(best(query, 'duckdb', cpu)),
      seconds(best(query, 'default', wall)),
    ];
    console.log(
      `| ${query} | ${row.join(' | ')} | ${fanout} | ${moved(query, 'fanout=4')} | ${forced} | ${moved(query, 'fanout=4 broadcast_limit=0')} |`,
    );
  }
  console.log('');
  console.log('| | wall s | relative to DuckDB | CPU s | relative to DuckDB | M rows shuffled | MB shuffled |');
  console.log('| --- | --: | --: | --: | --: | --: | --: |');
  console.log(
    `| plain DuckDB | ${seconds(total('duckdb', wall))} | 1.00 | ${seconds(total('duckdb', cpu))} | 1.00 | | |`,
  );
  for (const name of shapeNames) {
    const [wallTotal, cpuTotal] = [total(name, wall), total(name, cpu)];
    const ratios = [wallTotal / total('duckdb', wall), cpuTotal / total('duckdb', cpu)].map((ratio) =>
      ratio.toFixed(2),
    );
    const [rows, bytes] = [total(name, (one) => one.shuffleRows), total(name, (one) => one.shuffleBytes)];
    console.log(
      `| ${name} | ${seconds(wallTotal)} | ${ratios[0]} | ${seconds(cpuTotal)} | ${ratios[1]} | ${millions(rows)} | ${millions(bytes)} |`,
    );
  }
  console.log(`\n\`volley sql 'select 1'\` from start to exit: ${starts.map(seconds).join(', ')} s.`);
  console.log(
    `Coordinator, binder and executors of all three sessions together: ${Math.round(peak / 2 ** 20)} MiB resident at peak, measured after each query.`,
  );
}
