import { type GitWorldContent, gitWorld, type WorldSpec } from '../../harness/kit/index.ts';

const FILE = 'large.txt';

/** A project with an object of Git LFS, which GitLab has at storage on another host, and a job that looks for its content. */
export const LFS_AT_STORAGE: GitWorldContent = {
  job: { script: [`grep proxyproof-lfs-content ${FILE}`] },
  project: { lfs: { [FILE]: 'proxyproof-lfs-content\n' } },
  lfsAtStorage: true,
};

/** A world whose jobs clone from an https GitLab by a proxy that opens TLS. */
export const cloneWorld = (proxy: NonNullable<WorldSpec['proxy']>, of: GitWorldContent = {}): WorldSpec => ({
  ...gitWorld({ scheme: 'https' }, of),
  proxy,
});
