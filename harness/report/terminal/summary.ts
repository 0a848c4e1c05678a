import { join } from 'node:path';
import stringWidth from 'string-width';
import { type CaseOutcome, outcomeNames, type Results } from '../../conformance/outcome.ts';
import type { LedgerEvent } from '../../ledger/index.ts';
import { isolationLine, isolationSentences } from '../isolation.ts';
import { marks } from '../marks.ts';
import { seconds } from '../picture/index.ts';
import { byFamily, plural, subjectName, unexpected, verdictOf } from '../verdict.ts';
import { foldedLines, narrowLines, observed } from './brief.ts';
import { briefSummary } from './brief-summary.ts';
import { failureLines, type SummaryPlace, warningLines } from './failure.ts';
import { flagLines } from './flags.ts';
import { printable, printableValue } from './printable.ts';
import { cutColumns, labelled, type Paint, pad, painter, wrap } from './text.ts';
import { unstableLines } from './unstable.ts';

/** How a summary is printed. */
export interface SummaryOptions {
  /** Characters in a line. */
  readonly width: number;
  readonly colour: boolean;
  /** The run's directory, as it is told to the reader. */
  readonly runDir: string;
  /** Lists every answer, deviation, warning and skip, and tells more failures in full; else at most 25 lines say it all. */
  readonly verbose?: boolean;
  /** Lists the measured answers, whatever else is folded. */
  readonly measured?: boolean;
  /** Whether warnings count as not as expected; what the results' totals say by default. */
  readonly strict?: boolean;
}

/** Of how many scenarios the first failure is told in full; the others are in the report. */
const IN_FULL = 20;
/** How many other failures of a scenario are named. */
const ALSO = 10;
/** The end of a run as a text for a terminal: what is wrong in full, the rest in brief, the verdict last. */
export function renderSummary(found: Results, events: readonly LedgerEvent[], options: SummaryOptions): string {
  // The one place where all that a run says goes through on its way to the terminal; the events' words follow in excerpts.
  const results = printableValue(found);
  const runDir = printable(options.runDir);
  const place: SummaryPlace = { width: Math.max(30, options.width), paint: painter(options.colour), runDir };
  const { paint } = place;
  const wrong = unexpected(results, options.strict);
  const byCase = Map.groupBy(events, (event) => event.case);
  const others = results.outcomes.filter((each) => !wrong.includes(each));
  const of = (outcome: CaseOutcome['outcome']): CaseOutcome[] => others.filter((each) => each.outcome === outcome);
  const known = others.filter((each) => each.expected !== 'pass' && each.outcome !== 'skip');
  const warnings = of('warn').filter((each) => !known.includes(each));
  const flags = flagLines(events, place);
  const eventsOf = (id: string): readonly LedgerEvent[] => byCase.get(id) ?? [];
  const end = endLines(results, place, options.verbose ?? false);
  if (!options.verbose) {
    const folded = foldedLines(results, known.length, place, options.measured ?? false);
    const brief = briefSummary(results, { wrong, eventsOf, flags, folded, end }, place);
    const measured = options.measured ? measuredSection(of('info'), place) : [];
    return `${[...measured, ...brief].join('\n')}\n`;
  }
  const lines = [
    '',
    ...unstableLines(results, eventsOf, place, { verbose: true }),
    ...section('Not as expected', wrong, paint, [
      ...[...Map.groupBy(wrong, (each) => each.scenario).values()].flatMap(([first, ...rest], index) =>
        first === undefined
          ? []
          : index < IN_FULL
            ? [...failureLines(first, results, byCase.get(first.id) ?? [], place), ...alsoLines(rest, place)]
            : alsoLines([first, ...rest], place),
      ),
    ]),
    ...section(
      'Known deviations',
      known,
      paint,
      known.flatMap((each) => knownLines(each, place)),
    ),
    ...section(
      'Warnings',
      warnings,
      paint,
      warnings.flatMap((each) => warningLines(each, place)),
    ),
    ...measuredSection(of('info'), place),
    ...section('Skipped', of('skip'), paint, skippedLines(of('skip'), place)),
    ...flags,
    ...narrowLines(results, place),
    ...familyLines(results, paint),
    '',
    ...end,
  ];
  return `${lines.join('\n')}\n`;
}

const measuredSection = (infos: readonly CaseOutcome[], place: SummaryPlace): string[] =>
  section('Measured answers', infos, place.paint, infoTable(infos, place));

/** What the result rests on, where it is, and what it comes to. */
function endLines(results: Results, place: SummaryPlace, verbose: boolean): string[] {
  const { paint, runDir, width } = place;
  const isolation = verbose
    ? isolationSentences(results.outcomes).flatMap((text) => wrap(text, width))
    : [cutColumns(isolationLine(results.outcomes) ?? '', width)].filter(Boolean);
  return [
    ...isolation.map((line) => paint('dim', line)),
    paint(
      'dim',
      `${printable(subjectName(results))}, profile ${results.profile}, ${seconds(results.environment.durationMs)}. Report: ${join(runDir, 'report.html')}`,
    ),
    ...(results.helper === undefined ? [] : [paint('dim', cutColumns(`Helper: ${results.helper}`, width))]),
    ...verdictLines(results, place),
    ...(results.environment.reportUrl === undefined ? [] : [`Report: ${results.environment.reportUrl}`]),
  ];
}

