import { text } from 'node:stream/consumers';
import {
  cntlmUrl,
  configFor,
  type ExecResult,
  inKerberosRealm,
  START_LIMIT_MS,
  type Stage,
  startCntlm,
  startLocalSquid,
  tryClient,
  whilePolling,
} from '../../harness/kit/index.ts';

/** A project that is asked for; GitLab's answer to that is not what is asked here. */
const PROJECT = 'group/project';

type Act = (stage: Stage) => Promise<void>;

const words = ({ code, stdout, stderr }: ExecResult): string => `exit code ${code}; ${stderr || stdout}`;

/** Has commands run in a container on the default bridge, as a job's are, that is in the proxy's realm if it has one. */
async function inContainer(
  stage: Stage,
  proxy: string,
  commands: readonly (readonly [client: string, command: readonly string[]])[],
): Promise<void> {
  const { env, ...rest } = inKerberosRealm(stage);
  await using container = await stage.world.docker.run({
    name: 'client',
    image: 'helper',
    command: ['sleep', '600'],
    env: { ...env, http_proxy: proxy, https_proxy: proxy, GIT_TERMINAL_PROMPT: '0' },
    ...rest,
  });
  for (const [client, command] of commands) {
    await tryClient(stage, client, async () => words(await container.exec(command)));
  }
}

const curl = (stage: Stage, ...more: string[]): string[] => [
  ...['curl', '-sS', '-o', '/dev/null', '-w', 'status %{http_code}', '--max-time', '20', ...more],
  `${stage.world.gitlabUrl}/api/v4/version`,
];

const git: Act = (stage) =>
  inContainer(stage, stage.world.proxy.url, [
    [
      'git, with http.proxy as the hook of the page sets it,',
      [
        'sh',
        '-c',
        `git config --global http.proxy "$http_proxy"; git ls-remote ${stage.world.gitlabUrl}/${PROJECT}.git`,
      ],
    ],
    [
      'git, with no user in http.proxy,',
      [
        'git',
        '-c',
        `http.proxy=${stage.world.proxy.urlWithoutCredentials}`,
        'ls-remote',
        `${stage.world.gitlabUrl}/${PROJECT}.git`,
      ],
    ],
  ]);

const curlByVariables: Act = (stage) =>
  inContainer(stage, stage.world.proxy.url, [
    ['curl, by the variables alone,', curl(stage)],
    ['curl with --proxy-anyauth', curl(stage, '--proxy-anyauth')],
  ]);

const byCntlm: Act = async (stage) => {
  await using _ = await startCntlm(stage);
  await inContainer(stage, cntlmUrl(stage), [['curl, by cntlm as on the page,', curl(stage)]]);
};

const byLocalSquid: Act = async (stage) => {
  await using _ = await startLocalSquid(stage);
  await inContainer(stage, cntlmUrl(stage), [['curl, by squid in the place of cntlm,', curl(stage)]]);
};

const runner: Act = async (stage) => {
  const { world } = stage;
  const { kerberos } = world.proxy;
  const config = configFor(stage);
  const env = kerberos ? { ...config.env, KRB5_CLIENT_KTNAME: kerberos.keytab } : config.env;
  await tryClient(stage, 'the runner', async () => {
    await whilePolling(stage, { ...config, env }, async () => {
      await world.until('two requests to the proxy', (seen) => seen.proxy().length > 1, START_LIMIT_MS);
    });
    return world.evidence.logs(/407|proxy auth/i).at(-1)?.line ?? '';
  });
};

const docker: Act = (stage) =>
  tryClient(stage, 'the Docker daemon', async () => {
    const image = `${new URL(stage.world.gitlabUrl).host}/${PROJECT}:1`;
    return text(await stage.world.docker.docker.pull(image));
  });

/** What each client does with the proxy. */
export const ACTS = {
  cntlm: byCntlm,
  git,
  curl: curlByVariables,
  squid: byLocalSquid,
  runner,
  docker,
} as const satisfies Record<string, Act>;
