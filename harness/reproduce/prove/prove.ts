import type { Bundle } from '../../diagnosis/bundle/bundle.ts';
import { type Lab, restart } from '../machine/lab.ts';
import { upgrade } from '../machine/upgrade.ts';
import { reached, STEP_WORDS, type Trial } from '../trial/step.ts';
import { tryMachine } from '../trial/trial.ts';
import { apply, filesAfter } from './apply.ts';
import { upgrades } from './beyond.ts';
import type { Candidate, Tried } from './candidate.ts';
import { planAfter } from './plan-after.ts';

/** How many remedies one case may need at once. */
const MOST_AT_ONCE = 3;

/** What came of the remedies. */
export interface Proof {
  /** Every one that was applied alone, in the order of the trials. */
  readonly tried: readonly Tried[];
  /** Those that mend everything, alone or together; empty where none do. */
  readonly proved: readonly Candidate[];
  /** The trial with them; that of the machine as it was where none help. */
  readonly after: Trial;
}

/** Opens the machine in the state in which it was handed over; used again where one can be put back by its files. */
export interface ProofOptions {
  readonly bundle: Bundle;
  readonly candidates: readonly Candidate[];
  readonly before: Trial;
  readonly lab: Lab;
  /** Told before each trial, for whoever waits. */
  readonly trying?: (candidate: Candidate) => void;
}

/**
 * Applies each remedy alone to the machine, and tries everything again: what then works is proved by that one change. Where none
 * mends all and some get further, the one that gets furthest stays, and the others are tried beside it.
 */
export async function prove(options: ProofOptions): Promise<Proof> {
  const tried: Tried[] = [];
  const kept: Candidate[] = [];
  let best = options.before;
  while (best.failed && kept.length < MOST_AT_ONCE) {
    const round = await oneRound(options, kept, best);
    if (kept.length === 0) tried.push(...round.map(({ tried: each }) => each));
    const [next] = round
      .filter(({ trial }) => reached(trial) > reached(best))
      .toSorted((one, other) => reached(other.trial) - reached(one.trial));
    if (!next) break;
    kept.push(next.tried.candidate);
    best = next.trial;
  }
  return { tried, proved: best.failed ? [] : kept, after: best };
}

interface Attempt {
  readonly tried: Tried;
  readonly trial: Trial;
}

async function oneRound(
  { bundle, candidates, lab, trying }: ProofOptions,
  kept: readonly Candidate[],
  base: Trial,
): Promise<readonly Attempt[]> {
  const attempts: Attempt[] = [];
  const own = filesAfter(lab, bundle, []);
  for (const candidate of candidates.filter((each) => !kept.includes(each))) {
    const files = filesAfter(lab, bundle, [...kept, candidate]);
    if (!own || !files) continue;
    trying?.(candidate);
    await apply(lab, own, files);
    await using _ = upgrades([...kept, candidate]) ? await upgrade(lab.host) : undefined;
    for (const { commands } of [...kept, candidate]) for (const command of commands) await lab.host.run(command);
    if (!candidate.commands.some((command) => command.includes('gitlab-runner')))
      await restart(lab.host, 'gitlab-runner');
    const trial = await tryMachine({ ...lab.stage, plan: planAfter(lab.stage.plan, bundle, [...kept, candidate]) });
    await apply(lab, files, own);
    attempts.push({ tried: verdictOf(candidate, base, trial), trial });
    // What the page has besides need not be tried any more, and after a command the machine is another.
    if (!trial.failed && (candidate.commands.length > 0 || rest(candidates, candidate).every(isOfPage))) break;
  }
  return attempts;
}

const rest = (candidates: readonly Candidate[], after: Candidate): readonly Candidate[] =>
  candidates.slice(candidates.indexOf(after) + 1);

const isOfPage = ({ cause }: Candidate): boolean => cause.startsWith('page/');

function verdictOf(candidate: Candidate, before: Trial, after: Trial): Tried {
  if (!after.failed) return { candidate, verdict: 'mends' };
  const left = `${STEP_WORDS[after.failed.step]}: ${after.failed.failure.text || after.failed.failure.kind}`;
  const further = reached(after) - reached(before);
  return { candidate, verdict: further > 0 ? 'helps' : further < 0 ? 'worse' : 'no-effect', left };
}
