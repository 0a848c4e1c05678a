import type { CaseOutcome, Results } from '../../conformance/outcome.ts';
import type { LedgerEvent } from '../../ledger/index.ts';
import { markdownText } from '../ci/markdown-text.ts';
import { generationsIn } from '../generations.ts';
import { isolationSentences } from '../isolation.ts';
import { levels } from '../marks.ts';
import { caseUrl } from '../report-url.ts';
import { rerunCommand } from '../rerun.ts';
import { excerpt } from '../terminal/excerpt.ts';
import { printableLines } from '../terminal/printable.ts';
import { plural, subjectName } from '../verdict.ts';
import { citationLink } from './citation-link.ts';
import { recordedText } from './recorded.ts';
import { bugReport, capitalized, foldedText } from './template.ts';

/** Lines of the ledger that show it, and how long one may be. */
const LEDGER_LINES = 16;
const WIDTH = 160;
/** Lines of the runner's own log at the most: its end is near what failed. */
const LOG_LINES = 40;

/**
 * A report for the makers of a runner on a case that failed in a run. The ledger has no secret of the world in it, so this has none.
 * @param each a case with a finding that fails
 * @param events those of the case
 */
export function runBug(results: Results, each: CaseOutcome, events: readonly LedgerEvent[]): string {
  const failed = each.findings.filter(({ verdict }) => verdict === 'fails');
  const seen = failed.map(({ observed }) => markdownText(`${capitalized(observed)}.`)).join(' ');
  const wanted = failed.map(({ expected }) => markdownText(`${capitalized(expected)}.`)).join(' ');
  const evidence = failed.flatMap((finding) => finding.evidence);
  const link = citationLink(each.citation);
  const page = caseUrl(results, each);
  const alike = results.outcomes.filter((other) => other.scenario === each.scenario && other.outcome === each.outcome);
  const paint = (_: unknown, text: string): string => text;
  const bug = bugReport({
    summary: `${subjectName(results)}: ${seen}${alike.length > 1 ? ` The same question fails in ${plural(alike.length, 'variant', 'variants')} of ${results.outcomes.filter(({ scenario }) => scenario === each.scenario).length}.` : ''}`,
    steps: `Proxyproof ${results.suite.version} stands up the other side (proxy, GitLab, registry), lets the runner run against it, and records what crosses:\n\n\`\`\`sh\n${rerunCommand(results, each)}\n\`\`\`${axesOf(each)}`,
    actual: `${seen}${page === undefined ? '' : `\n\nThe whole record, drawn: ${page}`}`,
    expected: `${wanted}\n\nThe documentation says (${levels[each.level]}): “${markdownText(each.requirement)}” ${link === undefined ? each.citation : `[${each.citation}](${link})`}`,
    logs: [
      foldedText(
        'what was recorded around it; ▸ marks what shows it',
        'text',
        excerpt(events, evidence, { width: WIDTH, paint }, LEDGER_LINES).join('\n'),
      ),
      foldedText('all that was recorded: who asked whom, and what was answered', 'text', recordedText(events)),
      ...logOf(events),
    ],
    environment: [environment(results, each)],
    version: subjectName(results),
    fixes: 'None is known.',
  });
  return printableLines(bug);
}

/** What tells this case from others of its scenario. */
function axesOf({ id }: CaseOutcome): string {
  const some = [...id.matchAll(/\[([^=[\]]+)=([^[\]]*)\]/g)].map(([, name, value]) => `${name} is ${value}`);
  return some.length === 0 ? '' : `\n\nIn this variant ${markdownText(new Intl.ListFormat('en-GB').format(some))}.`;
}

function logOf(events: readonly LedgerEvent[]): string[] {
  const lines = events.flatMap((event) => (event.kind === 'log' && event.peer === 'subject' ? [event.line] : []));
  return lines.length === 0 ? [] : [foldedText('runner log', 'text', lines.slice(-LOG_LINES).join('\n'))];
}

function environment(results: Results, each: CaseOutcome): string {
  const { environment: machine, helper } = results;
  const tools = Object.entries(machine.tools).map((tool) => tool.join(' '));
  return [
    `- Custom installation, started by Proxyproof${helper === undefined ? '' : `; helper: ${helper}`}`,
    `- Proxy: ${each.proxy ?? 'none in this case'}`,
    `- Machine: ${machine.os}, ${plural(machine.cpus, 'CPU', 'CPUs')}${tools.length === 0 ? '' : `, ${tools.join(', ')}`}`,
    ...generationsIn(results).map((part) => `- ${capitalized(part)}`),
    ...isolationSentences([each]).map((sentence) => `- ${sentence}`),
  ].join('\n');
}
