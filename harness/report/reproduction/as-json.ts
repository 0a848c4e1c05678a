import type { Candidate, Reproduction, StepFailure, Tried } from '../../reproduce/index.ts';
import { joinHostPort } from '../../url/index.ts';
import { maskedValue } from '../diagnosis/mask.ts';
import { runnerBug } from './bug/runner-bug.ts';
import { maskOfCase } from './mask-of-case.ts';
import { type RemedyText, remedyText } from './remedy/index.ts';

/** What came of a case as `reproduce --json` prints it; without a password, whatever the files have. */
export function reproductionAsJson(result: Reproduction): object {
  const { comparison, trial, proof, candidates, plan, diagnosis } = result;
  const mask = maskOfCase(result);
  const bug = runnerBug(result);
  const there = 'symptom' in comparison ? comparison.symptom : undefined;
  return maskedValue(
    {
      verdict: comparison.verdict,
      ...(there
        ? {
            there: {
              who: there.who,
              kind: there.kind,
              ...hostOf(there),
              says: there.text,
              file: there.file,
              line: there.line,
            },
          }
        : {}),
      ...(trial.failed ? { here: { step: trial.failed.step, ...failureAsJson(trial.failed.failure) } } : {}),
      steps: trial.steps.map(({ step, failure }) => ({ step, works: failure === undefined })),
      remedies: candidates.map((each) => ({ ...candidateAsJson(each), ...outcomeOf(each, proof?.tried) })),
      ...(proof ? { proved: proof.proved.map((each) => candidates.indexOf(each)) } : {}),
      ...(proof && proof.proved.length > 0
        ? { change: changeAsJson(remedyText(diagnosis, proof.proved, mask, plan.mapped)) }
        : {}),
      ...(bug ? { bug: { expected: bug.expected, observed: bug.observed } } : {}),
      subject: { kind: result.subject.kind, version: result.subject.version },
      world: {
        gitlab: plan.gitlab.url,
        proxies: plan.proxies.map(({ host, port }) => joinHostPort(host, port)),
        ...(plan.local ? { local: joinHostPort(plan.local.host, plan.local.port) } : {}),
        scheme: plan.auth.scheme,
        registries: plan.registries.map(({ host, port }) => joinHostPort(host, port)),
      },
      assumed: plan.assumptions.map(({ says }) => says),
    },
    mask,
  );
}

const changeAsJson = ({ diff, commands }: RemedyText): object => ({ diff, commands });

const hostOf = ({ host }: { readonly host?: string | undefined }): { readonly host?: string } =>
  host === undefined ? {} : { host };

const failureAsJson = ({ who, kind, host, status, text }: StepFailure): object => ({
  who,
  kind,
  ...hostOf({ host }),
  ...(status === undefined ? {} : { status }),
  says: text,
});

const candidateAsJson = ({ cause, says, remedy, file, line, edits, adds, removes, commands }: Candidate): object => ({
  cause,
  says,
  remedy,
  ...(file === undefined ? {} : { file }),
  ...(line === undefined ? {} : { line }),
  edits,
  adds: [...adds].map(([path, content]) => ({ path, content })),
  ...(removes ? { removes } : {}),
  commands: commands.map((command) => command.join(' ')),
});

function outcomeOf(candidate: Candidate, tried: readonly Tried[] = []): object {
  const found = tried.find((each) => each.candidate === candidate);
  return found ? { tried: found.verdict, ...(found.left === undefined ? {} : { left: found.left }) } : {};
}
