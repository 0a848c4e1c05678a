import type { GitPolicy } from '../policies/job-policies.ts';
import { quote } from './shell-quote.ts';

/** What a job wants of its sources. */
export interface Sources {
  readonly url: string;
  readonly ref: string;
  readonly sha: string;
  readonly refspecs: readonly string[];
  readonly depth: number;
  readonly strategy: 'fetch' | 'clone';
  readonly submodules: 'none' | 'normal' | 'recursive';
  readonly lfs: boolean;
  readonly userAgent: string;
  /** The hook of the get-sources step. */
  readonly hook: string | undefined;
  readonly caFile: string | undefined;
  /** By which git says who it is to GitLab. */
  readonly certFile: string | undefined;
  readonly keyFile: string | undefined;
  readonly projectDir: string;
  readonly templateDir: string;
}

const git = (...words: string[]): string => `git ${words.map(quote).join(' ')}`;
const say = (text: string): string => `printf '%s\\n' ${quote(text)}`;

/** The script of the get-sources step, as the runner's bash shell writes it: the hook, then git. */
export function getSourcesScript(sources: Sources, policy: GitPolicy): string {
  const hook = sources.hook && policy.hook !== 'never' ? [policy.writesHook(sources.hook, sources.projectDir)] : [];
  return [
    'export GIT_TERMINAL_PROMPT=0 GIT_LFS_SKIP_SMUDGE=1',
    ...trust(sources, policy),
    ...policy.prelude,
    ...(policy.hook === 'before' ? hook : []),
    ...fetch(sources, policy),
    ...checkout(sources, policy),
    ...(policy.submodules ? submodules(sources, policy) : []),
    ...(policy.hook === 'after' ? hook : []),
    '',
  ].join('\n');
}

/** Has git, and what git starts, trust GitLab by a file, and everybody else as before, and show GitLab its certificate. */
function trust({ url, caFile, certFile, keyFile }: Sources, { trustsFor }: GitPolicy): string[] {
  const { origin } = new URL(url);
  const settings = [
    ...(caFile && trustsFor === 'gitlab' ? [`'http.${origin}.sslCAInfo=${caFile}'`] : []),
    ...(certFile ? [`'http.${origin}.sslCert=${certFile}'`] : []),
    ...(keyFile ? [`'http.${origin}.sslKey=${keyFile}'`] : []),
  ];
  return [
    ...(caFile ? [`export GIT_PROXY_SSL_CAINFO=${quote(caFile)}`] : []),
    ...(caFile && trustsFor !== 'gitlab' ? [`export GIT_SSL_CAINFO=${quote(caFile)}`] : []),
    ...(settings.length > 0 ? [`export GIT_CONFIG_PARAMETERS=${quote(settings.join(' '))}`] : []),
  ];
}

/**
 * What every new repository is given. A fetch is kept as the pack it comes as, because packing 100 MiB anew object by
 * object takes seconds, and no housekeeping outlives the job.
 */
const REPOSITORY_CONFIG = {
  init: 'defaultBranch = none',
  fetch: 'recurseSubmodules = false\\nunpackLimit = 1',
  gc: 'auto = 0',
  maintenance: 'auto = false',
};

function fetch(sources: Sources, policy: GitPolicy): string[] {
  const { projectDir, templateDir } = sources;
  const depth = policy.depth(sources.depth);
  const config = Object.entries(REPOSITORY_CONFIG)
    .map(([key, value]) => `[${key}]\\n${value}\\n`)
    .join('');
  const depthWords = depth > 0 ? ` --depth ${depth}` : ' $unshallow';
  return [
    say(depth > 0 ? `Fetching changes with git depth set to ${depth}...` : 'Fetching changes...'),
    `mkdir -p ${quote(templateDir)}`,
    `printf '${config}' > ${quote(`${templateDir}/config`)}`,
    ...(policy.strategy(sources.strategy) === 'clone' ? [`rm -rf ${quote(projectDir)}`] : []),
    git('init', '--quiet', projectDir, '--template', templateDir),
    `cd ${quote(projectDir)}`,
    `if ${git('remote', 'add', 'origin', sources.url)} 2>/dev/null; then`,
    say('Created fresh repository.'),
    'else',
    git('remote', 'set-url', 'origin', sources.url),
    'fi',
    ...(depth > 0 ? [] : ['unshallow=; if [ -f .git/shallow ]; then unshallow=--unshallow; fi']),
    policy.transfers(
      'sources',
      git('-c', `http.userAgent=${sources.userAgent}`, 'fetch', 'origin', ...sources.refspecs, '--prune', '--quiet') +
        depthWords,
    ),
  ];
}

function checkout(sources: Sources, policy: GitPolicy): string[] {
  return [
    say(`Checking out ${sources.sha.slice(0, 8)} as ${sources.ref}...`),
    git('checkout', '-f', '-q', sources.sha),
    git('clean', '-ffdx', '--quiet'),
    ...(policy.lfs && sources.lfs ? [`${ifLfs('.')} ${pullLfs(policy)}; fi`] : []),
  ];
}

/** Asks git-lfs only where a path is stored by it, as its start alone costs more than all of a small fetch. */
const ifLfs = (dir: string): string =>
  `if git -C ${dir} grep -q filter=lfs -- '*.gitattributes' && git lfs version >/dev/null 2>&1; then`;
const pullLfs = ({ transfers }: GitPolicy): string =>
  `git lfs install --local >/dev/null; ${transfers('lfs', 'git lfs pull')}`;

function submodules(sources: Sources, policy: GitPolicy): string[] {
  if (sources.submodules === 'none') return [];
  const recursive = sources.submodules === 'recursive' ? ['--recursive'] : [];
  const depth = policy.depth(sources.depth);
  const url = new URL(sources.url);
  const plain = `${url.protocol}//${url.host}/`;
  const userinfo = url.username === '' ? '' : `${url.username}:${url.password}@`;
  // An absolute submodule URL of the same GitLab needs the job's token, too.
  const rewrite = userinfo === '' ? [] : ['-c', `url.${url.protocol}//${userinfo}${url.host}/.insteadOf=${plain}`];
  const shallow = depth > 0 ? ['--depth', String(depth)] : [];
  const lfs = `set -e; ${ifLfs('.')} ${pullLfs(policy)}; fi`;
  return [
    say(`Updating/initializing submodules${recursive.length > 0 ? ' recursively' : ''}...`),
    git('submodule', '--quiet', 'sync', ...recursive),
    policy.transfers(
      'submodules',
      git(...rewrite, 'submodule', '--quiet', 'update', '--init', ...recursive, ...shallow),
    ),
    ...(policy.lfs && sources.lfs ? [git(...rewrite, 'submodule', '--quiet', 'foreach', ...recursive, lfs)] : []),
  ];
}
