/** A directed graph. Maps each node to the nodes that its edges lead to. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** Returns a path for each cycle that a depth-first search finds. The list is empty if and only if the graph has no cycle. */
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

/** Returns the shortest path from `start` to each reachable node. */
export function pathsFrom(start: string, graph: Graph): ReadonlyMap<string, readonly string[]> {
  const paths = new Map<string, readonly string[]>([[start, [start]]]);
  // A map visits entries that are added during iteration, so this is a breadth-first search.
  for (const [node, path] of paths) {
    for (const next of graph.get(node) ?? []) if (!paths.has(next)) paths.set(next, [...path, next]);
  }
  return paths;
}
