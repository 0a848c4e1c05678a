import { HOST_CHOICE } from '../../generations/index.ts';
import { parseOptions } from '../parse-options.ts';
import { type RunOptions, runOptions } from '../run-options.ts';
import type { RunnableContender } from './contender.ts';

/** Which cases of a contender are wanted, and in which world: as the options of `run` say it, all left out as there. */
export interface WantedCases
  extends Partial<
    Pick<RunOptions, 'profile' | 'level' | 'proxy' | 'containers' | 'generation' | 'scenarios' | 'repeat'>
  > {
  /** Patterns of ids; none of them means every case. */
  readonly globs: readonly string[];
}

/** The options of the run that gets them. */
export function runOptionsFor({ runner, helper }: RunnableContender, { globs: _, ...wanted }: WantedCases): RunOptions {
  const given = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
  return { ...parseOptions('run', runOptions, {}), ...given, runner, helper };
}

/** The same as a command line, for a report: what decides outcomes, in the words of `run`. */
export function runWords({ runner, helper, profile, generation, scenarios }: RunOptions, globs: readonly string[]) {
  const { docker, images, squid } = generation ?? HOST_CHOICE;
  const named = Object.entries({ docker, images, squid }).filter(([, source]) => source !== 'host');
  const option = (name: string, value: string | undefined): string[] => (value === undefined ? [] : [name, value]);
  return [
    'run',
    ...globs,
    ...option('--runner', runner),
    ...option('--helper', helper),
    ...option('--profile', profile),
    ...option('--generation', named.length === 0 ? undefined : named.map((each) => each.join('=')).join(',')),
    ...option('--scenarios', scenarios),
  ];
}
