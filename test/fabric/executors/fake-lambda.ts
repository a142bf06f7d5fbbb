/**
 * A Lambda endpoint in a separate process that answers each invocation with the same outcome after 30 ms. It sends its address to its
 * parent process. Like Lambda, it does not announce how long it keeps idle connections open. Node closes them one second after
 * `keepAliveTimeout`, which is the program's argument in ms, or 5,000 by default.
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
