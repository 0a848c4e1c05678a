// Prints what a result file has as skipped, with the reason: a test's stands in its name, a case's in its outcome.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

const [kind, file] = process.argv.slice(2);
const skipped = {
  vitest: ({ testResults }) =>
    testResults.flatMap(({ name, assertionResults }) =>
      assertionResults
        .filter(({ status }) => !['passed', 'failed'].includes(status))
        .map(({ fullName }) => `${relative('.', name)}: ${fullName}`),
    ),
  results: ({ outcomes }) => {
    const cases = new Map();
    for (const { outcome, reason } of outcomes) if (outcome === 'skip') cases.set(reason, (cases.get(reason) ?? 0) + 1);
    return [...cases].map(([reason, count]) => `${count} ${count === 1 ? 'case' : 'cases'}: ${reason}`);
  },
};

try {
  for (const line of skipped[kind](JSON.parse(readFileSync(file, 'utf8')))) console.log(line);
} catch (error) {
  console.log(`${file} cannot be read: ${error.message}`);
}
