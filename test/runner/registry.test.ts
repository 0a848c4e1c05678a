import { readdir } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { resultsJsonSchema } from '../../harness/report/index.ts';
import { subjectDefinitions, subjectKinds } from '../../harness/runner/kinds.ts';

it('has a line for every folder with a subject', async () => {
  const files = await readdir(new URL('../../harness/runner', import.meta.url), { recursive: true });
  const folders = files.filter((each) => /^[^/]+\/definition\.ts$/.test(each)).map((each) => each.split('/')[0]);
  expect([...subjectKinds].sort()).toEqual(folders.sort());
});

it('has kinds of different names, each of which can be had somehow', () => {
  expect(new Set(subjectKinds).size).toBe(subjectKinds.length);
  for (const { kind, named, program } of subjectDefinitions) expect(named ?? program, kind).toBeDefined();
});

it('is what the schema of results.json knows', () => {
  expect(JSON.stringify(resultsJsonSchema())).toContain(JSON.stringify({ enum: subjectKinds }).slice(1, -1));
});
