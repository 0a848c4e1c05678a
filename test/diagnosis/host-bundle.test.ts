import { describe, expect, it } from 'vitest';
import { type Bundle, diagnose } from '../../harness/diagnosis/index.ts';
import { hostConfigFile, hostDockerConfig, hostEnvironment, laterDropIn } from '../../harness/kit/host/files.ts';
import { PAGE_PATHS } from '../../harness/kit/index.ts';
import { cntlmConf, dropIn, proxyVariables } from '../../harness/recipes/index.ts';

const BRIDGE = '172.17.0.1';
const URL_OF_CNTLM = `http://${BRIDGE}:3128/`;
const STAGE = {
  world: {
    gitlabUrl: 'http://gitlab.test:8080',
    gitlab: { tokens: { runner: 'glrt-xxxxxxxxxxxxxxxxxxxx' } },
    registry: { address: 'registry.test:5000' },
    docker: { extraHosts: [] },
  },
  driver: { getSourcesHookName: 'pre_get_sources_script' },
} as unknown as Parameters<typeof hostConfigFile>[0];

const dropIns = dropIn(proxyVariables({ url: URL_OF_CNTLM }));
const LOADED = `HTTP_PROXY=${URL_OF_CNTLM} HTTPS_PROXY=${URL_OF_CNTLM}`;
const RUNNING = `# process 1\n${LOADED.replace(' ', '\n')}\n`;

/** What `collect` gathers of a machine on which the page was followed. */
const HEALTHY: Readonly<Record<string, string>> = {
  [PAGE_PATHS.cntlm]: cntlmConf({
    username: 'testuser',
    password: 'xxxxxx00',
    domain: 'corp-uk',
    proxies: ['10.0.0.41:8080', '10.0.0.42:8080'],
    listen: `${BRIDGE}:3128`,
  }),
  [PAGE_PATHS.docker]: dropIns,
  [PAGE_PATHS.runner]: dropIns,
  [PAGE_PATHS.config]: hostConfigFile(STAGE, {
    environment: hostEnvironment(BRIDGE, true),
    hook: true,
    preBuildScript: true,
  }).content,
  [PAGE_PATHS.dockerConfig]: hostDockerConfig(BRIDGE).content,
  'systemctl-show.txt': ['gitlab-runner', 'docker']
    .map((unit) => `Id=${unit}.service\nActiveState=active\nNeedDaemonReload=no\nMainPID=1\nEnvironment=${LOADED}\n`)
    .join('\n'),
  'environment-of-docker.txt': RUNNING,
  'environment-of-gitlab-runner.txt': RUNNING,
  'listening.txt': `LISTEN 0 5 ${BRIDGE}:3128 0.0.0.0:*\nLISTEN 0 128 0.0.0.0:22 0.0.0.0:*\n`,
  'addresses.txt': `1: lo inet 127.0.0.1/8 scope host lo\n3: docker0    inet ${BRIDGE}/16 scope global docker0\n`,
};

type Files = Readonly<Record<string, string>>;

const bundleOf = (files: Files): Bundle => ({
  files: Object.entries(files).map(([path, text]) => ({ name: path.replace(/^\//, ''), bytes: Buffer.from(text) })),
  unread: [],
});

const told = (files: Files) =>
  diagnose(bundleOf(files)).findings.flatMap(({ severity, cause, file }) =>
    severity === 'note' ? [] : [`${cause} in /${file}`],
  );

const written =
  (path: string, from: string | RegExp, to: string) =>
  (files: Files): Files => {
    const text = files[path]?.replaceAll(typeof from === 'string' ? from : new RegExp(from, 'g'), to) ?? '';
    expect(text).not.toBe(files[path]);
    return { ...files, [path]: text };
  };

/** The mistakes of host/mistake that a file or a command shows; the others are of what the page adds for clients of some kinds. */
const MISTAKES: readonly (readonly [mistake: string, cause: string, change: (files: Files) => Files])[] = [
  [
    'wrong-docker0-address',
    `value/proxy-refuses-connection in ${PAGE_PATHS.docker}`,
    // cntlm ends, as it cannot listen there.
    (files) =>
      written(
        PAGE_PATHS.cntlm,
        'Listen       172.17',
        'Listen       172.18',
      )(written('listening.txt', /^.*:3128.*\n/, '')(files)),
  ],
  [
    'section-typo',
    `systemd/wrong-section in ${PAGE_PATHS.docker}`,
    written(PAGE_PATHS.docker, '[Service]', '[Servce]'),
  ],
  [
    'https-scheme',
    `value/https-scheme-for-plain-proxy in ${PAGE_PATHS.docker}`,
    written(PAGE_PATHS.docker, '=http://', '=https://'),
  ],
  [
    'docker-not-restarted',
    'systemd/not-restarted in /systemctl-show.txt',
    written('environment-of-docker.txt', /\n.*PROXY=[^\n]*/, ''),
  ],
  [
    'no-restart',
    'systemd/not-restarted in /systemctl-show.txt',
    written('environment-of-gitlab-runner.txt', /\n.*PROXY=[^\n]*/, ''),
  ],
  [
    'runner-without-daemon-reload',
    'systemd/not-reloaded in /systemctl-show.txt',
    written('systemctl-show.txt', 'NeedDaemonReload=no', 'NeedDaemonReload=yes'),
  ],
  ['missing-port', `value/port-missing in ${PAGE_PATHS.runner}`, written(PAGE_PATHS.runner, ':3128', '')],
  [
    'later-drop-in',
    `systemd/overridden-by-later-drop-in in ${laterDropIn('HTTP_PROXY').path}`,
    (files) => ({ ...files, [laterDropIn('HTTP_PROXY').path]: laterDropIn('HTTP_PROXY').content }),
  ],
  [
    'cntlm-not-restarted',
    `value/proxy-refuses-connection in ${PAGE_PATHS.docker}`,
    written('listening.txt', /^.*:3128.*\n/, ''),
  ],
  [
    'lower-case-only',
    `config-toml/hook-fails-without-variable in ${PAGE_PATHS.config}`,
    written(PAGE_PATHS.config, /"(?:HTTPS?|NO)_PROXY=[^"]*",? ?/, ''),
  ],
];

describe('what collect gathers of the host of the page', () => {
  it('is found to be right when it is', () => {
    // The page's own upper-case variables have no scheme, which some clients in jobs do not take.
    expect(told(HEALTHY)).toEqual([`value/scheme-missing in ${PAGE_PATHS.config}`]);
    expect(diagnose(bundleOf(HEALTHY)).unread).toEqual([]);
  });

  it.each(MISTAKES)('%s is named', (_, cause, change) => {
    expect(told(change(HEALTHY))).toContain(cause);
  });
});
