import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';

// A fake binder. The script of each request names the fault to simulate.
process.on('message', ({ id, body }) => {
  const answer = (content) => process.send({ kind: 'numbered', id, body: content });
  const marker = /^hang once (.*)/.exec(body.script)?.[1];
  if (marker !== undefined && !existsSync(marker)) {
    writeFileSync(marker, String(process.pid));
    return;
  }
  const killed = /^killed three times (.*)/.exec(body.script)?.[1];
  if (killed !== undefined && (!existsSync(killed) || readFileSync(killed, 'utf8').length < 3)) {
    appendFileSync(killed, '.');
    process.kill(process.pid, 'SIGKILL');
    return;
  }
  switch (body.script) {
    case 'hang':
      return;
    case 'busy':
      for (;;);
    case 'exit':
      process.stderr.write('first line\nlast words\n');
      process.exit(3);
      return;
    case 'die':
      process.kill(process.pid, 'SIGSEGV');
      return;
    case 'killed':
      process.kill(process.pid, 'SIGKILL');
      return;
    case 'grow':
      globalThis.memory = Buffer.alloc(400 << 20, 1);
      return;
    case 'too large':
      process.send({ kind: 'too-large' });
      return;
    case 'environment':
      answer({
        kind: 'failed',
        code: 'INTERNAL',
        message: Object.keys(process.env).join(),
        retryable: false,
        details: {},
      });
      return;
    default:
      answer({ kind: 'checked', settings: [['pid', String(process.pid)]], tables: [], files: [] });
  }
});
