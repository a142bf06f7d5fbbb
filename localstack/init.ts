/**
 * Creates the resources that Volley needs in an AWS account or an emulator, and prints how to use them. With `--remove`, removes
 * the resources with their contents.
 *
 *   node --import tsx localstack/init.ts [--name volley]                    a bucket, for standalone executors
 *   node --import tsx localstack/init.ts --image IMAGE [--name volley] [--memory 1769] [--timeout 300] [--concurrency N]
 *                                                                           also a function with the executor's image, and its role
 *   node --import tsx localstack/init.ts --remove [--name volley]
 *
 * VOLLEY_AWS_ENDPOINT is the endpoint (default: AWS). AWS_REGION and the credentials are set as for any program that uses the AWS SDK.
 */
import { lambdaLimits } from '../coordinator/invoke/lambda-limits.ts';
import { scriptArguments, wholeNumberFrom } from '../scripts/arguments.ts';
import { createBucket, createFunction, locationsIn, removeResources } from './resources.ts';

const { options: values } = scriptArguments(
  {
    name: 'node --import tsx localstack/init.ts',
    about:
      'Creates the bucket, and with --image the function, that Volley needs in an AWS account, and prints how to use them. Set VOLLEY_AWS_ENDPOINT to use an emulator.',
  },
  {
    image: { value: 'image', about: "the executor's image; without it, no function is created" },
    name: { value: 'name', default: 'volley', about: 'name of the bucket, the role and the function' },
    memory: {
      value: 'MIB',
      default: String(lambdaLimits.memoryMiBPerCore),
      read: wholeNumberFrom(lambdaLimits.memoryMiB.least, lambdaLimits.memoryMiB.most),
      about: 'memory of the function',
    },
    timeout: {
      value: 'seconds',
      default: '300',
      read: wholeNumberFrom(lambdaLimits.timeoutSeconds.least, lambdaLimits.timeoutSeconds.most),
      about: 'time limit of the function',
    },
    concurrency: { value: 'N', read: wholeNumberFrom(1), about: 'reserved concurrency of the function' },
    remove: { about: 'remove the function, the role, and the bucket with all its objects' },
  },
);
const endpoint = process.env['VOLLEY_AWS_ENDPOINT'];
const account = { region: process.env['AWS_REGION'] ?? 'us-east-1', ...(endpoint === undefined ? {} : { endpoint }) };

if (values.remove) {
  const objects = await removeResources(account, values.name);
  process.stdout.write(`Removed the bucket, role and function ${values.name}, with ${objects} objects.\n`);
} else {
  const { name, image, concurrency } = values;
  const { data, store } = locationsIn(name);
  await createBucket(account, name);
  if (image !== undefined) {
    const size = { memoryMiB: values.memory, timeoutSeconds: values.timeout };
    const most = concurrency === undefined ? {} : { concurrency };
    await createFunction(account, { name, image, ...size, ...most });
  }
  const executors = image === undefined ? 'dns:executor:8080' : `lambda:${name}`;
  process.stdout.write(`Put data under ${data}, then run:\n`);
  process.stdout.write(`  volley serve --data ${data} --store ${store} --executors ${executors}\n`);
}
