/** A function that performs the action named in its event, including faults. */
const api = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime`;
const call = (path, body) => fetch(api + path, body === undefined ? {} : { method: 'POST', body });

if (process.env.FAIL_INIT === 'error') {
  await call('/init/error', '{"errorType":"NoLibrary","errorMessage":"it is not there"}');
  process.exit(1);
}
if (process.env.FAIL_INIT === 'exit') process.exit(4);

const held = [];
for (;;) {
  const next = await call('/invocation/next');
  const id = next.headers.get('lambda-runtime-aws-request-id');
  const event = await next.json();
  const answer = (value) => call(`/invocation/${id}/response`, JSON.stringify(value));
  switch (event.do) {
    case 'echo':
      console.log('echoing');
      await answer({ event, pid: process.pid, deadlineMs: Number(next.headers.get('lambda-runtime-deadline-ms')) });
      break;
    case 'environment':
      await answer(process.env);
      break;
    case 'error':
      await call(`/invocation/${id}/error`, '{"errorType":"Oops","errorMessage":"it went wrong"}');
      break;
    case 'exit':
      console.error('last words');
      process.exit(3);
      break;
    case 'fill':
      for (;;) held.push(Buffer.alloc(8 << 20, 1));
    case 'hang':
      await new Promise(() => setInterval(() => {}, 1000));
      break;
    case 'answer-long':
      await answer('x'.repeat(event.bytes));
      break;
    default:
      throw new Error(`no such event: ${event.do}`);
  }
}
