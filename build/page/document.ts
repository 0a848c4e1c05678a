import { markdownTable } from 'markdown-table';
import { type Covered, type CoveredPage, reasonOf, type Section, scenariosOf } from './coverage.ts';

const HEAD = `# What covers the documentation

Every sentence of the pages that requirements are cited from, by a few of its words, and the scenarios that hold a runner to it or the
reason why there is none. \`npm run coverage\` writes this page from \`build/page/pages/\`; a test wants every id here to exist and
every requirement to be here. With a checkout of gitlab-runner, \`npm run page -- --checkout DIR\` holds the list against the pages of
every profile: a sentence that nothing accounts for fails it.

A sentence that is no more than a lead to an example, or advice on reading, says so.
`;

/** `docs/coverage.md`. */
export function coverageDocument(pages: readonly CoveredPage[]): string {
  return `${[HEAD, ...pages.flatMap(pageOf)].join('\n')}`;
}

const pageOf = ({ title, paths, sections, from }: CoveredPage): string[] => [
  `## ${title}\n\n\`${paths[0]}\`${from === undefined ? '' : `, as it is from ${from} on`}\n`,
  ...sections.map(sectionOf),
];

function sectionOf({ headings, sentences }: Section): string {
  const rows = sentences.map((each) => [`“${each.says}”`, profilesOf(each), coveringOf(each)].map(cell));
  const title = headings[0] === '' ? 'Before the first heading' : headings[0];
  return `### ${title}\n\n${markdownTable([['sentence', 'profiles', 'covered by'], ...rows], { alignDelimiters: false, padding: true })}\n`;
}

function profilesOf({ from, until }: Covered): string {
  if (from !== undefined && until !== undefined) return from === until ? from : `${from} to ${until}`;
  if (from !== undefined) return `from ${from}`;
  return until === undefined ? 'all' : `until ${until}`;
}

function coveringOf(each: Covered): string {
  const scenarios = scenariosOf(each).map((id) => `\`${id}\``);
  return [scenarios.join(', '), reasonOf(each)].filter(Boolean).join(': ');
}

/** What would end a cell, or be read as a mark. */
const cell = (text: string): string => text.replaceAll(/[|*<]/g, '\\$&');
