/**
 * A Lambda endpoint that answers each invocation with the same outcome after 30 ms, in a process of its own. It sends its port to its parent.
 * As Lambda's it does not say how long it keeps a connection that idles: Node's `keepAliveTimeout`, in ms its argument or 5,000, and a second.
 */
import { createServer } from 'node:http';
import { encodeOutcomeEnvelope } from '../../../engine/task/envelope.ts';
import { wrote } from '../../coordinator/scheduler/graph.ts';

const LATENCY_MS = 30;
const outcome = encodeOutcomeEnvelope(wrote('key'));

const server = createServer({ keepAliveTimeout: Number(process.argv[2] ?? 5000) }, (request, response) => {
  request.resume().on('end', () => {
    const headers = { 'content-type': 'application/json', connection: 'keep-alive' };
    setTimeout(() => response.writeHead(200, headers).end(outcome), LATENCY_MS);
  });
});
server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => process.send?.(server.address()));
process.on('disconnect', () => process.exit());
