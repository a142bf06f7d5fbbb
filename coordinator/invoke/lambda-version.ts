import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  type LambdaClientConfig,
  LambdaServiceException,
  paginateListVersionsByFunction,
} from '@aws-sdk/client-lambda';
import { FabricError } from '../../engine/errors.ts';

/** A function and its endpoint. */
export interface FunctionPlace extends Pick<LambdaClientConfig, 'credentials'> {
  /** The name or ARN of the function, without a version. */
  readonly functionName: string;
  /** A version or an alias; the newest published version by default. */
  readonly qualifier?: string;
  readonly region: string;
  /** A Lambda endpoint to use instead of the region's. */
  readonly endpoint?: string;
}

const LATEST = '$LATEST';

/**
 * Returns the number of a published version: the given version, the version that an alias refers to, or the newest version. Later
 * deployments do not change a published version. Rejects with `USAGE` if there is no such version or access is denied, and with
 * `EXECUTOR_LOST` if Lambda does not answer. Returns a given version number without a request to Lambda.
 */
export async function publishedVersion(place: FunctionPlace): Promise<string> {
  const { functionName, qualifier, region, endpoint, credentials } = place;
  if (qualifier !== undefined && /^\d+$/.test(qualifier)) return qualifier;
  const client = new LambdaClient({
    region,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
  });
  try {
    const version =
      qualifier === undefined ? await newest(client, functionName) : await meantBy(client, functionName, qualifier);
    if (version === undefined || version === LATEST) throw unpublished(functionName, qualifier);
    return version;
  } catch (error) {
    throw error instanceof FabricError ? error : unseen(functionName, error);
  } finally {
    client.destroy();
  }
}

async function meantBy(client: LambdaClient, functionName: string, alias: string): Promise<string | undefined> {
  const command = new GetFunctionConfigurationCommand({ FunctionName: functionName, Qualifier: alias });
  return (await client.send(command)).Version;
}

async function newest(client: LambdaClient, functionName: string): Promise<string | undefined> {
  const numbers: number[] = [];
  for await (const { Versions = [] } of paginateListVersionsByFunction({ client }, { FunctionName: functionName })) {
    numbers.push(...Versions.map(({ Version }) => Number(Version)).filter(Number.isInteger));
  }
  return numbers.length === 0 ? undefined : String(numbers.reduce((most, each) => Math.max(most, each)));
}

function unpublished(functionName: string, alias: string | undefined): FabricError {
  const what = alias === undefined ? `has no published version` : `has no published version for the alias ${alias}`;
  const message = `The function ${functionName} ${what}. Volley invokes only published versions, so that a job's code does not change while it runs. Publish one (aws lambda publish-version --function-name ${functionName}). For a local emulator without versions, use --executors lambda-unpublished:${functionName}.`;
  return new FabricError('USAGE', message);
}

function unseen(functionName: string, cause: unknown): FabricError {
  const { name, message: said } = cause instanceof Error ? cause : { name: '', message: String(cause) };
  const isRefusal = cause instanceof LambdaServiceException && (cause.$metadata.httpStatusCode ?? 500) < 500;
  const asked = `Cannot look up the published version of the function ${functionName} (${name}: ${said})`;
  const advice = `This requires the permissions lambda:GetFunctionConfiguration and lambda:ListVersionsByFunction. A version number (--executors lambda:${functionName}:7) needs no lookup. For a local emulator without versions, use --executors lambda-unpublished:${functionName}.`;
  return isRefusal
    ? new FabricError('USAGE', `${asked}. ${advice}`, { cause })
    : new FabricError('EXECUTOR_LOST', `${asked}. ${advice}`, { retryable: true, cause });
}
