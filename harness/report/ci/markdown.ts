import { type CaseOutcome, outcomeNames, type Results } from '../../conformance/outcome.ts';
import { distinctFindings } from '../distinct.ts';
import { marks } from '../marks.ts';
import { narrowSentences } from '../narrow.ts';
import { cut, seconds } from '../picture/index.ts';
import { caseUrl } from '../report-url.ts';
import { rerunCommand } from '../rerun.ts';
import { plural, subjectName, unexpected, verdictOf } from '../verdict.ts';
import { markdownCode, markdownDetails, markdownText } from './markdown-text.ts';

/** How many rows a table has at most: GitHub takes a megabyte for a step, and nobody reads more. */
const MOST_ROWS = 100;
/** How long what was observed may be, in characters. */
const LONGEST = 300;

const SIGNS = { good: '✅', bad: '❌', none: '⚠️' } as const;

/**
 * summary.md: what a run comes to, for the summary of a GitHub step, a GitLab job's artifact or a note on a merge request. What is not as
 * expected stands there, each distinct finding once; all else is folded.
 */
export function summaryMarkdown(results: Results): string {
  const { tone, sentence } = verdictOf(results);
  const wrong = unexpected(results);
  const known = results.outcomes.filter(
    (each) => !wrong.includes(each) && each.expected !== 'pass' && each.outcome !== 'skip',
  );
  const of = (name: CaseOutcome['outcome']): CaseOutcome[] =>
    results.outcomes.filter(({ outcome }) => outcome === name);
  const warnings = of('warn').filter((each) => !wrong.includes(each) && !known.includes(each));
  return `${[
    `### ${SIGNS[tone]} ${markdownText(subjectName(results))} behind a proxy`,
    markdownText(sentence),
    counts(results),
    ...narrowSentences(results).map((each) => `- ${markdownText(each)}`),
    ...wrongTable(wrong, results),
    ...unstableTable(results),
    ...folded('Known deviations', known, ['Case', 'Why'], (each) => [
      markdownCode(each.id),
      `${markdownText(each.expectation?.reason ?? each.reason)}${each.expectation?.link ? ` <${encodeURI(each.expectation.link)}>` : ''}`,
    ]),
    ...folded('Recommendations that are missed', warnings, ['Case', 'Observed'], answerRow),
    ...folded('Measured answers', of('info'), ['Case', 'Answer'], answerRow),
    ...skips(of('skip')),
    foot(results),
  ].join('\n\n')}\n`;
}

const answerRow = (each: CaseOutcome): string[] => [markdownCode(each.id), markdownText(cut(each.reason, LONGEST))];

function counts({ totals, outcomes }: Results): string {
  const some = outcomeNames.filter((name) => totals[name] > 0);
  return `${plural(outcomes.length, 'case', 'cases')}: ${some.map((name) => `${marks[name]} ${totals[name]} ${name}`).join(' · ')}`;
}

function wrongTable(wrong: readonly CaseOutcome[], results: Results): string[] {
  if (wrong.length === 0) return [];
  const findings = distinctFindings(wrong);
  const shown = findings.slice(0, MOST_ROWS);
  const rows = shown.map(({ first, members, says }) => {
    const link = caseUrl(results, first);
    const id = markdownCode(first.id);
    const more = members.length === 1 ? '' : ` and ${plural(members.length - 1, 'case', 'cases')} more`;
    return [
      `${marks[first.outcome]} ${link === undefined ? id : `[${id}](${link})`}${more}`,
      `${markdownText(first.requirement)} <br>${markdownText(first.citation)}`,
      markdownText(cut(says, LONGEST)),
    ];
  });
  const left = findings.length - shown.length;
  return [
    `**Not as expected: ${plural(wrong.length, 'case', 'cases')}, ${plural(findings.length, 'distinct finding', 'distinct findings')}**`,
    table(['Case', 'Requirement', 'Observed'], rows),
    ...(left > 0 ? [`… and ${plural(left, 'finding', 'findings')} more: see the report.`] : []),
    markdownDetails('Run these again', [
      '```sh',
      ...shown.map(({ first }) => rerunCommand(results, first).replaceAll('`', "'")),
      '```',
    ]),
  ];
}

function unstableTable({ unstable = [] }: Results): string[] {
  if (unstable.length === 0) return [];
  const rows = unstable
    .slice(0, MOST_ROWS)
    .map(({ id, came }) => [
      markdownCode(id),
      came.map(({ says, times }) => `${times} × ${markdownText(cut(says, LONGEST))}`).join('<br>'),
    ]);
  return [`**Unstable: ${plural(unstable.length, 'case', 'cases')}**`, table(['Case', 'Came out as'], rows)];
}

function folded(
  title: string,
  members: readonly CaseOutcome[],
  head: readonly string[],
  row: (each: CaseOutcome) => readonly string[],
): string[] {
  if (members.length === 0) return [];
  const left = members.length - MOST_ROWS;
  const rest = left > 0 ? ['', `… and ${left} more: see the report.`] : [];
  return [
    markdownDetails(`${title} (${members.length})`, [table(head, members.slice(0, MOST_ROWS).map(row)), ...rest]),
  ];
}

function skips(skipped: readonly CaseOutcome[]): string[] {
  if (skipped.length === 0) return [];
  const rows = [...Map.groupBy(skipped, ({ reason }) => reason)]
    .slice(0, MOST_ROWS)
    .map(([reason, members]) => [String(members.length), markdownText(cut(reason, LONGEST))]);
  return [markdownDetails(`Skipped (${skipped.length})`, [table(['Cases', 'Why'], rows)])];
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

function foot({ environment, suite, profile, subject }: Results): string {
  const parts = [
    `${suite.name} ${suite.version}`,
    `profile ${profile}`,
    markdownCode(subject.path),
    seconds(environment.durationMs),
    ...(environment.reportUrl === undefined ? [] : [`[report](${environment.reportUrl})`]),
  ];
  return `<sub>${parts.join(' · ')}</sub>`;
}
