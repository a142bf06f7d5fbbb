/** Asks `/healthz` of a coordinator in a loop, in a thread of its own, and reports the slowest responses. */
import { Agent, get } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

const PAUSE_MS = 5;
const KEPT = 10;

const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const slowest = [];
const failures = [];
let count = 0;
let isEnding = false;
parentPort.on('message', () => {
  isEnding = true;
});

function ask() {
  return new Promise((resolve, reject) => {
    const request = get(`${workerData.url}/healthz`, { agent }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode));
      response.on('error', reject);
    });
    request.on('error', reject);
  });
}

while (!isEnding) {
  const startedAt = Date.now();
  try {
    const status = await ask();
    if (status !== 200) failures.push(`status ${status}`);
  } catch (error) {
    failures.push(String(error));
  }
  count += 1;
  slowest.push({ startedAt, endedAt: Date.now() });
  slowest.sort((a, b) => b.endedAt - b.startedAt - (a.endedAt - a.startedAt));
  slowest.length = Math.min(slowest.length, KEPT);
  await delay(PAUSE_MS);
}
agent.destroy();
parentPort.postMessage({ count, slowest, failures });
parentPort.close();
