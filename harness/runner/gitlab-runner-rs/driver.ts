import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { firstProfile, type ProfileName } from '../../profile/index.ts';
import { running, type StopRules } from '../running.ts';
import type { Ability, Driver, RunnerConfig, Subject } from '../subject.ts';

/** A demo-runner. */
export interface GitlabRunnerRsOptions {
  /** Absolute path of its program. */
  readonly path: string;
  /** The crate's. */
  readonly version: string;
  /** Instead of the first: its version is none of GitLab's. */
  readonly profile?: ProfileName;
}

const STOP: StopRules = {
  graceful: 'SIGTERM',
  forced: 'SIGTERM',
  gracefulLimitMs: 10_000,
  forcedLimitMs: 10_000,
  disposeLimitMs: 1_000,
};

const NO_SHELL = 'its jobs run no shell: they know the words “fact” and “artifacts”, and fail at any other';
const NO_FILE = 'it has no configuration file, only a URL and a token as arguments';

/** What it cannot do, read in its source (0.3.2) and seen. */
const CANNOT: Partial<Record<Ability, string>> = {
  script: NO_SHELL,
  git: NO_SHELL,
  submodules: NO_SHELL,
  lfs: NO_SHELL,
  upload: 'it uploads nothing but files of its own making',
  download: `${NO_SHELL}, and no artifact is downloaded before that`,
  'direct-download': 'it never asks to be sent to object storage for a download',
  'early-trace': 'its jobs are over at once',
  'keep-alive': 'its jobs are over at once',
  concurrent: 'its jobs are over at once, so no two ever run side by side',
  register: 'it has no register command',
  verify: 'it has no verify command',
  unregister: 'it has no unregister command',
  'run-single': 'it has no run-single command',
  'check-interval': 'its poll interval is fixed at 5 s',
  'get-sources-hook': NO_FILE,
  'pre-build-script': NO_FILE,
  environment: NO_FILE,
  cache: 'it knows no caches',
  docker: 'it has no Docker executor',
  'certs-dir': NO_FILE,
  'client-certificate': 'it has no setting for a certificate of its own',
  service: 'it is an example, and none that is installed as a service',
  'graceful-stop': 'every signal ends it at once, a running job included',
};

/**
 * Drives the example `demo-runner` of the crate `gitlab-runner`, whose requests are those of every runner that is made with the
 * crate. It asks for a job at its start, then every 5 s, and at once after a job; a proxy reaches it by its environment alone.
 */
export function gitlabRunnerRsDriver({ path, version, profile }: GitlabRunnerRsOptions): Driver<'gitlab-runner-rs'> {
  const identity = { kind: 'gitlab-runner-rs', version, path } as const;
  return {
    identity,
    profile: profile ?? firstProfile,
    clock: 'real',
    cannot: (ability) => CANNOT[ability],
    subject: (host): Subject => ({
      identity,
      run: async (config) => {
        const dir = await mkdtemp(join(host.dir, 'runner-'));
        const env = await environment(dir, config);
        const program = await host.spawn(path, [config.url, config.token], { env, cwd: dir });
        return running(host, program, 'demo-runner', STOP);
      },
      register: () => refuse('register'),
      verify: () => refuse('verify'),
      unregister: () => refuse('unregister'),
      runSingle: () => refuse('run-single'),
    }),
  };
}

async function environment(dir: string, config: RunnerConfig): Promise<Record<string, string>> {
  const tmp = join(dir, 'tmp');
  await mkdir(tmp);
  const env = { TMPDIR: tmp, RUNNER_LOG: 'info', ...config.env };
  if (config.caPem === undefined) return config.caFile === undefined ? env : { ...env, SSL_CERT_FILE: config.caFile };
  const caFile = join(dir, 'ca.pem');
  await writeFile(caFile, config.caPem);
  // It has no setting for a private CA: its TLS library takes the authorities that this variable names.
  return { ...env, SSL_CERT_FILE: caFile };
}

async function refuse(ability: 'register' | 'verify' | 'unregister' | 'run-single'): Promise<never> {
  throw new Error(`demo-runner cannot do this: ${CANNOT[ability]}. Ask cannot('${ability}') first.`);
}
