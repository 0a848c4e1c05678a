/** The project whose jobs are run. */
export const HOST_PROJECT = 'group/project';

/** Repositories of the registry from which the machine's Docker pulls. */
export const HOST_TOOLS = { job: 'tools/job', helper: 'tools/helper' } as const;
