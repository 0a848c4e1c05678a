/** The project whose jobs are run. */
export const PROJECT = 'group/project';

/** Repositories of the registry from which the machine's Docker pulls. */
export const TOOLS = { job: 'tools/job', helper: 'tools/helper' } as const;
