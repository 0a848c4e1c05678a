import stringWidth from 'string-width';
import { levels, marks } from '../marks.ts';
import { cutColumns, type Paint, painter, wrap } from '../terminal/text.ts';
import { plural } from '../verdict.ts';
import { cautions, countsSentence, titleOf, verdictSentence } from './head.ts';
import { isWorse, type ToldGroup, type VersionComparison } from './pages.ts';
import { type Section, sectionsOf } from './sections.ts';
import { askedIn, briefChange, type ChangeInWords, changeSentence, sentencesOf, toldOf } from './told.ts';

/** How a comparison is printed. */
export interface CompareTextOptions {
  /** In columns. */
  readonly width: number;
  readonly colour: boolean;
  /** Lists every case with its own sentences, without a limit. */
  readonly verbose: boolean;
  /** Where the page is that has it all. */
  readonly page?: string;
  /** How the reader's set-up is called, where they named one. */
  readonly mine?: string;
}

/** The most lines that are printed where nobody asks for more. */
const MOST_LINES = 30;

/** A comparison for a terminal, in at most 30 lines unless every case is wanted. */
export function comparisonAsText(comparison: VersionComparison, options: CompareTextOptions): string {
  const paint = painter(options.colour);
  const { width } = options;
  const head = [
    paint('bold', cutColumns(titleOf(comparison), width)),
    ...verdictLines(comparison, paint, width),
    ...cautions(comparison).flatMap((each) => wrap(each, width)),
  ];
  const foot = footOf(comparison, options);
  const sections = sectionsOf(comparison);
  if (options.verbose)
    return lines([...head, ...sections.flatMap((each) => verboseSection(each, paint, width)), ...foot]);
  const room = MOST_LINES - head.length - foot.length;
  return lines([...head, ...fitted(sections, room, paint, width), ...foot]);
}

/** The verdict in its colour, and how much was compared. */
function verdictLines(comparison: VersionComparison, paint: Paint, width: number): readonly string[] {
  const verdict = verdictSentence(comparison);
  let left = verdict.length;
  return wrap(`${verdict} ${countsSentence(comparison.main)}.`, width).map((line) => {
    const own = Math.max(0, Math.min(left, line.length));
    left -= line.length + 1;
    return own === 0 ? line : paint(isWorse(comparison) ? 'red' : 'green', line.slice(0, own)) + line.slice(own);
  });
}

const lines = (all: readonly string[]): string => `${all.join('\n')}\n`;

/**
 * As much of the sections as fits: three lines for each group; or two, those that come first before the others, which then have one; or as
 * many groups as there is room for.
 */
function fitted(sections: readonly Section[], room: number, paint: Paint, width: number): readonly string[] {
  const linesBy = (lookOf: (nth: number) => typeof oneLine): readonly string[] => {
    let nth = 0;
    return sections.flatMap((each) => [
      ...titleLines(each, paint),
      ...(isBrief(each)
        ? [namesLine(each, width)]
        : each.groups.flatMap((group) => lookOf(nth++)(group, paint, width))),
    ]);
  };
  const whole = linesBy(() => threeLines);
  if (whole.length <= room) return whole;
  const short = linesBy(() => oneLine);
  const left = room - short.length;
  if (left < 0) return cutSections(sections, room, paint, width);
  return linesBy((nth) => (nth < left ? twoLines : oneLine));
}

/** What has no verdict in one of the runs says nothing of what changed: the names are enough. */
const isBrief = ({ id }: Section): boolean => id === 'unknown';

const namesLine = ({ groups }: Section, width: number): string =>
  cutColumns(`  ${[...new Set(groups.map(({ scenario }) => scenario))].join(', ')}`, width);

/** A fair share for each section, those that come first before the others. */
function cutSections(sections: readonly Section[], room: number, paint: Paint, width: number): readonly string[] {
  let left = room;
  return sections.flatMap((section, index) => {
    if (isBrief(section)) return [...titleLines(section, paint), namesLine(section, width)];
    const share = Math.floor(left / (sections.length - index)) - 2;
    const fits = Math.max(1, section.groups.length <= share ? section.groups.length : share - 1);
    const shown = section.groups.slice(0, fits).flatMap((group) => oneLine(group, paint, width));
    const hidden = section.groups.slice(fits);
    const own = [
      ...titleLines(section, paint),
      ...shown,
      ...(hidden.length > 0
        ? [`  … and ${plural(hidden.length, 'more change', 'more changes')}; --verbose has all`]
        : []),
    ];
    left -= own.length;
    return own;
  });
}

const titleLines = ({ title }: Section, paint: Paint): readonly string[] => ['', paint('bold', title)];

/** Which cases: a pattern or two that say it, else how many of the requirement's. */
function whichOf({ patterns, scenario, changes, of }: ToldGroup): string {
  const said = patterns.join(', ');
  if (patterns.length === 1 && changes.length === 1) return said;
  if (patterns.length <= 2 && said.length <= LONGEST_PATTERNS)
    return `${said} (${plural(changes.length, 'case', 'cases')})`;
  return `${scenario} (${changes.length} of ${plural(of, 'case', 'cases')})`;
}

/** In characters. */
const LONGEST_PATTERNS = 80;

/** The mark, and which cases: `i rate-limit/retry-after (22 of 46 cases)`. */
const nameOf = (group: ToldGroup, paint: Paint): string =>
  `${paint(styleOf(group), marks[group.changes[0].after.outcome])} ${whichOf(group)}`;

