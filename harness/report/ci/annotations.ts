import type { Results } from '../../conformance/outcome.ts';
import { distinctFindings } from '../distinct.ts';
import { narrowSentences } from '../narrow.ts';
import { caseUrl } from '../report-url.ts';
import { printable } from '../terminal/printable.ts';
import { plural, unexpected, verdictOf } from '../verdict.ts';

/** GitHub shows so many annotations of a kind for each step; the last one says what else there is. */
const MOST = 10;

/**
 * What is not as expected as annotations of GitHub Actions: a line of the log each, which GitHub shows on the page of the run and of the
 * pull request. Each distinct finding is one. Their file is the scenario's, for whoever has this repository.
 * See "Workflow commands for GitHub Actions" of its documentation.
 */
export function annotations(results: Results): string {
  const found = distinctFindings(unexpected(results)).map(({ first, members, says }) => {
    const others = members.length - 1;
    const where = others === 0 ? first.id : `${first.id} and ${plural(others, 'case', 'cases')} more`;
    const link = caseUrl(results, first);
    return command('error', where, [
      says,
      `Requirement: ${first.requirement} (${first.citation})`,
      ...(link === undefined ? [] : [link]),
    ]);
  });
  const entries = [
    ...(results.unusedExpectations ?? []).map((id) =>
      command('error', 'Expectations', [`The entry ${id} matches nothing. Take it out, or correct it.`]),
    ),
    ...narrowSentences(results).map((each) => command('error', 'Expectations', [each])),
  ];
  const all = [...found, ...entries];
  const shown = all.length <= MOST ? all : all.slice(0, MOST - 1);
  const rest =
    shown.length === all.length
      ? []
      : [
          command('error', 'Proxyproof', [
            `${verdictOf(results).sentence} This is ${shown.length} of ${all.length} findings; see the report.`,
          ]),
        ];
  return [...shown, ...rest].map((line) => `${line}\n`).join('');
}

/** A line that the runner of GitHub takes. @param lines of its text */
function command(kind: 'error', title: string, lines: readonly string[]): string {
  return `::${kind} title=${property(printable(title))}::${data(lines.map(printable).join('\n'))}`;
}

const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
