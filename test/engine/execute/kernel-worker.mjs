// Worker threads do not inherit the TypeScript loader of the tests: it is registered here, before the real entry.
import { register } from 'tsx/esm/api';

register();
await import('../../../functions/kernel-worker.ts');
