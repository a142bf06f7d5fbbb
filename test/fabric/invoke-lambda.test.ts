import { limits } from '../../localstack/lambda/limits.ts';
import { invokerConformance } from '../invoke/conformance.ts';
import { openLambda } from './open-invokers.ts';

invokerConformance('lambda invoker', {
  open: openLambda,
  openFull: () => openLambda([], { reservedConcurrency: 0 }, { throttledTries: 3 }),
  stopsAborted: false,
  payloadBytes: limits.synchronousPayloadBytes,
});
