import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { reasonOf, scenariosOf } from '../../build/page/coverage.ts';
import { coverageDocument } from '../../build/page/document.ts';
import { coveredPages } from '../../build/page/pages/index.ts';
import { requirements } from '../../harness/conformance/index.ts';
import { under } from '../../harness/profile/index.ts';

const sections = coveredPages.flatMap((page) => page.sections);
const entries = sections.flatMap(({ sentences }) => sentences);
const named = new Set(entries.flatMap(scenariosOf));

describe('what covers the documentation', () => {
  it('stands in docs/coverage.md as npm run coverage writes it', async () => {
    const page = await readFile(new URL('../../docs/coverage.md', import.meta.url), 'utf8');
    expect(page).toBe(coverageDocument(coveredPages));
  });

  it('names scenarios that exist, and every requirement', () => {
    const ids = requirements.map(({ id }) => id);
    expect([...named].filter((id) => !ids.includes(id))).toEqual([]);
    expect(ids.filter((id) => !named.has(id))).toEqual([]);
  });

  it('has a scenario or a reason for each sentence, and no more of it than a few words', () => {
    expect(entries.filter((each) => scenariosOf(each).length === 0 && reasonOf(each) === undefined)).toEqual([]);
    expect(entries.filter(({ says }) => says.split(' ').length > 8)).toEqual([]);
  });

  it('has the headings that requirements are cited by, but for the title of a page', () => {
    const known = [...sections.flatMap(({ headings }) => headings), ...coveredPages.map(({ title }) => title)];
    const cited = requirements.flatMap(({ heading }) => [under('14.10', heading), under('18.11', heading)]);
    expect([...new Set(cited)].filter((each) => !known.includes(each))).toEqual([]);
  });
});
