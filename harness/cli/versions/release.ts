/** The three numbers of a version as people type it, `v17.11.4` or `17.11.4`; undefined for anything else. */
export const releaseTyped = (word: string): string | undefined => /^v?(\d+\.\d+\.\d+)$/.exec(word)?.[1];
