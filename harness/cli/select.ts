import { type Case, expand } from '../conformance/cases.ts';
import { UsageError } from '../conformance/errors.ts';
import { matchesCase } from '../conformance/glob.ts';
import type { Scenario } from '../conformance/scenario.ts';
import type { ProfileName } from '../profile/index.ts';
import { leftOut } from './left-out.ts';
import type { RunOptions } from './run-options.ts';

/** Far more than a machine runs in a day or a report can show. */
const MOST_CASES = 200_000;

/**
 * The cases that the command line asks for.
 * @throws UsageError when there is none
 */
export function selectCases(
  scenarios: readonly Scenario[],
  profile: ProfileName,
  globs: readonly string[],
  options: Pick<RunOptions, 'level' | 'proxy' | 'shard' | 'repeat'>,
): { all: readonly Case[]; selected: readonly Case[]; notes: readonly string[] } {
  const all = expand(scenarios, profile);
  const unmatched = globs.filter((glob) => !all.some((each) => matchesCase(glob, each)));
  if (unmatched.length > 0) {
    throw new UsageError(matchesNothing(unmatched, scenarios));
  }
  const chosen = all
    .filter((each) => globs.length === 0 || globs.some((glob) => matchesCase(glob, each)))
    .filter((each) => !options.level || options.level.includes(each.level));
  const selected = chosen
    .filter(
      (each) => options.proxy === 'all' || !isProxyKind(each.axes['proxy']) || each.axes['proxy'] === options.proxy,
    )
    .filter((_, index) => !options.shard || index % options.shard.count === options.shard.index - 1);
  if (selected.length === 0) {
    throw new UsageError('Nothing is left to run with these options. Widen --level, --proxy, --shard or the patterns.');
  }
  if (selected.length * options.repeat > MOST_CASES) {
    throw new UsageError(
      `--repeat ${options.repeat} makes ${selected.length * options.repeat} cases of ${selected.length}, and ${MOST_CASES} are the most that one run takes. Repeat fewer of them, or less often.`,
    );
  }
  return { all, selected: repeated(selected, options.repeat), notes: leftOut(chosen, options.proxy) };
}

function matchesNothing(unmatched: readonly string[], scenarios: readonly Scenario[]): string {
  for (const each of unmatched) {
    const [, id, axes] = /^([^[]+)(\[.*)$/.exec(each) ?? [];
    if (!scenarios.some((scenario) => scenario.id === id)) continue;
    return `${id} has no case ${axes}. See proxyproof list ${id} --cases for those it has: an id has one pair of brackets for each axis, and leaves out default values.`;
  }
  return `No scenario is called ${unmatched.join(' or ')}. See proxyproof list for all of them; quote a pattern with * or [ so that the shell leaves it alone.`;
}

const isProxyKind = (value: string | undefined): boolean => value === 'basic' || value === 'squid';

function repeated(cases: readonly Case[], times: number): readonly Case[] {
  if (times === 1) return cases;
  return Array.from({ length: times }, (_, index) =>
    cases.map((each) => ({
      ...each,
      id: `${each.id}[repeat=${index + 1}]`,
      axes: { ...each.axes, repeat: String(index + 1) },
    })),
  ).flat();
}
