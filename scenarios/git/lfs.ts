import { type GitWorldContent, gitWorld, throughProxy } from '../../harness/kit/index.ts';
import { cloneScenario } from './_clone-scenario.ts';

const CONTENT = 'proxyproof-lfs-content';

const content = (variables: Readonly<Record<string, string>> = {}): GitWorldContent => ({
  job: { script: [`grep ${CONTENT} large.txt`], variables },
  project: { lfs: { 'large.txt': `${CONTENT}\n${'stored by Git LFS\n'.repeat(200)}` } },
});

export default cloneScenario({
  id: 'git/lfs',
  asks: 'Do objects of Git LFS come through the proxy?',
  explains:
    "The project has a file that Git LFS stores; otherwise as git/clone-through-proxy. git-lfs is a program of its own with rules of its own for proxies. Its requests must arrive from the proxy, and the job, which looks for the file's content rather than its pointer, must succeed.",
  content: () => content(),
  also: { needs: ['git-lfs'], abilities: ['lfs'] },
  finds: (evidence) => throughProxy(evidence, ['lfs'], 'LFS requests').slice(0, 2),
  mutants: ['skips-lfs'],
  control: {
    without: 'getting LFS objects',
    world: ({ axes }) => gitWorld(axes, content({ GIT_LFS_SKIP_SMUDGE: '1' })),
  },
});
