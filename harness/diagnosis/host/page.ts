/** The parts of the page that change something on the machine, in the page's order. */
export const PAGE_STEPS = ['cntlm', 'docker', 'runner', 'containers', 'dind'] as const;
/** One of the parts of the page that change something on the machine. */
export type PageStep = (typeof PAGE_STEPS)[number];

/** The heading below which each stands. */
export const PAGE_HEADINGS: Readonly<Record<PageStep, string>> = {
  cntlm: 'Configuring CNTLM',
  docker: 'Configuring Docker for downloading images',
  runner: 'Adding Proxy variables to the GitLab Runner configuration',
  containers: 'Adding the Proxy to the Docker containers',
  dind: 'Proxy settings when using dind service',
};
