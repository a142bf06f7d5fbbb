// Neither child processes nor worker threads inherit the TypeScript loader of the tests: it is registered here, before the real entry.
import { register } from 'tsx/esm/api';

register();
await import('../../../functions/binder.ts');
