import { installVersitygw, startVersitygw } from '../../scripts/servers/versitygw.ts';
import { createS3Store } from '../../engine/store/s3.ts';
import { connectS3 } from '../../engine/store/s3/connection.ts';
import { storeConformance } from '../store/conformance.ts';
import { after } from 'node:test';

await installVersitygw();
const server = await startVersitygw();
await server.makeBucket('volley');
after(() => server.close());
let n = 0;
storeConformance('S3', async () => {
  const connection = connectS3({ endpoint: server.endpoint, region: server.region, credentials: server.credentials });
  return { store: createS3Store(connection, 'volley', `p${n++}`), close: async () => connection.close() };
});
