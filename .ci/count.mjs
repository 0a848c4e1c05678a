// Prints "PASSED FAILED" for a result file; exits 1 when there is none or nothing ran.
import { readFileSync } from 'node:fs';

const [kind, file] = process.argv.slice(2);
const counters = {
  vitest: (report) => [report.numPassedTests, report.numFailedTests + failedFiles(report)],
  results: ({ totals }) => [totals.cases - totals.skip - totals.unexpected, totals.unexpected],
};

// A file that could not be loaded has no tests of its own to count.
function failedFiles({ testResults }) {
  return testResults.filter((each) => each.status === 'failed' && each.assertionResults.length === 0).length;
}

try {
  const [passed, failed] = counters[kind](JSON.parse(readFileSync(file, 'utf8')));
  if (passed + failed === 0) throw new Error('nothing ran');
  console.log(`${passed} ${failed}`);
} catch (error) {
  console.error(`${file} cannot be counted: ${error.message}`);
  process.exitCode = 1;
}
