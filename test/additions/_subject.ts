import type { Addition } from './_addition.ts';

const DEFINITION = `import type { SubjectDefinition } from '../definition.ts';

const KIND = 'toy-poller';

/** A script that asks for jobs and does none. */
export const toyPoller = {
  kind: KIND,
  program: {
    drives: KIND,
    version: async ({ stdout }) => /^toy-poller (\\d+\\.\\d+\\.\\d+)$/m.exec(stdout)?.[1],
    driver: async (program, { profile }) => (await import('./driver.ts')).toyPollerDriver(program, profile),
  },
} as const satisfies SubjectDefinition<typeof KIND>;
`;

const DRIVER = `import { type ProfileName, profileFor, releaseOf } from '../../profile/index.ts';
import type { SubjectProgram } from '../definition.ts';
import { running, type StopRules } from '../running.ts';
import type { Driver, Subject, SubjectHost } from '../subject.ts';

const STOP: StopRules = {
  graceful: 'SIGTERM',
  forced: 'SIGTERM',
  gracefulLimitMs: 5_000,
  forcedLimitMs: 5_000,
  disposeLimitMs: 1_000,
};

/** Drives the script: it polls, and can do nothing else. */
export function toyPollerDriver({ path, version }: SubjectProgram, profile?: ProfileName): Driver<'toy-poller'> {
  const identity = { kind: 'toy-poller', version, path } as const;
  const refuse = async (): Promise<never> => {
    throw new Error("toy-poller only polls. Ask cannot() first.");
  };
  return {
    identity,
    profile: profile ?? profileFor(releaseOf(version)),
    clock: 'real',
    cannot: (ability) => (ability === 'poll' ? undefined : 'it only polls'),
    subject: (host: SubjectHost): Subject => ({
      identity,
      run: async ({ url, token, env }) => {
        const program = await host.spawn(path, [url, token], { env, cwd: host.dir });
        return running(host, program, 'toy-poller', STOP);
      },
      register: refuse,
      unregister: refuse,
      verify: refuse,
      runSingle: refuse,
    }),
  };
}
`;

/** A subject: a folder, and its line in the registry (and the line that imports it). */
export const subject: Addition = {
  files: { 'harness/runner/toy-poller/definition.ts': DEFINITION, 'harness/runner/toy-poller/driver.ts': DRIVER },
  edits: [
    {
      file: 'harness/runner/registry.ts',
      from: "from './reference/definition.ts';\n",
      to: "from './reference/definition.ts';\nimport { toyPoller } from './toy-poller/definition.ts';\n",
    },
    { file: 'harness/runner/registry.ts', from: ', reference]', to: ', reference, toyPoller]' },
  ],
};

/** The program: it polls once a second, behind the proxy that HTTP_PROXY names. */
export const TOY_POLLER = `#!${process.execPath}
import { request } from 'node:http';
const [first, token] = process.argv.slice(2);
const poll = () => {
  const proxy = new URL(process.env.HTTP_PROXY);
  const login = Buffer.from(decodeURIComponent(proxy.username + ':' + proxy.password)).toString('base64');
  const headers = { 'content-type': 'application/json', 'proxy-authorization': 'Basic ' + login, host: new URL(first).host };
  const target = { host: proxy.hostname, port: proxy.port, method: 'POST', path: first + '/api/v4/jobs/request', headers };
  request(target, (response) => response.resume()).on('error', () => {}).end(JSON.stringify({ token }));
};
if (first === '--version') console.log('toy-poller 1.0.0');
else poll(), setInterval(poll, 1000);
`;
