import { type Connection, Database } from '../../../engine/duckdb/kernel/database.ts';
import { DuckdbError } from '../../../engine/duckdb/kernel/error.ts';
import { configure, lockDown } from '../../../engine/duckdb/kernel/lockdown.ts';
import { asFabricError, FabricError } from '../../../engine/errors.ts';
import type { LogicalPlan } from '../../../engine/plan/logical-plan.ts';
import { countParts } from '../../../engine/plan/plan-size.ts';
import type {
  BinderAnswer,
  BinderRequest,
  BinderStart,
  BinderTable,
  BindRequest,
  BoundAnswer,
  CheckAnswer,
  CheckRequest,
  FailedAnswer,
} from '../binder-protocol.ts';
import { checkScript } from '../sql/check-script.ts';
import { Binding } from './binding.ts';
import { machineError } from './machine-error.ts';
import { parseSelects } from './parse-selects.ts';
import { refusalOfError } from './query-error.ts';
import { type BoundTable, bindParquetTable, StandInFiles } from './stand-in-files.ts';
import { bindTextTable, type TextContext } from './text-tables.ts';

/** The maximum total size of stand-in files. When they exceed it, they and DuckDB's cache of their metadata are dropped. */
const MAX_STAND_IN_BYTES = 128 << 20;

/**
 * Binds scripts sequentially on a locked-down DuckDB instance. Every request has its own connection with only temporary views, so requests
 * cannot access each other's views.
 */
export class ScriptBinder {
  readonly #start: BinderStart;
  readonly #files: StandInFiles;
  readonly #shapes: TextContext['shapes'] = new Map();
  readonly #onReading: TextContext['onReading'];
  #database: Database;

  /** `onReading` is called with a text file's location before the file's columns are determined, and without arguments afterwards. */
  constructor(start: BinderStart, onReading: TextContext['onReading']) {
    this.#start = start;
    this.#onReading = onReading;
    this.#files = new StandInFiles(`${start.scratchFolder}/inputs`);
    this.#database = openLocked(start);
  }

  /** Answers a request. Never throws, because errors are returned as answers. */
  answer(request: BinderRequest): BinderAnswer {
    try {
      return request.kind === 'check' ? this.#check(request) : this.#bindStatement(request);
    } catch (error) {
      return this.#failed(asBindError(error));
    }
  }

  /** Closes DuckDB and removes the stand-in files. */
  close(): void {
    this.#database.close();
    this.#files.empty();
  }

  #check(request: CheckRequest): CheckAnswer {
    return this.#connected('UTC', (connection) => {
      const script = checkScript(request.script, request.tableNames, (text) => parseSelects(connection, text));
      const { settings, rows, tables, files } = script;
      return { kind: 'checked', settings, ...(rows === undefined ? {} : { rows: rows.kind }), tables, files };
    });
  }

  #bindStatement(request: BindRequest): BoundAnswer {
    if (this.#files.sizeBytes > MAX_STAND_IN_BYTES) this.#recycle();
    return this.#connected(request.timeZone, (connection) => {
      // Check the script again, because the binder does not trust its caller.
      const script = checkScript(request.script, request.tableNames, (text) => parseSelects(connection, text));
      const plan = new Binding(connection, request, script, (table) => this.#bindTable(connection, table)).plan();
      checkSize(plan, request.maxPlanParts);
      return { kind: 'bound', plan };
    });
  }

  #connected<T>(timeZone: string, use: (connection: Connection) => T): T {
    const connection = this.#database.connect();
    try {
      const limits = instanceLimits(this.#start);
      // The instance's limits are already set. Only the time zone is set per connection.
      configure(connection, { ...limits, timeZone }, { ...limits, timeZone: '' });
      return use(connection);
    } finally {
      connection.close();
    }
  }

  #bindTable(connection: Connection, table: BinderTable): BoundTable {
    if (table.format === 'parquet') return bindParquetTable(table, this.#files);
    const { localRoots } = this.#start;
    const context = { files: this.#files, shapes: this.#shapes, localRoots, onReading: this.#onReading };
    return bindTextTable(connection, table, context);
  }

  #recycle(): void {
    this.#database.close();
    this.#shapes.clear();
    this.#files.empty();
    this.#database = openLocked(this.#start);
  }

  /**
   * Replaces stand-in paths in a message with the locations of their inputs. An error about a stand-in becomes `INPUT_INVALID`, because the
   * input causes it.
   */
  #failed({ code, message, retryable, details }: FabricError): FailedAnswer {
    const { text, locations } = this.#files.translate(message);
    const [location] = locations;
    if (location === undefined) return { kind: 'failed', code, message, retryable, details };
    return { kind: 'failed', code: 'INPUT_INVALID', message: text, retryable, details: { ...details, location } };
  }
}

/** Throws `PLAN_MEMORY` if a plan is too large for the event loop of the process that requested it. */
function checkSize({ root, columns }: LogicalPlan, maxParts: number | undefined): void {
  if (maxParts === undefined || countParts({ root, columns }, maxParts) <= maxParts) return;
  throw new FabricError(
    'PLAN_MEMORY',
    `The plan of the query has more than ${maxParts} rows, constants, expressions and columns. ` +
      'Put long lists of values into a file and join it, or select fewer columns.',
    { details: { maxParts } },
  );
}

function asBindError(error: unknown): FabricError {
  const machine = machineError(error);
  if (machine !== undefined) return machine;
  if (!(error instanceof DuckdbError)) return asFabricError(error);
  if (error.type === 'out of memory') {
    return new FabricError('PLAN_MEMORY', 'Planning the query needs too much memory. Make its constants smaller.');
  }
  return new FabricError('INVALID_QUERY', refusalOfError(error).message);
}

function instanceLimits(start: BinderStart): { readonly memoryLimitMiB: number; readonly threads: number } {
  return { memoryLimitMiB: start.memoryLimitMiB / 2, threads: 1 };
}

function openLocked(start: BinderStart): Database {
  const database = Database.open();
  const connection = database.connect();
  lockDown(connection, { folders: start.localRoots, files: start.localRoots, scratch: start.scratchFolder });
  configure(connection, { ...instanceLimits(start), timeZone: 'UTC' });
  connection.close();
  return database;
}
