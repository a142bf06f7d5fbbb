import { invokerConformance } from '../../coordinator/invoke/conformance.ts';
import { openLocal } from './open-invokers.ts';

invokerConformance('local invoker', {
  open: openLocal,
  stopsAborted: true,
  payloadBytes: Number.POSITIVE_INFINITY,
});
