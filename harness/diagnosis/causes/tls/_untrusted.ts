import type { Failure } from '../../failures/failure.ts';
import { issuersOf } from '../../issuers/issuers.ts';
import type { Picture } from '../../picture/picture.ts';
import { failuresOfKind } from '../_log.ts';
import { runnerVersion } from '../rate-limit/_version.ts';

/** Whose store lacks the interceptor's certificate authority. */
export type Store = 'runner' | 'helper' | 'daemon' | 'dind' | 'job-tools' | 'kept-chain';

/** Certificates that were rejected for want of an authority, by whose store it is. */
export const untrustedOf = (picture: Picture, store: Store): readonly Failure[] =>
  failuresOfKind(picture, 'untrusted').filter(
    (failure) => storeOf(picture, failure) === store && !isPubliclySigned(picture, failure),
  );

/** Whether files show that an authority which every store has signed for the host: then no gateway opens its TLS. */
function isPubliclySigned(picture: Picture, { target }: Failure): boolean {
  const seen = issuersOf(picture).filter(({ host }) => host !== undefined && host === target?.host);
  return seen.length > 0 && seen.every(({ kind }) => kind === 'public');
}

function storeOf(picture: Picture, failure: Failure): Store | undefined {
  const { who, phase, text } = failure;
  switch (who) {
    case 'runner':
    case 'register':
      return 'runner';
    case 'daemon':
    case 'dind':
      return who;
    case 'git':
    case 'helper':
      if (phase === 'script') return 'job-tools';
      // The helper image of 17.9.0 lacks part of the chain, whatever the proxy does.
      if (/unable to get local issuer certificate/.test(text) && isHelperFault(picture)) return undefined;
      return isKeptChain(picture, failure) ? 'kept-chain' : 'helper';
    case 'tool':
      return 'job-tools';
    default:
      return undefined;
  }
}

function isHelperFault(picture: Picture): boolean {
  const [major, minor] = runnerVersion(picture) ?? [];
  return major === 17 && minor === 9 && picture.lines.some(({ text }) => /17\.9\.0\b/.test(text));
}

/** Whether the runner's polls go on while the clone fails, and a restart of the runner ended it. */
function isKeptChain(picture: Picture, { file, line }: Failure): boolean {
  const ofOthers = picture.lines.filter((each) => each.of !== 'job' || each.file === file);
  const polls = ofOthers.some(({ text }) => /Checking for jobs\.\.\. ?(?:received|nothing)/.test(text));
  const restart = ofOthers.find(
    ({ text, ...each }) =>
      (each.file !== file || each.line > line) &&
      /systemctl restart gitlab-runner|gitlab-runner restart|(?:Started|Stopped|Stopping) (?:gitlab-runner|GitLab Runner)|Starting multi-runner/.test(
        text,
      ),
  );
  if (!restart) return false;
  const cured = picture.lines.some(
    ({ text, ...each }) => each.file === restart.file && each.line > restart.line && /Job succeeded/.test(text),
  );
  return cured && (polls || restart.of === 'terminal');
}
