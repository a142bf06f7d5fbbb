import { serveWriter } from '../coordinator/front/writer/writer-program.ts';
import { openWriterStore } from './fabric/open-writers.ts';

// A child process of `volley serve` that writes results in the formats of clients.

serveWriter(await openWriterStore(process.argv[2] ?? ''));
