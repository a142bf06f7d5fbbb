import { DuckdbError } from '../duckdb/kernel/error.ts';
import { inputsOf, type Relation } from '../plan/relation.ts';
import type { Task } from '../task/task.ts';
import type { LocalInput, TableInput } from './local-inputs.ts';

/** A file whose rows alone make a part of a fragment fail, with the error. */
export interface FailingFile {
  readonly input: LocalInput;
  readonly error: DuckdbError;
}

/** Runs a whole task and discards its rows. Rejects with the task's error. */
export type Rerun = (task: Task, tables: readonly TableInput[]) => Promise<void>;

/**
 * Finds the file that a task failed on. DuckDB's errors in expressions do not name the file. Reruns each part of the
 * fragment that reads a single table on half of the table's files, then on half of those, and so on. Returns undefined
 * if no single file fails, for example because the error came from a join's rows, from another stage's rows, or from
 * the rows of several files together. `isStopped` returns whether to stop searching.
 */
export async function findFailingFile(
  error: DuckdbError,
  task: Task,
  tables: readonly TableInput[],
  rerun: Rerun,
  isStopped: () => boolean,
): Promise<FailingFile | undefined> {
  for (const part of partsOfOneTable(task.stage.root)) {
    const table = tables.find((each) => each.table === part.table);
    if (table === undefined) continue;
    const failureOn = async (inputs: readonly LocalInput[]): Promise<DuckdbError | undefined> => {
      if (isStopped()) return undefined;
      try {
        await rerun(taskOfPart(task, part.root), [onlyOf(table, inputs)]);
        return undefined;
      } catch (again) {
        return again instanceof DuckdbError && again.type === error.type ? again : undefined;
      }
    };
    const inputs = [...new Set(table.reads.map(({ input }) => input))];
    const isAll = part.root === task.stage.root;
    const failure = isAll ? error : await failureOn(inputs);
    const found = failure === undefined ? undefined : await narrow(failure, inputs, failureOn);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Halves a set of files that fails with `error` until one file remains, and confirms that this file fails alone. */
async function narrow(
  error: DuckdbError,
  inputs: readonly LocalInput[],
  failureOn: (inputs: readonly LocalInput[]) => Promise<DuckdbError | undefined>,
): Promise<FailingFile | undefined> {
  const [input] = inputs;
  if (input === undefined) return undefined;
  if (inputs.length === 1) return { input, error };
  const half = Math.ceil(inputs.length / 2);
  for (const part of [inputs.slice(0, half), inputs.slice(half)]) {
    const failure = await failureOn(part);
    if (failure !== undefined) return narrow(failure, part, failureOn);
  }
  return undefined;
}

interface PartOfOneTable {
  readonly root: Relation;
  readonly table: number;
}

/** Returns the largest parts of a fragment that read exactly one table and no other stage. */
function partsOfOneTable(root: Relation): readonly PartOfOneTable[] {
  const leaves = leavesOf(root);
  const [leaf] = leaves;
  if (leaf?.kind === 'scan' && leaves.length === 1) return [{ root, table: leaf.table }];
  return inputsOf(root).flatMap(partsOfOneTable);
}

function leavesOf(relation: Relation): readonly Relation[] {
  const inputs = inputsOf(relation);
  return inputs.length === 0 ? [relation] : inputs.flatMap(leavesOf);
}

/** Returns a task whose result is the output of one part of the given task's fragment. */
function taskOfPart(task: Task, root: Relation): Task {
  return {
    ...task,
    stage: { ...task.stage, root, output: { kind: 'result' } },
    inputs: [],
    columns: root.types.map((_, index) => `c${index}`),
    resultFormat: 'arrow',
  };
}

function onlyOf(table: TableInput, inputs: readonly LocalInput[]): TableInput {
  return { ...table, reads: table.reads.filter(({ input }) => inputs.includes(input)) };
}
