import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What takes URLs apart or encodes parts of them by hand. */
const BY_HAND =
  /\b(?:en|de)codeURIComponent\b|lastIndexOf\('@'\)|a-z0-9\+\.-\]\*:|includes\(':'\) \? `\[|replace\('[^']*:\/\/', `/;

/** The forms in which other programs write a secret: these are looked for, whoever encoded them. */
const FORMS_OF_SECRETS = [
  'harness/ledger/secrets/forms.ts',
  'harness/kit/credentials/search.ts',
  'harness/report/diagnosis/secrets.ts',
];
/** What people write for a URL that is none, which nothing that splits URLs may take for one. */
const MISSPELLED = 'harness/diagnosis/causes/value/_flaws.ts';

it('URLs are split, decoded and encoded in harness/url alone', () => {
  const files = globSync('harness/**/*.ts', { cwd: ROOT }).filter(
    (file) =>
      !file.startsWith('harness/url/') &&
      !file.endsWith('/page-script.ts') &&
      !FORMS_OF_SECRETS.includes(file) &&
      file !== MISSPELLED,
  );
  expect(files.length).toBeGreaterThan(300);
  const found = files.flatMap((file) =>
    readFileSync(`${ROOT}/${file}`, 'utf8')
      .split('\n')
      .flatMap((line, index) =>
        BY_HAND.test(line) && !/^\s*(\/\/|\/?\*)/.test(line) ? [`${file}:${index + 1} ${line.trim()}`] : [],
      ),
  );
  expect(found).toEqual([]);
});
