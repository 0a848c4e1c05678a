export type { Contender, RunnableContender } from './contender.ts';
export { contendersHere } from './here.ts';
export { type ContenderRun, openRuns, type Runs } from './runs.ts';
export type { WantedCases } from './wanted.ts';
