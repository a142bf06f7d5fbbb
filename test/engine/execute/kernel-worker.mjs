// Worker threads do not inherit the tests' TypeScript loader, so register it before the real entry point.
import { register } from 'tsx/esm/api';

register();
await import('../../../functions/kernel-worker.ts');
