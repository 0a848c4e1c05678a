import type { Results } from '../../conformance/outcome.ts';
import { plural } from '../verdict.ts';
import type { RunComparison } from './comparison.ts';
import { noVerdictWords } from './no-verdict.ts';
import { type VersionComparison, worsened } from './pages.ts';

/** Who is compared, and under what. */
export function titleOf({ main, beside }: VersionComparison): string {
  const { before, after } = main;
  const [one, other] = [before.results.profile, after.results.profile];
  const profiles = one === other ? `under profile ${one}` : `under profiles ${one} and ${other}`;
  return `${before.name} → ${after.name}, ${profiles}${beside ? `, and beside it ${beside.after.results.profile}` : ''}`;
}

/** What it comes to, in a sentence. */
export function verdictSentence(comparison: VersionComparison): string {
  const { main } = comparison;
  if (main.compared === 0) return 'Nothing is compared: the two runs have no case in common.';
  const worse = new Set(worsened(comparison).map(({ scenario }) => scenario)).size;
  if (worse > 0) return `${plural(worse, 'required behaviour', 'required behaviours')} got worse.`;
  const good = main.groups.length === 0 ? 'Nothing changed' : 'Nothing required got worse';
  const unknown = noVerdictWords(main.noVerdict, main.before.name, main.after.name);
  return unknown === undefined ? `${good}.` : `${good}, as far as is known: ${unknown}.`;
}

/** How much was compared, and what is not told. */
export function countsSentence({ compared, same, varying, leftOut }: RunComparison): string {
  const away = leftOut.reduce((sum, { cases }) => sum + cases, 0);
  return [
    `${plural(compared, 'case', 'cases')} compared, ${same === compared ? 'all' : same} the same`,
    ...(varying.length > 0 ? [`${plural(varying.length, 'case', 'cases')} measured otherwise as in every run`] : []),
    ...(away > 0 ? [`${away} left out that cannot concern your set-up`] : []),
  ].join('; ');
}

/** What a reader must know before they believe a comparison: what besides the runner is not the same. */
export function cautions({ main }: VersionComparison): readonly string[] {
  const [one, other] = [main.before.results, main.after.results];
  const ended = [main.before, main.after].filter(({ results }) => results.notRun !== undefined);
  return [
    ...(one.profile === other.profile
      ? []
      : [
          `The runs were made under different profiles, ${one.profile} and ${other.profile}: where these ask for different things, nobody can tell whether the runner changed. Run both under one with --profile.`,
        ]),
    ...(one.suite.version === other.suite.version
      ? []
      : [
          `The runs were made by different versions of Proxyproof, ${one.suite.version} and ${other.suite.version}: what they judge may differ.`,
        ]),
    ...differences(one, other),
    ...ended.map(({ name, results }) => `The run of ${name} is not complete: ${results.notRun?.because}.`),
  ];
}

/** Of the peers and tools: what one run had in another version. */
function differences(one: Results, other: Results): readonly string[] {
  const [was, is] = [partsOf(one), partsOf(other)];
  const changed = [...is].flatMap(([name, version]) => {
    const before = was.get(name);
    return before === undefined || before === version ? [] : [`${name} ${before} → ${version}`];
  });
  return changed.length === 0 ? [] : [`Besides the runner, this is not the same: ${changed.join(', ')}.`];
}

const partsOf = ({ environment }: Results): ReadonlyMap<string, string> =>
  new Map([
    ...Object.entries(environment.tools),
    ...Object.entries(environment.images ?? {}).flatMap(([image, programs]) =>
      Object.entries(programs).map(([program, version]) => [`${image}'s ${program}`, version] as const),
    ),
  ]);
