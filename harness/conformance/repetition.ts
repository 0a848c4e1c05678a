/** What `--repeat` puts at the end of a case's id, and its name among the axes. */
export const REPETITION = 'repeat';

/** The id of the nth repetition of a case, from 1 on. */
export const repetitionId = (id: string, nth: number): string => `${id}[${REPETITION}=${nth}]`;

/** The id of the case of which this may be a repetition. */
export const withoutRepetition = (id: string): string => id.replace(/\[repeat=\d+\]$/, '');
