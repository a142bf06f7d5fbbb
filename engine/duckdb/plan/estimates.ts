import { objectsField, optionalField } from './fields.ts';
import { type JsonObject, type JsonValue, parseJson } from './parse-json.ts';

/**
 * Reads the optimizer's row estimate for each plan node from `EXPLAIN (FORMAT JSON)` of the same statement with
 * `explain_output='optimized_only'`. Both trees have the same shape. A node at which they differ, and all nodes below it, have no estimate.
 */
export function readEstimates(root: JsonObject, explainJson: string | undefined): ReadonlyMap<JsonObject, number> {
  const estimates = new Map<JsonObject, number>();
  if (explainJson === undefined) return estimates;
  const parsed = parseJson(explainJson);
  const pending: [JsonObject, JsonObject][] = [];
  const top: JsonValue | undefined = Array.isArray(parsed) ? parsed[0] : parsed;
  if (isObject(top)) pending.push([root, top]);
  for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
    const [node, explained] = pair;
    if (!describesSame(node, explained)) continue;
    const text = optionalField(explained, 'extra_info')?.['Estimated Cardinality'];
    const rows = typeof text === 'string' ? Number(text.replace(/^~/, '').split(' ')[0]) : Number.NaN;
    if (Number.isFinite(rows)) estimates.set(node, rows);
    const [below, explainedBelow] = [objectsField(node, 'children'), objectsField(explained, 'children')];
    if (below.length !== explainedBelow.length) continue;
    below.forEach((child, index) => {
      const match = explainedBelow[index];
      if (match !== undefined) pending.push([child, match]);
    });
  }
  return estimates;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** EXPLAIN's names of the operators that have a different name in the plan JSON. */
const EXPLAINED_NAMES: Readonly<Record<string, string>> = {
  LOGICAL_AGGREGATE_AND_GROUP_BY: 'AGGREGATE',
  LOGICAL_MATERIALIZED_CTE: 'CTE',
  LOGICAL_CTE_REF: 'CTE_SCAN',
};

/**
 * Returns whether a node of EXPLAIN and a node of the plan are the same operator. EXPLAIN names a GET after its table function, so a GET
 * matches any name.
 */
function describesSame(node: JsonObject, explained: JsonObject): boolean {
  const [type, name] = [node['type'], explained['name']];
  if (typeof type !== 'string' || typeof name !== 'string') return false;
  return type === 'LOGICAL_GET' || type === `LOGICAL_${name}` || EXPLAINED_NAMES[type] === name;
}
