import type { GitWorldContent } from '../../harness/kit/index.ts';

/** A repository of the same GitLab that is a submodule of the project, at `module`. */
export const MODULE = 'group/module';
const CONTENT = 'proxyproof-submodule-content';
/** Fails unless the submodule is there. */
export const LOOK_INTO_MODULE = `grep ${CONTENT} module/content.txt`;

/** Its only file. */
export const MODULE_FILES: Readonly<Record<string, string>> = { 'content.txt': `${CONTENT}\n` };

/** A project with that submodule, and a job that gets both and looks into it. */
export const withSubmodule: Required<Pick<GitWorldContent, 'job' | 'project' | 'others'>> = {
  job: { submodules: 'normal', script: [LOOK_INTO_MODULE] },
  project: { submodules: { module: { repository: MODULE, url: 'relative' } } },
  others: [{ path: MODULE, files: MODULE_FILES }],
};

/** Gives git the CA of GitLab's certificate for all URLs: older runners do so for the project's own repository alone. */
export const CA_FOR_ALL =
  'if [ -n "$CI_SERVER_TLS_CA_FILE" ]; then git config --global http.sslCAInfo "$CI_SERVER_TLS_CA_FILE"; fi';
