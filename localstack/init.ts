/**
 * Creates the resources that Volley needs in an AWS account or an emulator, and prints how to use them. Or removes them with their
 * contents.
 *
 *   node --import tsx localstack/init.ts [--name volley]                    a bucket, for executors that are servers
 *   node --import tsx localstack/init.ts --image IMAGE [--name volley] [--memory 1769] [--timeout 300] [--concurrency N]
 *                                                                           also a function of the executor's image, with its role
 *   node --import tsx localstack/init.ts --remove [--name volley]
 *
 * VOLLEY_AWS_ENDPOINT is the endpoint; AWS by default. AWS_REGION and credentials are as for every program that uses the AWS SDK.
 */
import { scriptArguments } from '../scripts/arguments.ts';
import { createBucket, createFunction, locationsIn, removeResources } from './resources.ts';

const { options: values } = scriptArguments(
  {
    name: 'node --import tsx localstack/init.ts',
    about:
      'Creates the bucket, and with --image the function, that Volley needs in an AWS account, and prints how to use them. VOLLEY_AWS_ENDPOINT names an emulator.',
  },
  {
    image: { value: 'image', about: "the executor's image; without it, no function is created" },
    name: { value: 'name', default: 'volley', about: 'name of bucket, role and function' },
    memory: { value: 'MIB', default: '1769', about: 'memory of the function' },
    timeout: { value: 'seconds', default: '300', about: 'time limit of the function' },
    concurrency: { value: 'N', about: 'reserved concurrency of the function' },
    remove: { about: 'remove bucket, role and function with all objects' },
  },
);
const endpoint = process.env['VOLLEY_AWS_ENDPOINT'];
const account = { region: process.env['AWS_REGION'] ?? 'us-east-1', ...(endpoint === undefined ? {} : { endpoint }) };

if (values.remove) {
  const objects = await removeResources(account, values.name);
  process.stdout.write(`Bucket, role and function ${values.name} are removed, with ${objects} objects.\n`);
} else {
  const { name, image, concurrency } = values;
  const { data, store } = locationsIn(name);
  await createBucket(account, name);
  if (image !== undefined) {
    const size = { memoryMiB: Number(values.memory), timeoutSeconds: Number(values.timeout) };
    const most = concurrency === undefined ? {} : { concurrency: Number(concurrency) };
    await createFunction(account, { name, image, ...size, ...most });
  }
  const executors = image === undefined ? 'dns:executor:8080' : `lambda:${name}`;
  process.stdout.write(`Put data below ${data}, then:\n`);
  process.stdout.write(`  volley serve --data ${data} --store ${store} --executors ${executors}\n`);
}
