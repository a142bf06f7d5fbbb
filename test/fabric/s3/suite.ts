import { after, test } from 'node:test';
import { installVersitygw, type S3Server, startVersitygw } from '../../../scripts/servers/versitygw.ts';

/** Returns the reason why no S3 server is available, or undefined if one is available. */
export function whyNoS3(): Promise<string | undefined> {
  return installVersitygw().then(
    () => undefined,
    (error: Error) => error.message,
  );
}

/**
 * Starts a server, calls `suite` to register tests for it, and stops the server after the tests. If no server is available, registers a
 * single skipped test called `name` that reports the reason.
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
