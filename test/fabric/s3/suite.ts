import { after, test } from 'node:test';
import { installVersitygw, type S3Server, startVersitygw } from '../../../scripts/servers/versitygw.ts';

/** The reason why no server is available; undefined if one is. */
export function whyNoS3(): Promise<string | undefined> {
  return installVersitygw().then(
    () => undefined,
    (error: Error) => error.message,
  );
}

/**
 * Lets `suite` register tests for a server that ends after them. If no server is available, one skipped test with this name gives the
 * reason.
 */
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
