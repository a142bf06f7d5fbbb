// Child processes and worker threads do not inherit the tests' TypeScript loader, so it is registered here before the real entry point.
import { register } from 'tsx/esm/api';

register();
await import('../../../functions/binder.ts');