function section(title: string, members: readonly unknown[], paint: Paint, lines: readonly string[]): string[] {
  if (members.length === 0) return [];
  return [paint(['bold', 'underline'], `${title} (${members.length})`), ...lines, ...(lines.at(-1) === '' ? [] : [''])];
}

/** Further failures of a scenario that was told in full already. */
function alsoLines(others: readonly CaseOutcome[], { width, paint, runDir }: SummaryPlace): string[] {
  if (others.length === 0) return [];
  const named = others
    .slice(0, ALSO)
    .flatMap((each) => [
      paint('red', `  ${marks[each.outcome]} ${each.id}`),
      paint('dim', `    ${cutColumns(printable(observed(each)), width - 4)}`),
    ]);
  const left = others.length - ALSO;
  return [
    ...named,
    ...(left > 0 ? [`  … and ${left} more of this scenario, see ${join(runDir, 'report.html')}`] : []),
    '',
  ];
}

function knownLines(each: CaseOutcome, { width, paint }: SummaryPlace): string[] {
  const because = each.expectation?.reason ?? each.reason;
  const link = each.expectation?.link ? ` ${each.expectation.link}` : '';
  return [
    `${paint('dim', marks[each.outcome])} ${each.id}`,
    ...labelled('', `expected to ${each.expected}: ${because}${link}`, { width, column: 2 }),
  ];
}

/** One line for each answer; cases of a scenario that gave the same one share it. */
function infoTable(infos: readonly CaseOutcome[], { width, paint }: SummaryPlace): string[] {
  const rows = [...Map.groupBy(infos, (each) => `${each.scenario} ${each.reason}`).values()].flatMap((members) => {
    const [first] = members;
    return first
      ? [{ name: members.length === 1 ? first.id : `${first.scenario} ${common(members)}`, answer: first.reason }]
      : [];
  });
  const column = Math.min(Math.floor(width * 0.5), Math.max(0, ...rows.map(({ name }) => stringWidth(name))) + 2);
  return rows.flatMap(({ name, answer }) => {
    const [first = '', ...more] = wrap(printable(answer), width - column - 2);
    const indent = ' '.repeat(column + 2);
    const beside = stringWidth(name) < column;
    return [
      ...(beside
        ? [`${paint('cyan', `i ${pad(name, column)}`)}${first}`]
        : [paint('cyan', `i ${name}`), `${indent}${first}`]),
      ...more.map((line) => `${indent}${line}`),
    ];
  });
}

/** What cases have in common: how many they are, and the axes that are the same in all of them. */
function common(members: readonly CaseOutcome[]): string {
  const axes = Object.entries(members[0]?.axes ?? {}).filter(([name, value]) =>
    members.every((each) => each.axes[name] === value),
  );
  return `(${members.length} cases${axes.length > 0 ? `, ${axes.map(([name, value]) => `${name}=${value}`).join(' ')}` : ''})`;
}

function skippedLines(skipped: readonly CaseOutcome[], { width }: SummaryPlace): string[] {
  return [...Map.groupBy(skipped, (each) => each.reason)].flatMap(([reason, members]) => {
    const scenarios = [...Map.groupBy(members, (each) => each.scenario)].map(([id, cases]) =>
      cases.length === 1 ? id : `${id} (${cases.length})`,
    );
    return labelled(`– ${members.length} ×`, `${printable(reason).replace(/\.?$/, ':')} ${scenarios.join(', ')}`, {
      width,
      indent: 0,
      column: 8,
    });
  });
}

function familyLines({ outcomes }: Results, paint: Paint): string[] {
  const colours = {
    pass: 'green',
    fail: 'red',
    warn: 'yellow',
    info: 'cyan',
    skip: 'dim',
    blocked: 'magenta',
    error: 'red',
  } as const;
  const families = [...byFamily(outcomes)];
  const widest = Math.max(6, ...families.map(([family]) => family.length));
  return families.map(([family, members]) => {
    const counts = outcomeNames.flatMap((name) => {
      const count = members.filter((each) => each.outcome === name).length;
      return count > 0 ? [paint(colours[name], `${marks[name]} ${count} ${name}`)] : [];
    });
    return `${family.padEnd(widest)}  ${plural(members.length, 'case', 'cases').padStart(9)}   ${counts.join('  ')}`;
  });
}

function verdictLines(results: Results, { width, paint }: SummaryPlace): string[] {
  const { tone, sentence } = verdictOf(results);
  const colour = { good: 'green', bad: 'red', none: 'yellow' } as const;
  return wrap(sentence, width).map((line) => paint(['bold', colour[tone]], line));
}
