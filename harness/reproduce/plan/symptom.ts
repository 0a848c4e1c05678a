import { firstOf } from '../../diagnosis/causes/_first.ts';
import type { Failure, FailureKind, Who } from '../../diagnosis/failures/failure.ts';
import { failuresOf } from '../../diagnosis/failures/failures.ts';
import { kept } from '../../diagnosis/kept.ts';
import type { Picture } from '../../diagnosis/picture/picture.ts';
import type { Endpoint, PageFileName } from './plan.ts';

/** What failed, as far as two machines can be compared by it. */
export interface Symptom {
  readonly who: Who;
  readonly kind: FailureKind;
  readonly host: string | undefined;
  readonly status: number | undefined;
  /** Where a proxy was looked for. */
  readonly peer: Endpoint | undefined;
  /** The line, without what is secret. */
  readonly text: string;
  readonly file: string;
  readonly line: number;
}

/** What the customer saw, by their logs: the first failure of each program. */
export const symptomsIn = kept((picture: Picture): readonly Symptom[] => {
  const lasting = failuresOf(picture).filter((failure) => !isOld(failure, picture));
  return firstOf(lasting, ({ who, kind }) => `${who} ${kind}`).map(
    ({ who, kind, target, peer, status, text, file, line }) => ({
      who,
      kind,
      host: target?.host ?? peer?.host,
      status,
      peer: peer?.port === undefined ? undefined : { host: peer.host, port: peer.port },
      text,
      file,
      line,
    }),
  );
});

/** What a runner says when it starts. */
const STARTS = /Starting multi-runner|Initializing executor providers/;

/** Whether a runner was started again after it had failed: it may have another configuration since. */
const isOld = ({ who, file, line }: Failure, { lines }: Picture): boolean =>
  who === 'runner' && lines.some((each) => each.file === file && each.line > line && STARTS.test(each.text));

/** Which of the page's files give a program its proxy. */
const GIVEN_BY: Partial<Readonly<Record<Who, PageFileName>>> = { runner: 'runner', daemon: 'docker' };

/** The page's files that name another address than the proxy's, by what somebody did not reach there. */
export const outdatedIn = (picture: Picture): readonly { readonly name: PageFileName; readonly peer: Endpoint }[] =>
  symptomsIn(picture).flatMap(({ who, kind, peer }) => {
    const name = GIVEN_BY[who];
    return kind === 'proxy-unreachable' && peer && name ? [{ name, peer }] : [];
  });

/** The page's files that cannot be there, as a program that they give a proxy went around it. */
export const withoutProxy = (picture: Picture): readonly PageFileName[] =>
  symptomsIn(picture).flatMap((symptom) =>
    isSpared(symptom) ? 'runner' : symptom.kind === 'direct' ? (GIVEN_BY[symptom.who] ?? []) : [],
  );

/**
 * Whether a symptom shows that the runner reaches GitLab without the proxy, and its helper through one that opens TLS: else the runner would
 * have handed the gateway's chain to the helper (CI_SERVER_TLS_CA_FILE).
 */
export const isSpared = ({ who, kind }: Pick<Symptom, 'who' | 'kind'>): boolean =>
  kind === 'untrusted' && (who === 'git' || who === 'helper');
