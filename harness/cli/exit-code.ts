import type { Results } from '../conformance/outcome.ts';
import { EXIT, type ExitCode, type Terminal } from './exit.ts';
import { print } from './print.ts';

/**
 * The exit code that a run's results come to; says why where the totals alone do not.
 * @param named whether the cases were asked for by name, and none of them may be left out for want of something
 */
export function exitCodeOf(results: Results, terminal: Pick<Terminal, 'stderr'>, named = false): ExitCode {
  const { outcomes } = results;
  const { notRun } = results;
  if (notRun && outcomes.length === 0) return EXIT.environment;
  if (outcomes.length === 0) {
    print(terminal.stderr, 'proxyproof: nothing ran, so this says nothing about the subject.\n');
    return EXIT.usage;
  }
  if (outcomes.some((each) => each.outcome === 'error' && each.expected !== 'error')) return EXIT.harness;
  const unstable = (results.unstable ?? []).some(({ differs }) => differs === 'outcome');
  if (unstable || results.totals.unexpected > 0 || (results.unusedExpectations?.length ?? 0) > 0)
    return EXIT.unexpected;
  if (outcomes.every((each) => each.outcome === 'skip')) {
    print(
      terminal.stderr,
      'proxyproof: every case was skipped, so this says nothing about the subject. See proxyproof doctor.\n',
    );
    return EXIT.environment;
  }
  const missed = named ? outcomes.filter((each) => each.level === 'R' && each.lacks === 'machine') : [];
  if (missed[0]) {
    print(
      terminal.stderr,
      `proxyproof: ${missed.length} required ${missed.length === 1 ? 'case that you named was' : 'cases that you named were'} skipped, such as ${missed[0].id}. ${missed[0].reason} Or say --allow-skips.\n`,
    );
    return EXIT.environment;
  }
  // What did not run is not as expected, whatever ran.
  return notRun && notRun.cases.length > 0 ? EXIT.environment : EXIT.ok;
}
