import type { Bundle } from '../diagnosis/bundle/bundle.ts';
import { notCollected } from '../diagnosis/bundle/collected.ts';
import { type Diagnosis, diagnose } from '../diagnosis/diagnose.ts';
import type { LedgerEvent } from '../ledger/index.ts';
import type { Driver, SubjectIdentity } from '../runner/subject.ts';
import type { RunContext } from '../world/index.ts';
import { type Comparison, compare } from './compare.ts';
import { openLab } from './machine/lab.ts';
import { clashSays, withoutClashes } from './plan/clashes.ts';
import type { CasePlan } from './plan/plan.ts';
import { type PlanOptions, planOf } from './plan/read.ts';
import { refusalOf } from './plan/refusal.ts';
import { type Symptom, symptomsIn } from './plan/symptom.ts';
import { fileCandidates } from './prove/by-file.ts';
import { lineCandidates } from './prove/by-line.ts';
import type { Candidate } from './prove/candidate.ts';
import { candidatesFor } from './prove/candidates.ts';
import { type Proof, prove } from './prove/prove.ts';
import type { Trial } from './trial/step.ts';
import { tryMachine } from './trial/trial.ts';

/** What a case is stood up with. */
export interface ReproduceOptions extends PlanOptions {
  readonly bundle: Bundle;
  readonly driver: Driver;
  /** A runner that may take the place of the other, to prove that an upgrade mends it. */
  readonly upgrade?: Driver;
  readonly run: RunContext;
  /** Whether remedies are applied. */
  readonly prove: boolean;
  /** Ends it early. */
  readonly signal?: AbortSignal;
  /** Told what happens, a line each. */
  readonly say?: ((line: string) => void) | undefined;
}

/** A customer's case that was stood up, and what came of it. */
export interface Reproduction {
  readonly diagnosis: Diagnosis;
  readonly plan: CasePlan;
  readonly symptoms: readonly Symptom[];
  readonly trial: Trial;
  readonly comparison: Comparison;
  readonly candidates: readonly Candidate[];
  readonly proof?: Proof;
  /** The runner that it was stood up with. */
  readonly subject: SubjectIdentity;
  /** What was recorded. */
  readonly events: readonly LedgerEvent[];
}

/** Whether a bundle is what `collect` gathered, which reports what it could not take. */
const isCollected = ({ files }: Bundle): boolean =>
  files.some(({ name, path = name, bytes }) => notCollected(path, bytes.toString()) !== undefined);

/** A case that cannot be stood up. */
export class NotStoodUp extends Error {
  override readonly name = 'NotStoodUp';
}

/**
 * Stands a customer's machine up behind their kind of proxy, tries what should work, compares that with what their logs say, and
 * proves which change mends it.
 * @throws NotStoodUp for a case that cannot be stood up here; the signal's reason; Error that says what could not be stood up
 */
export async function reproduce(options: ReproduceOptions): Promise<Reproduction> {
  const { bundle: theirs, driver, upgrade, run, say, signal, prove: proves, ...given } = options;
  const { bundle, mapped } = withoutClashes(theirs);
  const diagnosis = diagnose(bundle);
  const { picture } = diagnosis;
  const planned = planOf(picture, { ...given, complete: isCollected(bundle) });
  const clashes = clashSays(mapped).map((says) => ({ about: 'name' as const, says }));
  const plan = {
    ...planned,
    ...(mapped.length > 0 ? { mapped, assumptions: [...planned.assumptions, ...clashes] } : {}),
    ...(upgrade ? { upgrade: `${upgrade.identity.kind} ${upgrade.identity.version}` } : {}),
  };
  const refusal = refusalOf(picture, (await run.engine()).version ?? '');
  if (refusal !== undefined) throw new NotStoodUp(refusal);
  const symptoms = symptomsIn(picture);
  say?.('standing the machine up …');
  await using lab = await openLab({ plan, picture, driver, ...(upgrade ? { upgrade } : {}), run, name: 'reproduce' });
  const tried = async () => {
    say?.('trying what should work …');
    const trial = await tryMachine(lab.stage);
    const known = trial.failed ? candidatesFor(diagnosis, plan) : [];
    const trying = (candidate: Candidate): void => say?.(`trying the remedy of ${candidate.cause} …`);
    if (!proves || !trial.failed) return { trial, candidates: known };
    const proof = await prove({ bundle, candidates: known, before: trial, lab, trying });
    if (proof.proved.length > 0) return { trial, candidates: known, proof };
    say?.('no known cause mends it: trying one file after the other as on the page …');
    const files = fileCandidates(picture, plan);
    const byFile = await prove({ bundle, candidates: files, before: trial, lab });
    const [file, ...others] = byFile.proved;
    const lines = file?.file === undefined || others.length > 0 ? [] : lineCandidates(picture, plan, file.file);
    if (lines.length > 0) say?.(`${file?.file} decides: trying its lines, one after the other …`);
    const byLine = await prove({ bundle, candidates: lines, before: trial, lab });
    const found = byLine.proved.length === 1 ? byLine : byFile;
    return {
      trial,
      candidates: [...known, ...files, ...lines],
      proof: { ...found, tried: [...proof.tried, ...byFile.tried, ...byLine.tried] },
    };
  };
  const found = await unlessAborted(signal, tried());
  return {
    diagnosis,
    plan,
    symptoms,
    ...found,
    subject: driver.identity,
    comparison: compare(symptoms, found.trial),
    events: [...lab.world.ledger.events],
  };
}

/** Gives up at once what goes on by itself: it ends when the machine is taken away from under it. @throws the signal's reason */
async function unlessAborted<T>(signal: AbortSignal | undefined, work: Promise<T>): Promise<T> {
  if (!signal) return work;
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = (): void => reject(signal.reason);
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  work.catch(() => {});
  return Promise.race([work, promise]).finally(() => signal.removeEventListener('abort', stop));
}
