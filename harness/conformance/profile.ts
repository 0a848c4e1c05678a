/** A version of the documentation. */
export type ProfileName = '14.10' | '18.3';

export const profileNames: readonly ProfileName[] = ['14.10', '18.3'];

/** R: required. O: recommended. C: a measured fact with no right answer. */
export type Level = 'R' | 'O' | 'C';
