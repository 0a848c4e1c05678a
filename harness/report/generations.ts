import type { Results } from '../conformance/outcome.ts';

/** Which generation each part of a run was of, where that was not just what the machine has: `docker of sid`. */
export const generationsIn = ({ environment }: Pick<Results, 'environment'>): readonly string[] =>
  Object.entries(environment.generations ?? {}).map(([part, name]) => `${part} of ${name}`);
