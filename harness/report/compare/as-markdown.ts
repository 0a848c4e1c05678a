import { levels, marks } from '../marks.ts';
import { plural } from '../verdict.ts';
import { cautions, countsSentence, titleOf, verdictSentence } from './head.ts';
import type { ToldGroup, VersionComparison } from './pages.ts';
import { type Section, sectionsOf } from './sections.ts';
import { askedIn, changeSentence, toldOf } from './told.ts';

/** A comparison as Markdown, for a merge request, an issue or a wiki: a table for each kind of change, the cases folded away. */
export function comparisonAsMarkdown(comparison: VersionComparison, mine?: string): string {
  const { main } = comparison;
  const blocks = [
    `## ${escaped(titleOf(comparison))}`,
    `**${verdictSentence(comparison)}** ${escaped(countsSentence(main))}.`,
    ...cautions(comparison).map((each) => `> ${escaped(each)}`),
    ...sectionsOf(comparison).map(sectionText),
    ...onlyText(main.before.name, main.onlyBefore),
    ...onlyText(main.after.name, main.onlyAfter),
    ...(mine === undefined || main.leftOut.length === 0
      ? []
      : [
          `Left out for ${escaped(mine)}: ${main.leftOut.map(({ because, cases }) => `${plural(cases, 'case', 'cases')}, since ${escaped(because)}`).join('; ')}.`,
        ]),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function sectionText({ title, groups }: Section): string {
  const rows = groups.map((group) => {
    const { before, after } = group.changes[0];
    const step = before.outcome === after.outcome ? after.outcome : `${before.outcome} → ${after.outcome}`;
    const notes = [
      escaped([askedIn(group), changeSentence(toldOf(group))].filter(Boolean).join(': ')),
      ...(group.page ? [`Profile ${group.page.profile} asks: ${escaped(group.page.requirement)}`] : []),
      ...(group.onlyUnder === undefined ? [] : [`Under profile ${group.onlyUnder} alone.`]),
    ];
    return `| ${marks[after.outcome]} ${code(group.scenario)} | ${levels[after.level]}, ${step} | ${group.changes.length} of ${group.of} | ${notes.join('<br>')} |`;
  });
  return [
    `### ${title}`,
    '',
    '| requirement | outcome | cases | what changed |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
    '<details><summary>Which cases</summary>',
    '',
    ...groups.map(patternsText),
    '',
    '</details>',
  ].join('\n');
}

const patternsText = ({ patterns, changes: [{ after }] }: ToldGroup): string =>
  `- ${patterns.map(code).join(', ')}: ${escaped(after.requirement)}`;

const onlyText = (name: string, cases: readonly { readonly id: string }[]): readonly string[] =>
  cases.length === 0
    ? []
    : [
        `<details><summary>Only the run of ${escaped(name)} has ${plural(cases.length, 'case', 'cases')}</summary>\n\n${cases.map(({ id }) => `- ${code(id)}`).join('\n')}\n\n</details>`,
      ];

/** What comes from elsewhere makes no markup and no new cell: answers hold what programs print. */
const escaped = (text: string): string =>
  text
    .replaceAll(/[\\`*_[\]<>|#~]/g, (sign) => (sign === '<' ? '&lt;' : sign === '>' ? '&gt;' : `\\${sign}`))
    .replaceAll(/\s+/g, ' ');

/** A bar would end the cell even in code. */
const code = (text: string): string => `\`${text.replaceAll('`', "'").replaceAll('|', '\\|')}\``;
