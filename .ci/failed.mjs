// Prints what failed in a result file, a line each, with the first words of why: the end of a log is what one reads first.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

const [kind, file] = process.argv.slice(2);
const harmless = ['pass', 'info', 'warn'];
const failed = {
  vitest: ({ testResults }) =>
    testResults.flatMap(({ name, status, message, assertionResults }) => {
      const tests = assertionResults.filter((each) => each.status === 'failed');
      if (status === 'failed' && tests.length === 0) return [line(relative('.', name), message)];
      return tests.map((test) => line(`${relative('.', name)}: ${test.fullName}`, test.failureMessages.join(' ')));
    }),
  results: ({ outcomes }) =>
    outcomes
      .filter(
        ({ outcome, expected }) =>
          outcome !== 'skip' && !(expected === 'pass' ? harmless : [expected]).includes(outcome),
      )
      .map(({ id, outcome, reason }) => line(`${id}: ${outcome}`, reason)),
};

function line(what, why) {
  return `${what}: ${(why ?? '').replaceAll(/\s+/g, ' ').slice(0, 2000)}`;
}

try {
  for (const each of failed[kind](JSON.parse(readFileSync(file, 'utf8')))) console.log(each);
} catch (error) {
  console.log(`${file} cannot be read: ${error.message}`);
}
