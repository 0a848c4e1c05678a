import { z } from 'zod';
import { comesBefore } from '../clients/index.ts';
import { GENERATIONS, type GenerationName } from '../generations/index.ts';
import type { Option } from './verb.ts';

/** A version of Docker that somebody asks about, and the measured one that stands for it. */
export interface DockerVersion {
  /** As it was typed. */
  readonly typed: string;
  /** The measured one. */
  readonly version: string;
  /** Whether that is what was asked for, the nearest older one, or the oldest of all, since there is none before it. */
  readonly is: 'asked-for' | 'nearest-older' | 'oldest';
  /** The next newer one that was measured, where the one that is asked for lies between the two. */
  readonly next?: string;
}

/** What was measured, by generation, from the oldest. */
const MEASURED = Object.values(GENERATIONS).map(({ brings: { docker } }) => docker);

const isGeneration = (word: string): word is GenerationName => word in GENERATIONS;
const disjunction = new Intl.ListFormat('en-GB', { type: 'disjunction' });
const TAKES = `takes a version of Docker such as 28 or 20.10.24, or the name of a generation: ${disjunction.format(Object.keys(GENERATIONS))}`;

/** Such as `28.5.2`, `20.10`, `v26`, and what follows a number in what `docker --version` prints. */
const VERSION = /^v?(\d{1,4}(?:\.\d{1,4}){0,2})(?:[+~-][\w.+~-]*)?$/;

/**
 * Finds the measured version that stands for one that was typed.
 * @returns undefined where what was typed is neither a version nor a generation
 */
export function measuredDocker(typed: string): DockerVersion | undefined {
  if (isGeneration(typed)) return { typed, version: GENERATIONS[typed].brings.docker, is: 'asked-for' };
  const number = VERSION.exec(typed)?.[1];
  if (number === undefined) return undefined;
  const exact = MEASURED.findLast((each) => each === number || each.startsWith(`${number}.`));
  if (exact !== undefined) return { typed, version: exact, is: 'asked-for' };
  const older = MEASURED.findLast((each) => comesBefore(each, number));
  const next = MEASURED.find((each) => comesBefore(number, each));
  const version = older ?? next;
  if (version === undefined) return undefined;
  return { typed, version, is: older ? 'nearest-older' : 'oldest', ...(older && next ? { next } : {}) };
}

/** `--docker`. */
export const DOCKER_VERSION = {
  value: '<version>',
  says: 'answers for docker and dockerd of this version or generation, such as 20.10, 26.1.5, 28 or sid (default: the newest that was measured)',
  schema: z
    .string()
    .transform((typed, context) => {
      const found = measuredDocker(typed);
      if (found) return found;
      context.addIssue({ code: 'custom', message: TAKES });
      return z.NEVER;
    })
    .optional(),
} as const satisfies Option;

/**
 * What is to be said of it: of which version the answers are.
 * @param isSame whether the next newer version answers the same
 */
export function ofDocker({ typed, version, is, next }: DockerVersion, isSame: (other: string) => boolean): string {
  const who = `docker and dockerd answer as ${version} was measured to do`;
  if (is === 'asked-for') return `${who}.`;
  if (is === 'oldest') return `Docker ${typed} is older than all that were measured: ${who}, the oldest of them.`;
  const newer =
    next === undefined ? '' : `; ${next}, the next newer one, does ${isSame(next) ? 'the same' : 'otherwise'} here`;
  return `Docker ${typed} was not measured: ${who}, the nearest older one${newer}.`;
}
