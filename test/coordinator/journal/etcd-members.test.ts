import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isBrokenCircuitError } from 'cockatiel';
import { Members } from '../../../coordinator/journal/etcd/members.ts';

class Failure extends Error {}
const refusal = new Error('the key does not exist');

/** Creates members whose calls succeed or fail with a given error. `call` returns the outcome of one call. */
function membersOf(hosts: readonly string[]) {
  const members = new Members((error) => error instanceof Failure);
  const policies = new Map(hosts.map((host) => [host, members.policyOf(host)]));
  const call = async (host: string, error?: Error): Promise<'answered' | 'failed' | 'left out'> => {
    const answer = async () => {
      if (error !== undefined) throw error;
    };
    return (policies.get(host) ?? assert.fail(host)).execute(answer).then(
      () => 'answered',
      (thrown) => (isBrokenCircuitError(thrown) ? 'left out' : 'failed'),
    );
  };
  return { call };
}

describe('the choice of an etcd member', () => {
  test('skips a failed member until every member has failed', async () => {
    const { call } = membersOf(['a', 'b']);
    assert.equal(await call('a', new Failure()), 'failed');
    assert.equal(await call('a'), 'left out');
    assert.equal(await call('b', new Failure()), 'failed');
    assert.equal(await call('b'), 'left out');
    assert.equal(await call('a'), 'answered');
    assert.equal(await call('b'), 'left out');
  });

  test('does not skip a member because it rejected a call', async () => {
    const { call } = membersOf(['a', 'b']);
    assert.equal(await call('a', refusal), 'failed');
    assert.equal(await call('a'), 'answered');
  });

  test('always tries the only member', async () => {
    const { call } = membersOf(['a']);
    assert.equal(await call('a', new Failure()), 'failed');
    assert.equal(await call('a'), 'answered');
  });
});
