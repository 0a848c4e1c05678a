/** By the mutant's name, what stands in the finding of one of the scenarios that name it. */
export type Findings = Readonly<Record<string, Readonly<Record<string, RegExp>>>>;
