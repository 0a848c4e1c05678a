import { type Case, expand } from '../conformance/cases.ts';
import { UsageError } from '../conformance/errors.ts';
import { matchesCase } from '../conformance/glob.ts';
import { REPETITION, repetitionId } from '../conformance/repetition.ts';
import type { Scenario } from '../conformance/scenario.ts';
import { hasEngine } from '../conformance/scheduler.ts';
import type { ProfileName } from '../profile/index.ts';
import { containersLeftOut, leftOut } from './left-out.ts';
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
  options: Pick<RunOptions, 'level' | 'proxy' | 'containers' | 'shard' | 'repeat'>,
): { all: readonly Case[]; selected: readonly Case[]; notes: readonly string[] } {
  const all = expand(scenarios, profile);
  const unmatched = globs.filter((glob) => !all.some((each) => matchesCase(glob, each)));
  if (unmatched.length > 0) {
    throw new UsageError(matchesNothing(unmatched, scenarios));
  }
  const chosen = all
    .filter((each) => globs.length === 0 || globs.some((glob) => matchesCase(glob, each)))
    .filter((each) => !options.level || options.level.includes(each.level));
  const behind = chosen.filter(
    (each) => options.proxy === 'all' || !isProxyKind(each.axes['proxy']) || each.axes['proxy'] === options.proxy,
  );
  const wanted = withContainers(behind, options.containers);
  const selected = wanted.filter(
    (_, index) => !options.shard || index % options.shard.count === options.shard.index - 1,
  );
  if (selected.length === 0) {
    throw new UsageError(
      'Nothing is left to run with these options. Widen --level, --proxy, --containers, --shard or the patterns.',
    );
  }
  if (selected.length * options.repeat > MOST_CASES) {
    throw new UsageError(
      `--repeat ${options.repeat} makes ${selected.length * options.repeat} cases of ${selected.length}, and ${MOST_CASES} are the most that one run takes. Repeat fewer of them, or less often.`,
    );
  }
  const notes = [...leftOut(chosen, options.proxy), ...containersLeftOut(behind, wanted, options.containers)];
  return { all, selected: repeated(selected, options.repeat), notes };
}

function matchesNothing(unmatched: readonly string[], scenarios: readonly Scenario[]): string {
  for (const each of unmatched) {
    const [, id, axes] = /^([^[]+)(\[.*)$/.exec(each) ?? [];
    if (!scenarios.some((scenario) => scenario.id === id)) continue;
    return `${id} has no case ${axes}. See proxyproof list ${id} --cases for those it has: an id has one pair of brackets for each axis, and leaves out default values.`;
  }
  return `No scenario is called ${unmatched.join(' or ')}. See proxyproof list for all of them; quote a pattern with * or [ so that the shell leaves it alone.`;
}

/** Of cases with a Docker engine, seconds each, those that are wanted; all others stay. */
function withContainers(cases: readonly Case[], which: RunOptions['containers']): readonly Case[] {
  if (which === 'all') return cases;
  const first = new Map(
    cases
      .filter(hasEngine)
      .toReversed()
      .map((each) => [each.scenario.id, each]),
  );
  return cases.filter((each) => !hasEngine(each) || (which === 'first' && first.get(each.scenario.id) === each));
}

const isProxyKind = (value: string | undefined): boolean => value === 'basic' || value === 'squid';

function repeated(cases: readonly Case[], times: number): readonly Case[] {
  if (times === 1) return cases;
  return Array.from({ length: times }, (_, index) =>
    cases.map((each) => ({
      ...each,
      id: repetitionId(each.id, index + 1),
      axes: { ...each.axes, [REPETITION]: String(index + 1) },
    })),
  ).flat();
}
