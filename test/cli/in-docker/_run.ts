/**
 * A run in the engine that DOCKER_HOST names, of another package than this one: `node _run.ts PACKAGE OPTIONS ARGUMENT…`,
 * with the options as JSON. Prints what it would exit with.
 */
import { cwd, env, stderr, stdin, stdout } from 'node:process';
import { runInDocker } from '../../../harness/cli/in-docker/in-docker.ts';
import { parseOptions } from '../../../harness/cli/parse-options.ts';
import { runOptions } from '../../../harness/cli/run-options.ts';

const [, , root, json = '', ...words] = process.argv;
const options = parseOptions('run', runOptions, JSON.parse(json));
const argv = ['run', ...words];
const terminal = { stdin, stdout, stderr, env, cwd: cwd() };
const invocation = { terminal, argv, command: async () => `./proxyproof ${argv.join(' ')}` };
try {
  const code = await runInDocker(invocation, { ...options, inDocker: options.inDocker ?? '' }, root);
  stdout.write(`\nexit code ${code}\n`, () => process.exit());
} catch (error) {
  const { name, message } = error as Error;
  stdout.write(`\n${name}: ${message}\n`, () => process.exit());
}
