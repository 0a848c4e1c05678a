/**
 * Faults of a registry's tokens: one is given for any password; is good for every repository that was ever asked for; is good
 * for every action, whatever was asked for; lets whoever has no name pull; lets a job into every project.
 */
export const TOO_KIND = ['any-password', 'any-repository', 'any-action', 'nobody', 'any-project'] as const;
/** A fault of a registry's tokens. */
export type TooKind = (typeof TOO_KIND)[number];
