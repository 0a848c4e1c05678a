import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { causeOf, causes, findCauses } from '../../harness/diagnosis/index.ts';
import { causeAsText } from '../../harness/report/diagnosis/cause-page.ts';
import { causesDocument } from '../../harness/report/diagnosis/causes-document.ts';
import { checkJsonSchema } from '../../harness/report/diagnosis/schema.ts';

const published = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');

describe('the catalogue', () => {
  it('has each cause once, by an id that tells its group', () => {
    const ids = causes.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9-]+\/[a-z0-9.-]+$/);
  });

  it.each(causes)('$id says in sentences what is so, when, and what to do', ({ title, seen, fix }) => {
    for (const text of [title, seen, fix]) expect(text).toMatch(/^\S(.|\n)*[.)]$/);
  });

  it('is what docs/causes.md says', () => {
    expect(published('docs/causes.md'), 'The page is out of date. Run npm run causes.').toBe(causesDocument(causes));
  });

  it('is found by words of its symptoms, titles and ids', () => {
    for (const { id, symptoms = [] } of causes) {
      for (const symptom of symptoms)
        expect(
          findCauses(symptom, 8).map((each) => each.id),
          symptom,
        ).toContain(id);
    }
    expect(findCauses('')).toEqual([]);
    expect(findCauses('the of and')).toEqual([]);
  });

  it('has a page for each', () => {
    const cause = causeOf('cntlm/denied-by-acl');
    expect(cause && causeAsText(cause)).toMatch(
      /^cntlm\/denied-by-acl\n {2}.*\n\n {2}Severity .*\n {2}So when .*\n {2}Remedy .*\n {2}Seen as /,
    );
    expect(causeOf('no/such')).toBeUndefined();
  });
});

it('the schema of check --json is published', () => {
  expect(JSON.parse(published('schema/check.schema.json')), 'It is out of date. Run npm run schema.').toEqual(
    checkJsonSchema(),
  );
});
