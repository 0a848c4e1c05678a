import type { CaseOutcome } from '../../conformance/outcome.ts';
import { shortestPatterns } from '../../conformance/shortest-patterns.ts';
import { measuredValue } from '../measured/index.ts';
import type { CaseChange, ChangeKind } from './case-change.ts';
import { withoutAxes } from './without-axes.ts';

/** The same change of one requirement, in all the cases that have it. */
export interface ChangeGroup {
  readonly kind: ChangeKind;
  readonly scenario: string;
  /** The fewest patterns of the command line that mean just these cases, of all that both runs have. */
  readonly patterns: readonly string[];
  /** How many cases of the requirement both runs have. */
  readonly of: number;
  /** At least one; the first stands for the others. */
  readonly changes: readonly [CaseChange, ...CaseChange[]];
}

const KINDS: readonly ChangeKind[] = ['worse', 'better', 'measured', 'otherwise', 'unknown'];
const LEVELS = ['R', 'O', 'C'];

/**
 * Puts together the changes that are the same but for the axes.
 * @param all every case that both runs have
 * @returns what got worse first, required before recommended; the rest in the order of the cases
 */
export function groupsOf(changes: readonly CaseChange[], all: readonly CaseOutcome[]): readonly ChangeGroup[] {
  return [...Map.groupBy(changes, signatureOf).values()]
    .map(([first, ...others]): ChangeGroup => {
      const members = [first as CaseChange, ...others] as const;
      const chosen = members.map(({ after }) => after);
      return {
        kind: members[0].kind,
        scenario: members[0].after.scenario,
        patterns: shortestPatterns(chosen, all).map((each) => withScenario(each, members[0].after.scenario)),
        of: all.filter(({ scenario }) => scenario === members[0].after.scenario).length,
        changes: members,
      };
    })
    .sort((a, b) => rankOf(a) - rankOf(b));
}

/** All cases of a group are of one scenario, and who reads a pattern wants to know of which: `**[waits=mixed]` does not say it. */
const withScenario = (pattern: string, scenario: string): string =>
  pattern.startsWith('**') ? scenario + pattern : pattern;

const rankOf = ({ kind, changes: [first] }: ChangeGroup): number =>
  KINDS.indexOf(kind) * LEVELS.length + LEVELS.indexOf(first.after.level);

/** What changes have in common that are the same: the words of their answers, apart from quantities and from what the axes say. */
function signatureOf(change: CaseChange): string {
  const { kind, before, after, answers } = change;
  const words = (text: string | undefined): string =>
    text === undefined ? '' : withoutAxes(measuredValue(text).answer, Object.values(after.axes));
  const said = answers.map((each) => [words(each.before), words(each.after)]);
  return JSON.stringify([kind, change.isOfPage, after.scenario, after.level, before.outcome, after.outcome, said]);
}
