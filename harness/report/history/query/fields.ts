import { outcomeNames } from '../../../conformance/outcome.ts';
import { directionOf } from '../model/direction.ts';
import type { CaseStanding } from '../model/standings.ts';
import { versionTest } from '../model/versions.ts';
import { dateTest } from './dates.ts';

/** Says whether a search means a result. */
export type StandingTest = (standing: CaseStanding) => boolean;

/** Something that can be asked for by name, such as `outcome:fail`. */
export interface QueryField {
  readonly name: string;
  /** An example of a value, as help shows it. */
  readonly example: string;
  /** What the value is, for whoever wrote another: `takes a version`. */
  readonly takes: string;
  /** @returns undefined for a value that means nothing */
  readonly test: (value: string) => StandingTest | undefined;
}

const LEVELS: Readonly<Record<string, CaseStanding['level']>> = {
  r: 'R',
  required: 'R',
  o: 'O',
  recommended: 'O',
  c: 'C',
  check: 'C',
};

const outcomeTest = (of: (standing: CaseStanding) => string | undefined) => (value: string) =>
  outcomeNames.some((name) => name === value) ? (standing: CaseStanding) => of(standing) === value : undefined;

const holds = (text: string, part: string): boolean => text.toLowerCase().includes(part);

/** `*` stands for anything; without it the whole must be meant, or a part that ends where a name does. */
function nameTest(of: (standing: CaseStanding) => string): (value: string) => StandingTest {
  return (value) => {
    const pattern = new RegExp(`^${value.split('*').map(escaped).join('.*')}(?=$|[:[/])`, 'i');
    return (standing) => pattern.test(of(standing));
  };
}

const escaped = (text: string): string => text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');

const versioned = (of: (standing: CaseStanding) => string) => (value: string) => {
  const test = versionTest(value);
  return test && ((standing: CaseStanding) => test(of(standing)));
};

const dated = (which: 'since' | 'until') => (value: string) => {
  const test = dateTest(which, value);
  return test && ((standing: CaseStanding) => test(standing.startedAt));
};

const went =
  (direction: 'worse' | 'better'): StandingTest =>
  ({ changed, outcome }) =>
    changed?.isRecent === true && directionOf(changed.before, outcome) === direction;

const VERSION = 'takes a version: 18.11.4, 18, >=18, <18.3 or 17.10..18.2';
const DATE = 'takes a date: 2026-01-31, 2026-01 or 2026';
const OUTCOME = `takes ${outcomeNames.join(', ')}`;

/** Every field, in the order of the help. */
export const queryFields: readonly QueryField[] = [
  { name: 'outcome', example: 'fail', takes: OUTCOME, test: outcomeTest(({ outcome }) => outcome) },
  { name: 'was', example: 'pass', takes: OUTCOME, test: outcomeTest(({ changed }) => changed?.before) },
  {
    name: 'runner',
    example: 'gitlab-runner',
    takes: 'takes the name of a subject',
    test: nameTest(({ column }) => column.name),
  },
  { name: 'version', example: '>=18', takes: VERSION, test: versioned(({ column }) => column.version) },
  { name: 'profile', example: '18.3', takes: VERSION, test: versioned(({ column }) => column.profile) },
  {
    name: 'generation',
    example: 'sid',
    takes: 'takes the name of a generation, or none',
    test: (value) => (each) =>
      value === 'none' ? each.column.generations === '' : holds(each.column.generations, value),
  },
  {
    name: 'scenario',
    example: 'rate-limit/*',
    takes: 'takes the id of a scenario or a case; * stands for anything',
    test: nameTest(({ id }) => id),
  },
  {
    name: 'requirement',
    example: '"same body"',
    takes: "takes words of a requirement's sentence, in quotation marks",
    test: (value) => (each) => holds(each.requirement, value) || holds(each.scenario, value),
  },
  {
    name: 'level',
    example: 'R',
    takes: 'takes R (required), O (recommended) or C (check)',
    test: (value) => {
      const level = LEVELS[value];
      return level && ((each) => each.level === level);
    },
  },
  { name: 'since', example: '2026-01-01', takes: DATE, test: dated('since') },
  { name: 'until', example: '2026-01-31', takes: DATE, test: dated('until') },
  {
    name: 'changed',
    example: '2026-01-01',
    takes: 'takes a date: what changed on it or later; or nothing',
    test: (value) => {
      const test = dateTest('since', value);
      return test && (({ changed }) => changed !== undefined && test(changed.at));
    },
  },
  {
    name: 'bug',
    example: 'none',
    takes: "takes a part of a bug's link, none or any",
    test: (value) => (each) => {
      const link = each.known?.link ?? '';
      if (value === 'none') return link === '' && ['fail', 'warn', 'blocked'].includes(each.outcome);
      return link !== '' && (value === 'any' || holds(link, value));
    },
  },
];

/** What can be asked for without a value. */
export const queryFlags: Readonly<Record<string, { readonly says: string; readonly test: StandingTest }>> = {
  changed: {
    says: 'another outcome than in the run or the version before',
    test: ({ changed }) => changed?.isRecent === true,
  },
  worse: {
    says: 'changed, and to the worse',
    test: went('worse'),
  },
  better: {
    says: 'changed, and to the better',
    test: went('better'),
  },
  known: { says: 'an expectations file names it', test: ({ known }) => known !== undefined },
  unexpected: {
    says: 'neither the requirement nor the expectations file allows it',
    test: ({ isUnexpected }) => isUnexpected,
  },
};
