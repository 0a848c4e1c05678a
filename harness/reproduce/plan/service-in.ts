/** The service of the machine that a sentence of a finding names first. */
export const serviceIn = (says: string): string | undefined => /\b(docker|gitlab-runner|cntlm)\b/.exec(says)?.[1];
