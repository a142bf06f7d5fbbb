import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FabricError } from '../../../engine/errors.ts';
import { type Dependency, DependencyWatch } from '../../../functions/fabric/dependency-watch.ts';
import { VirtualClock } from '../../../scripts/sim/virtual-clock.ts';

const away = new FabricError('STORE_FAILED', 'nothing answers', { retryable: true });
const wrong = new FabricError('STORE_FAILED', 'no such bucket');

const unexpected = (error: unknown) => assert.fail(String(error));

/** Creates a watch on a dependency that the test can make fail. */
function watched(changes: Partial<Dependency> = {}) {
  const clock = new VirtualClock(0);
  const lines: string[] = [];
  const dependency: { failure: FabricError | undefined; checks: boolean[] } = { failure: undefined, checks: [] };
  const watch = new DependencyWatch(
    {
      name: 'store (x)',
      meaning: 'Tasks wait.',
      everyMs: 10_000,
      failuresToTell: 2,
      check: async (isFirst) => {
        dependency.checks.push(isFirst);
        if (dependency.failure !== undefined) throw dependency.failure;
      },
      ...changes,
    },
    clock,
    (line) => lines.push(line),
  );
  return { clock, lines, dependency, watch };
}

test('reports the start and the end of an outage once each', async () => {
  const { clock, lines, dependency, watch } = watched();
  await watch.begin(unexpected);
  assert.equal(watch.state, 'answers');
  dependency.failure = away;
  await clock.run(clock.sleep(60_000));
  assert.equal(watch.state, 'away');
  assert.deepEqual(lines, ['store (x): no answer since 1970-01-01T00:00:10.000Z. nothing answers. Tasks wait.']);
  dependency.failure = undefined;
  await clock.run(clock.sleep(60_000));
  assert.equal(watch.state, 'answers');
  assert.deepEqual(lines.slice(1), ['store (x): answers again, after 50 s.']);
  watch.close();
});

test('does not report a single failed check', async () => {
  const { clock, lines, dependency, watch } = watched();
  await watch.begin(unexpected);
  dependency.failure = away;
  await clock.run(clock.sleep(10_500));
  dependency.failure = undefined;
  await clock.run(clock.sleep(60_000));
  assert.deepEqual([lines, watch.state], [[], 'answers']);
  watch.close();
});

test('treats a permanent failure as fatal only before the first successful check', async () => {
  const never = watched();
  never.dependency.failure = wrong;
  await assert.rejects(never.watch.begin(unexpected), wrong);
  never.watch.close();
  const later = watched();
  later.dependency.failure = away;
  const errors: unknown[] = [];
  await later.watch.begin((error) => errors.push(error));
  assert.deepEqual([later.watch.wasReached, errors], [false, []]);
  later.dependency.failure = wrong;
  await later.clock.run(later.clock.sleep(1000));
  assert.deepEqual(errors, [wrong]);
  later.watch.close();
  const reached = watched();
  await reached.watch.begin(unexpected);
  reached.dependency.failure = wrong;
  await reached.clock.run(reached.clock.sleep(60_000));
  assert.equal(reached.watch.state, 'away');
  assert.deepEqual(reached.dependency.checks.slice(0, 2), [true, false], 'isFirst is true only until a check succeeds');
  reached.watch.close();
});
