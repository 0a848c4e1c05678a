/** R: required. O: recommended. C: a measured fact with no right answer. */
export type Level = 'R' | 'O' | 'C';
