import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { kernelKills } from '../../../coordinator/invoke/executor-child.ts';

describe('kernelKills', () => {
  const cases: readonly (readonly [string, Readonly<Record<string, string>>, number])[] = [
    ['reads a cgroup v2', { '0::/a/b': '', 'a/b/memory.events': 'low 0\noom 4\noom_kill 3\n' }, 3],
    ['reads the group that a container sees as the root', { '0::/': '', 'memory.events': 'oom_kill 2\n' }, 2],
    [
      'reads a cgroup v1 whose name the container cannot see',
      { '4:memory:/docker/0a1b': '', 'memory/memory.oom_control': 'under_oom 0\noom_kill 5\n' },
      5,
    ],
    ['is 0 if the system reports no count', {}, 0],
    ['is 0 for a group without a limit', { '0::/a': '' }, 0],
  ];
  for (const [what, files, count] of cases) {
    test(what, (t) => {
      const root = mkdtempSync(join(tmpdir(), 'volley-kills-'));
      t.after(() => rmSync(root, { recursive: true, force: true }));
      for (const [name, text] of Object.entries(files)) {
        const isGroup = name.includes(':');
        const path = join(root, isGroup ? 'proc/self/cgroup' : join('sys/fs/cgroup', name));
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, isGroup ? `${name}\n` : text);
      }
      assert.equal(kernelKills(root), count);
    });
  }
});
