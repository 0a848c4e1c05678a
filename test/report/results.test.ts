import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { readResults, resultsJsonSchema, writeResults } from '../../harness/report/results/index.ts';
import { bigRun } from './big-run.ts';
import { outcome, results } from './builder.ts';
import { temporaryDirectory } from './temporary.ts';

const published = new URL('../../schema/results.schema.json', import.meta.url);

async function validator() {
  const ajv = new Ajv2020({ allErrors: true });
  formats.default(ajv);
  return ajv.compile(JSON.parse(await readFile(published, 'utf8')));
}

describe('results.json', () => {
  it('has a published schema that says what is checked on reading', async () => {
    const schema = JSON.parse(await readFile(published, 'utf8'));
    expect(schema, 'The published schema is out of date. Run npm run schema.').toEqual(resultsJsonSchema());
  });

  it('is accepted by the published schema and comes back as it was written', async () => {
    const dir = await temporaryDirectory();
    const { results: written } = bigRun();
    await writeResults(dir, written);
    const validate = await validator();
    const raw = JSON.parse(await readFile(join(dir, 'results.json'), 'utf8'));
    expect(validate(raw), JSON.stringify(validate.errors)).toBe(true);
    expect(await readResults(dir)).toEqual(written);
  });

  it('documents every field of a case', async () => {
    const schema = JSON.parse(await readFile(published, 'utf8'));
    const fields = schema.properties.outcomes.items.properties as Record<string, { description?: string }>;
    const silent = Object.keys(fields).filter((name) => !fields[name]?.description && name !== 'findings');
    expect(silent).toEqual([]);
  });

  it('names the place that is wrong', async () => {
    const dir = await temporaryDirectory();
    const broken = JSON.parse(JSON.stringify(results([outcome({ id: 'git/shallow' })])));
    broken.outcomes[0].outcome = 'maybe';
    broken.totals.pass = -1;
    const validate = await validator();
    expect(validate(broken)).toBe(false);
    await writeFile(join(dir, 'results.json'), JSON.stringify(broken));
    await expect(readResults(dir)).rejects.toThrow(/At outcomes\[0\]\.outcome: .*; At totals\.pass: /);
  });

  it('says what to do when the file is cut, or is not there', async () => {
    const dir = await temporaryDirectory();
    await expect(readResults(dir)).rejects.toThrow(
      /^Cannot read .*results\.json: it does not exist \(ENOENT\)\. Check/,
    );
    await writeFile(join(dir, 'results.json'), '{"suite":');
    await expect(readResults(dir)).rejects.toThrow(/results\.json is no JSON: .* run it again\.$/);
  });
});
