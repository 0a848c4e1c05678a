/** Generations of peers: Debian's suites, and how the programs of one are had on a machine of another. */
export { type GenerationChoice, HOST_CHOICE, PARTS, type PeerPart, readChoice, TAKES } from './choice.ts';
export { clearGenerations, removeGenerations } from './clear.ts';
export { type EnginePrograms, engineOf } from './engine-programs.ts';
export { GENERATIONS, type Generation, type GenerationName, type ProgramSource, SOURCES } from './rows.ts';
export { type SquidInstallation, squidOf } from './squid-programs.ts';
export { foreignSuite, ownSuite, suiteSource } from './suite.ts';
export type { BringOptions } from './unpack-programs.ts';
