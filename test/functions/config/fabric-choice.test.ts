import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { loadConfig } from '../../../functions/config/config.ts';
import { localExecutors } from '../../../functions/fabric/local-executors.ts';

const folder = mkdtempSync(join(tmpdir(), 'volley-fabric-choice-'));
after(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'config.json');
const environment = { XDG_CONFIG_HOME: folder, XDG_STATE_HOME: folder };

function configWith(content: unknown, flags: { fabric?: string } = {}, more: Record<string, string> = {}) {
  writeFileSync(path, JSON.stringify(content));
  return loadConfig({ config: path, ...flags }, { ...environment, ...more });
}

test('reads the fabric from the flag, the environment or the config file, in this order, and defaults to local', () => {
  assert.deepEqual(configWith({}).fabric, { kind: 'local' });
  assert.equal(configWith({ fabric: 'lambda' }).fabric.kind, 'lambda');
  assert.equal(configWith({ fabric: 'lambda' }, {}, { VOLLEY_FABRIC: 'local' }).fabric.kind, 'local');
  assert.equal(configWith({}, { fabric: 'Lambda' }, { VOLLEY_FABRIC: 'local' }).fabric.kind, 'lambda');
});

test('reads the Lambda limits from the config file, with defaults', () => {
  const { fabric } = configWith({ fabric: 'lambda', lambda: { sizes_mib: [2048, 512], timeout_seconds: 60 } });
  assert.deepEqual(fabric, {
    kind: 'lambda',
    limits: { sizesMiB: [2048, 512], timeoutMs: 60_000, scratchMiB: 512, accountConcurrency: 1000 },
  });
});

for (const [lambda, message] of [
  [[], /"lambda" must be an object/],
  [{ sizes_mib: [] }, /must be a list of memory sizes/],
  [{ sizes_mib: [64] }, /a whole number from 128 to 10240/],
  [{ timeout_seconds: 901 }, /"lambda.timeout_seconds" must be a whole number from 1 to 900/],
  [{ scratch_mib: 100 }, /from 512 to 10240/],
  [{ memory: 1 }, /"lambda.memory" is not one of sizes_mib/],
] as const) {
  test(`rejects the Lambda limits ${JSON.stringify(lambda)}`, () => {
    assert.throws(() => configWith({ lambda }), { code: 'USAGE', message });
  });
}

test('rejects an unknown fabric', () => {
  assert.throws(() => configWith({}, { fabric: 'cloud' }), { code: 'USAGE', message: /Valid fabrics: local, lambda/ });
});

test('selects the smallest function with at least as much memory as the memory setting requires', () => {
  const { fabric, settings } = configWith({ fabric: 'lambda' });
  const machine = { cores: 2, memoryMiB: 8192 };
  const memoryOf = (memoryMiB?: number) =>
    localExecutors(fabric, machine).taskMemoryMiB(
      { ...settings, ...(memoryMiB === undefined ? {} : { memoryMiB }) },
      8,
    );
  assert.deepEqual([memoryOf(), memoryOf(512), memoryOf(513), memoryOf(10_240)], [1769, 512, 1024, 10_240]);
  assert.throws(() => memoryOf(10_241), { code: 'INVALID_SETTING', message: /Set memory to at most 10240/ });
});
