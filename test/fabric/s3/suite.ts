import { after, test } from 'node:test';
import { installVersitygw, type S3Server, startVersitygw } from '../../../scripts/servers/versitygw.ts';

/** Why no server can be had; undefined where one can. */
export function whyNoS3(): Promise<string | undefined> {
  return installVersitygw().then(
    () => undefined,
    (error: Error) => error.message,
  );
}

/** Has `suite` register tests over a server, which ends after all of them. Where none can be had, one skipped test of this name says why. */
export async function s3Suite(name: string, suite: (server: S3Server) => Promise<void>): Promise<void> {
  const missing = await whyNoS3();
  if (missing !== undefined) {
    test(name, { skip: missing });
    return;
  }
  const server = await startVersitygw();
  try {
    await suite(server);
  } finally {
    after(() => server.close());
  }
}
