import type { LedgerEvent } from '../../../ledger/index.ts';
import { type Reproduction, STEP_WORDS } from '../../../reproduce/index.ts';
import { recordedText } from '../../bug/recorded.ts';
import { bugReport, capitalized, foldedText } from '../../bug/template.ts';
import type { Mask } from '../../diagnosis/mask.ts';
import { failureWords } from '../failure-words.ts';
import { maskOfCase } from '../mask-of-case.ts';
import { storyOfTrial } from '../page/story.ts';
import { subjectWords } from '../subject-words.ts';
import { triedWords } from '../tried-words.ts';
import type { RunnerBug } from './runner-bug.ts';

/** Lines of a log before and after what failed. */
const AROUND = 15;

/**
 * A report for the makers of the runner, with the headings of gitlab-runner's own template for bugs (.gitlab/issue_templates/Bug.md of its
 * repository). Secrets are masked.
 */
export function bugFile(result: Reproduction, bug: RunnerBug): string {
  const mask = maskOfCase(result);
  const { trial, subject } = result;
  const failed = trial.failed ? `${STEP_WORDS[trial.failed.step]}: ${failureWords(trial.failed.failure)}` : '';
  return bugReport({
    summary: `${mask(capitalized(bug.observed))}. No change of the machine's files mends it: ${tried(result)}`,
    steps: `1. Save \`case.yaml\`, which has every file of the machine, without secrets.\n2. Run \`proxyproof reproduce case.yaml --prove --runner ${mask(subject.path)}\`: it stands up a machine with systemd, Docker and the runner, behind such a proxy.\n\n${foldedText('.gitlab-ci.yml', 'yml', ciOf(result, mask))}`,
    actual: mask(`${capitalized(bug.observed)}.\n\n${capitalized(failed).trim()}`),
    expected: mask(`${capitalized(bug.expected)}.`),
    logs: [
      foldedText('job log', 'sh', mask(logOf(result))),
      foldedText(
        'what was recorded: who asked whom, and what was answered',
        'text',
        recordedText(storyOfTrial(trial, result.events, mask).events),
      ),
    ],
    environment: [mask(environment(result)), foldedText('config.toml contents', 'toml', configOf(result, mask))],
    version: mask(subjectWords(subject)),
    fixes: `What was tried on the machine, each alone, and does not mend it:\n\n${(result.proof?.tried ?? []).map((each) => `- ${mask(triedWords(each))}`).join('\n') || '- nothing is known to try'}`,
  });
}

const tried = ({ proof }: Reproduction): string => {
  const count = proof?.tried.length ?? 0;
  return count === 0 ? 'none is known.' : `${count === 1 ? 'one was' : `${count} were`} tried.`;
};

function ciOf({ diagnosis, plan }: Reproduction, mask: Mask): string {
  const [own] = diagnosis.picture.all('ci');
  if (own) return maskedLines(own.piece.text, mask);
  const { kind, image } = plan.job;
  return mask(
    `# ${kind === 'push' ? 'A job that clones, builds an image with docker-in-docker, and pushes it' : 'A job that clones and asks GitLab by curl'}${image === undefined ? '' : `, in ${image}`}.`,
  );
}

function configOf({ diagnosis, plan }: Reproduction, mask: Mask): string {
  const [own] = diagnosis.picture.all('config-toml');
  return maskedLines(own?.piece.text ?? plan.fromPage.find(({ name }) => name === 'config')?.content ?? '', mask);
}

/** What masks looks at lines, and a text may be long. */
const maskedLines = (text: string, mask: Mask): string => text.split('\n').map(mask).join('\n');

/** The customer's log around what failed there; else what the runner said here. */
function logOf({ diagnosis, symptoms, trial }: Reproduction): string {
  const [symptom] = symptoms;
  const lines = diagnosis.picture.lines.filter(({ file }) => file === symptom?.file);
  if (!symptom || lines.length === 0) return trial.failed?.failure.text ?? '';
  return lines
    .filter(({ line }) => Math.abs(line - symptom.line) <= AROUND)
    .map(({ text }) => text)
    .join('\n');
}

function environment({ plan, diagnosis, events }: Reproduction): string {
  const { local, proxies, auth } = plan;
  const [runner] = diagnosis.picture.runners;
  return [
    `- Executor: ${runner?.executor || 'docker'}`,
    `- Docker: ${engineVersion(events) ?? 'unknown'}`,
    `- Proxy: ${local ? 'cntlm on the machine, in front of ' : ''}${proxies.map(({ host, port }) => `${host}:${port}`).join(', ')}, which asks for ${auth.scheme === 'none' ? 'no password' : auth.scheme}${plan.intercepts ? ' and opens TLS' : ''}`,
    `- GitLab: ${plan.gitlab.url}`,
  ].join('\n');
}

const engineVersion = (events: readonly LedgerEvent[]): string | undefined =>
  events.flatMap((event) => (event.kind === 'engine' ? [event.version] : []))[0];
