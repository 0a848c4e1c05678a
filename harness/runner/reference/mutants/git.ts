import { quote } from '../job/shell-quote.ts';
import type { GitPolicy, Transferred } from '../policies/job-policies.ts';
import type { Mutant } from './mutant.ts';

const gitFault = (name: string, says: string, change: Partial<GitPolicy>): Mutant => ({
  name,
  says,
  change: (honest) => ({ ...honest, git: { ...honest.git, ...change } }),
});

const UNSET = 'unset http_proxy HTTP_PROXY https_proxy HTTPS_PROXY all_proxy ALL_PROXY';
/** Another command in place of those that transfer one thing. */
const where =
  (which: Transferred, change: (command: string) => string): GitPolicy['transfers'] =>
  (what, command) =>
    what === which ? change(command) : command;
/** A git that knows no proxy: neither by variables nor by what the hook wrote. */
const directly = (command: string): string => `( ${UNSET}; export GIT_CONFIG_GLOBAL=/dev/null; ${command} )`;
const quietly = (command: string): string => `${command} || true`;
/** What failed is tried once more, without the proxy. */
const againDirectly = (failing: Transferred): GitPolicy['transfers'] =>
  where(failing, (command) => `${command} || ${directly(command)}`);
/** The same where what git says names the status 429, and nowhere else. */
const directlyWhenLimited = where(
  'sources',
  (command) =>
    `said=$(mktemp); ${command} 2>"$said" || { cat "$said" >&2; if ! grep -q 429 "$said"; then exit 1; fi; ${directly(command)}; }`,
);
/** In KiB. */
const LARGEST_FILE = 4096;

/** Faults in how sources are got. */
export const gitMutants: readonly Mutant[] = [
  gitFault('git-goes-direct', 'Neither the proxy variables nor the hook reach git.', {
    hook: 'never',
    prelude: [UNSET],
  }),
  gitFault('skips-the-hook', 'The hook of the get-sources step is never run.', { hook: 'never' }),
  gitFault('hook-after-git', 'The hook of the get-sources step is run when git is done.', { hook: 'after' }),
  gitFault('hook-for-new-checkouts-only', 'The hook is run for a new checkout, and for one that exists it is not.', {
    writesHook: (hook, projectDir) => `if [ ! -d ${quote(`${projectDir}/.git`)} ]; then\n${hook}\nfi`,
  }),
  gitFault('hook-twice', 'The hook is run once before git, and once more.', {
    writesHook: (hook) => `${hook}\n${hook}`,
  }),
  gitFault('undoes-hook-before-submodules', 'What the hook made of git is undone before submodules are got.', {
    transfers: where('submodules', (command) => `git config --global --unset-all http.proxy; ${command}`),
  }),
  gitFault(
    'submodules-take-any-certificate',
    'Whoever answers, git gets submodules from it, whatever certificate it has.',
    {
      transfers: where('submodules', (command) => `GIT_SSL_NO_VERIFY=1 ${command}`),
    },
  ),
  gitFault(
    'git-trusts-ca-for-everyone',
    "For every host git takes the CA of GitLab's in place of the machine's store.",
    {
      trustsFor: 'everyone',
    },
  ),
  gitFault('lfs-takes-any-certificate', 'Whoever answers, git-lfs gets objects from it, whatever certificate it has.', {
    transfers: where('lfs', (command) => `GIT_SSL_NO_VERIFY=1 ${command}`),
  }),
  gitFault('hook-fails-quietly', 'A hook that fails is passed over.', {
    writesHook: (hook) => `set +e\n${hook}\nset -e`,
  }),
  gitFault('git-retries-without-proxy', 'A fetch that fails is tried again without the proxy.', {
    transfers: againDirectly('sources'),
  }),
  gitFault('limited-git-goes-direct', 'A fetch that is answered with 429 is tried again without the proxy.', {
    transfers: directlyWhenLimited,
  }),
  gitFault('submodules-retry-without-proxy', 'Submodules that cannot be got are tried again without the proxy.', {
    transfers: againDirectly('submodules'),
  }),
  gitFault('lfs-retries-without-proxy', 'Objects of Git LFS that cannot be got are tried again without the proxy.', {
    transfers: againDirectly('lfs'),
  }),
  gitFault('submodules-fail-quietly', 'Submodules that cannot be got are passed over, and the job goes on.', {
    transfers: where('submodules', quietly),
  }),
  gitFault('lfs-fails-quietly', 'Objects of Git LFS that cannot be got are passed over, and the job goes on.', {
    transfers: where('lfs', quietly),
  }),
  gitFault(
    'lfs-asks-storage-directly',
    'The storage that objects of Git LFS are redirected to is asked without the proxy.',
    {
      transfers: where('lfs', (command) => `NO_PROXY=storage.test no_proxy=storage.test ${command}`),
    },
  ),
  gitFault('lfs-shows-token-to-storage', 'Whoever git-lfs asks is shown the token of the job.', {
    transfers: where('lfs', (command) =>
      command.replace(/^git /, 'git -c http.extraHeader="Job-Token: $CI_JOB_TOKEN" '),
    ),
  }),
  gitFault('lfs-spoils-objects', 'The content of objects of Git LFS is another, of the same length.', {
    transfers: where(
      'lfs',
      (command) =>
        `${command}; git lfs ls-files -n | while read -r each; do tr a-y b-z <"$each" >.spoilt; cat .spoilt >"$each"; rm .spoilt; done`,
    ),
  }),
  gitFault('git-takes-any-certificate', 'Whoever answers, git speaks TLS with it, whatever certificate it has.', {
    prelude: ['export GIT_SSL_NO_VERIFY=1'],
  }),
  gitFault('git-full-clone-ignores-depth', 'The depth that a job asks for is ignored.', { depth: () => 0 }),
  gitFault('skips-submodules', 'Submodules are never got.', { submodules: false }),
  gitFault('skips-nested-submodules', 'Submodules of submodules are never got.', {
    transfers: where('submodules', (command) => command.replace(/ '?--recursive'?(?= |$)/, '')),
  }),
  gitFault('skips-lfs', 'Objects of Git LFS are never got.', { lfs: false }),
  gitFault('clones-afresh', 'A checkout that exists is thrown away and cloned again.', { strategy: () => 'clone' }),
  gitFault('fails-on-large', 'Sources of more than a few MiB cannot be got.', {
    // A fetch is kept as one pack, so a limit of a file's size is one of the sources'.
    prelude: [`ulimit -f ${LARGEST_FILE}`],
  }),
];
