import { readFileSync, writeFileSync } from 'node:fs';
import { withPart } from '../../bench/document.ts';
import { changeOf, measurable, readReasons, type Scores, scoreOf } from './scores.ts';

const PAGE = new URL('../../docs/mutation.md', import.meta.url);
const README = new URL('../../README.md', import.meta.url);

/** Writes docs/mutation.md, the score of each file and every survivor with its reason, and the score of all in the README. */
export function writePage(scores: Scores): void {
  const reasons = readReasons();
  const rows = Object.entries(scores).map(([file, score]) => {
    const { noticed, total } = scoreOf(score, reasons[file]);
    return { file, noticed, total, survived: score.survived };
  });
  const noticed = rows.reduce((sum, each) => sum + each.noticed, 0);
  const total = rows.reduce((sum, each) => sum + each.total, 0);
  const table = rows.map(
    (each) => `| ${short(each.file)} | ${each.noticed} | ${each.total} | ${percent(each.noticed, each.total)} |`,
  );
  const sections = rows
    .filter(({ survived }) => survived.length > 0)
    .map(({ file, survived }) => {
      const lines = survived.map((each) => {
        const reason = reasons[file]?.[changeOf(each)] ?? '**not explained yet**';
        return `- line ${each.line}, ${each.mutator}: ${code(each.before)} → ${code(each.after)}: ${reason}`;
      });
      return `### ${short(file)}\n\n${lines.join('\n')}\n`;
    });
  writeFileSync(
    PAGE,
    `${HEAD}\n${noticed} of ${total} changes are noticed, ${percent(noticed, total)}. Files that are not in this table have not been measured yet.\n\n| file | noticed | of | |\n| --- | --- | --- | --- |\n${table.join('\n')}\n\n## Survivors\n\n${sections.join('\n')}`,
  );
  const score = `[Mutation testing](docs/mutation.md): the suite notices ${noticed} of ${total} changes (${percent(noticed, total)}) in the ${rows.length} of ${measurable().length} files that have been measured.`;
  writeFileSync(README, withPart(readFileSync(README, 'utf8'), 'mutation', score));
}

const HEAD = `# Mutation testing

How hard is the suite to fool? [Stryker](https://stryker-mutator.io) changes the reference runner's sources, one place at a time: a
\`<\` becomes a \`<=\`, a condition is always true, a block is empty. Each change is run against the required and recommended scenarios
of \`rate-limit\`, under the profiles whose rules differ, and of \`polling\`, under the newest, in simulated time, with the
invariants that hold in every case. A change that none of them notices is a survivor. Texts are not changed, since they are the
runner's own words.

    npm run mutate                                   # whatever changed, or was never measured
    npm run mutate -- harness/runner/reference/http/limit.ts

This page is written by that command, from \`test/mutation/scores.json\`. Why a survivor is none to worry about stands in
\`test/mutation/reasons.json\`; those do not count.
`;

const short = (file: string): string => file.replace('harness/runner/reference/', '');
const percent = (part: number, whole: number): string =>
  whole === 0 ? 'nothing counts' : `${Math.round((1000 * part) / whole) / 10} %`;
/** A piece of code in a line of Markdown, whatever it has in it. */
const code = (text: string): string =>
  text === '' ? 'nothing' : text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;
