/** What is behind the proxy, as the ledger and as a report names it. */
export const ORIGINS = { gitlab: 'GitLab', registry: 'the registry' } as const;

/** Something behind the proxy. */
export type Origin = keyof typeof ORIGINS;
