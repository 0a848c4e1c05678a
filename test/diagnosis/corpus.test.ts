import { describe, expect, it } from 'vitest';
import { causes } from '../../harness/diagnosis/causes/index.ts';
import { type Diagnosis, diagnose, type FoundCause, openBundle } from '../../harness/diagnosis/index.ts';
import { diagnosisAsJson } from '../../harness/report/diagnosis/as-json.ts';
import { diagnosisAsText } from '../../harness/report/diagnosis/as-text.ts';
import { checkSchema } from '../../harness/report/diagnosis/schema.ts';
import { type CorpusCase, corpus, meets } from './_corpus.ts';

/** Files with a mistake each, or one that looks alike and is none. */
const CASES = corpus('cases');
/** Files that work, written by the vendors' documentation alone, before the rules were read. */
const WORKING = corpus('working');
const KNOWN = new Set(causes.map(({ id }) => id));

const diagnosed = async ({ files }: CorpusCase): Promise<Diagnosis> => diagnose(await openBundle(files));
const told = ({ findings }: Diagnosis): readonly FoundCause[] => findings.filter(({ severity }) => severity !== 'note');
const brief = ({ cause, file, line, says }: FoundCause): string => `${cause} at ${file}:${line}: ${says}`;

const printed = (diagnosis: Diagnosis): string =>
  JSON.stringify(diagnosisAsJson(diagnosis)) +
  diagnosisAsText(diagnosis, { notes: true, linesOf: () => undefined, width: 100, colour: false });

describe.each([...CASES, ...WORKING])('$name: $title', (each) => {
  it(each.clean ? 'nothing is wrong' : 'what is wrong is named, at its place, and nothing else is', async () => {
    const diagnosis = await diagnosed(each);
    const found = told(diagnosis);
    const missed = each.expect.filter((one) => !diagnosis.findings.some((finding) => meets(one, finding)));
    expect(missed, `said instead:\n${found.map(brief).join('\n')}`).toEqual([]);
    const right = new Set([...each.expect.map(({ cause }) => cause), ...each.also]);
    expect(found.filter(({ cause }) => !right.has(cause)).map(brief)).toEqual([]);
    checkSchema.parse(diagnosisAsJson(diagnosis));
    for (const secret of each.secret) expect(printed(diagnosis)).not.toContain(secret);
  });
});

describe('the corpus', () => {
  it.each([...KNOWN])('has a case of %s', (id) => {
    expect(CASES.some(({ expect: all }) => all.some(({ cause }) => cause === id))).toBe(true);
  });

  it.each([...KNOWN])('has one that looks like %s and is none', async (id) => {
    const near = CASES.filter(({ near: ids }) => ids.includes(id));
    expect(near).not.toEqual([]);
    for (const each of near) expect(told(await diagnosed(each)).map(({ cause }) => cause)).not.toContain(id);
  });

  it('knows no other cause', () => {
    const named = CASES.flatMap(({ expect: all, also, near }) => [...all.map(({ cause }) => cause), ...also, ...near]);
    expect([...new Set(named)].filter((id) => !KNOWN.has(id))).toEqual([]);
  });
});