/** `✗ rate-limit/reset-time-invalid (24 cases): required, pass → fail`. */
function headOf(group: ToldGroup, paint: Paint): string {
  const { before, after } = group.changes[0];
  const asked = askedIn(group);
  const step = before.outcome === after.outcome ? after.outcome : `${before.outcome} → ${after.outcome}`;
  const what = asked ?? `${levels[after.level]}, ${step}`;
  const under = group.onlyUnder === undefined ? '' : `, under profile ${group.onlyUnder} alone`;
  return `${nameOf(group, paint)}: ${what}${under}`;
}

const styleOf = ({ kind, page }: ToldGroup): 'red' | 'green' | 'cyan' =>
  kind === 'worse' && !page ? 'red' : kind === 'better' ? 'green' : 'cyan';

function threeLines(group: ToldGroup, paint: Paint, width: number): readonly string[] {
  const told = toldOf(group);
  const sentence = changeSentence(told);
  const change =
    sentence.length <= width - 4 ? [`    ${sentence}`] : [`    before: ${told.was}`, `    after:  ${told.is}`];
  const page = group.page ? [`    ${group.page.profile} asks: ${group.page.requirement}`] : [];
  return [headOf(group, paint), ...change, ...page].map((line) => cutColumns(line, width));
}

function twoLines(group: ToldGroup, paint: Paint, width: number): readonly string[] {
  const told = toldOf(group);
  return [cutColumns(headOf(group, paint), width), changeLine(['    '], told, width)];
}

/** Where not all of it has room, from what to what comes before what was asked, and what differs before what does not. */
function oneLine(group: ToldGroup, paint: Paint, width: number): readonly string[] {
  const told = toldOf(group);
  const head = headOf(group, paint);
  const short = askedIn(group) === undefined || group.onlyUnder !== undefined ? head : nameOf(group, paint);
  return [changeLine([`${head}: `, `${short}: `], told, width)];
}

/** A change in a line, with as much before it as there is room for; where both sides are long, each has half of what is left. */
function changeLine(starts: readonly string[], told: ChangeInWords, width: number): string {
  const last = starts.at(-1) ?? '';
  const lines = [...starts.map((start) => start + changeSentence(told)), last + briefChange(told)];
  const fitting = lines.find((line) => stringWidth(line) <= width);
  if (fitting !== undefined) return fitting;
  const half = Math.floor((width - stringWidth(last) - ' → '.length) / 2);
  if (half < LEAST) return cutColumns(last + briefChange(told), width);
  return last + briefChange(told, (side) => cutColumns(side, half));
}

/** With fewer columns for a side nobody understands it. */
const LEAST = 15;

function verboseSection(section: Section, paint: Paint, width: number): readonly string[] {
  return [
    ...titleLines(section, paint),
    ...section.groups.flatMap((group) => [
      headOf(group, paint),
      ...indented(`requirement: ${group.changes[0].before.requirement}`, width),
      ...(group.page ? indented(`profile ${group.page.profile}: ${group.page.requirement}`, width) : []),
      ...group.changes.flatMap((change) => {
        const { was, is } = sentencesOf(change);
        return [
          `    ${change.after.id}`,
          ...indented(`before: ${was}`, width, 6),
          ...indented(`after: ${is}`, width, 6),
        ];
      }),
    ]),
  ];
}

const indented = (text: string, width: number, columns = 4): readonly string[] =>
  wrap(text, width - columns).map((line) => ' '.repeat(columns) + line);

/** What only one has, and what was left out. */
function footOf({ main }: VersionComparison, { verbose, mine, width, page }: CompareTextOptions): readonly string[] {
  const only = [
    { name: main.before.name, cases: main.onlyBefore },
    { name: main.after.name, cases: main.onlyAfter },
  ].flatMap(({ name, cases }) => {
    if (cases.length === 0) return [];
    if (verbose)
      return [`Only the run of ${name} has:`, ...cases.map(({ id, outcome }) => `  ${marks[outcome]} ${id}`)];
    return [
      cutColumns(`Only the run of ${name} has ${plural(cases.length, 'case', 'cases')}: ${familiesOf(cases)}.`, width),
    ];
  });
  const reasons = main.leftOut.map(({ because, cases }) => `${cases} since ${because}`).join('; ');
  const away = main.leftOut.reduce((sum, { cases }) => sum + cases, 0);
  const leftOut =
    mine === undefined
      ? []
      : [cutColumns(`For ${mine}: ${away === 0 ? 'every case may concern you' : `left out ${reasons}`}.`, width)];
  const varying = verbose
    ? main.varying.flatMap(({ after, answers }) =>
        indented(`${after.id} is another one in every run: ${answers[0]?.varies ?? ''}`, width, 2),
      )
    : [];
  const all = [
    ...only,
    ...leftOut,
    ...varying,
    ...(page === undefined ? [] : [`Both pictures of every change: ${page}`]),
  ];
  return all.length === 0 ? [] : ['', ...all];
}

function familiesOf(cases: readonly { readonly scenario: string }[]): string {
  const counts = Map.groupBy(cases, ({ scenario }) => scenario);
  return [...counts].map(([scenario, all]) => (all.length === 1 ? scenario : `${scenario} (${all.length})`)).join(', ');
}
