/** A directed graph: each node with the nodes its edges lead to. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** One path from a node back to itself for each cycle that a depth-first search meets. Empty if and only if the graph has no cycle. */
export function cyclesIn(graph: Graph): string[] {
  const cycles: string[] = [];
  const finished = new Set<string>();
  const path: string[] = [];
  const visit = (node: string): void => {
    const start = path.indexOf(node);
    if (start >= 0) cycles.push([...path.slice(start), node].join(' -> '));
    if (start >= 0 || finished.has(node)) return;
    path.push(node);
    for (const next of graph.get(node) ?? []) visit(next);
    path.pop();
    finished.add(node);
  };
  for (const node of graph.keys()) visit(node);
  return cycles;
}

/** The shortest path from a node to each node that can be reached from it. */
export function pathsFrom(start: string, graph: Graph): ReadonlyMap<string, readonly string[]> {
  const paths = new Map<string, readonly string[]>([[start, [start]]]);
  // A map visits entries that are added during iteration, so this is a breadth-first search.
  for (const [node, path] of paths) {
    for (const next of graph.get(node) ?? []) if (!paths.has(next)) paths.set(next, [...path, next]);
  }
  return paths;
}
