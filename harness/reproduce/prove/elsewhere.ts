import type { FoundCause } from '../../diagnosis/found-cause.ts';
import type { Picture } from '../../diagnosis/picture/picture.ts';
import type { CasePlan } from '../plan/plan.ts';
import type { Beyond } from './beyond.ts';
import { type Candidate, changing } from './candidate.ts';

/** What others than the machine's owner change: the proxy's administrators, and GitLab's. */
export function elsewhereCandidates(
  { elsewhere: { silentFor = [], proxyIsDown, refuses = [], bodyLimitBytes, limits } }: CasePlan,
  findings: readonly FoundCause[],
): readonly Candidate[] {
  /** By the catalogue's name where `check` found it. */
  const named = (known: readonly string[], otherwise: string): string =>
    known.find((cause) => findings.some((each) => each.cause === cause)) ?? otherwise;
  const beyond = (cause: string, says: string, remedy: string, change: Beyond): Candidate => ({
    cause,
    says,
    remedy,
    ...changing({}),
    beyond: change,
  });
  return [
    ...silentFor.map((host) =>
      beyond(
        'elsewhere/proxy-is-silent',
        `What asks for ${host} does ask the proxy, and the proxy never answers.`,
        `Have ${host} allowed by the proxy's administrators.`,
        { what: 'allowed', host },
      ),
    ),
    ...(proxyIsDown
      ? [
          beyond(
            named(['value/proxy-refuses-connection'], 'elsewhere/proxy-is-down'),
            'Nothing listens where the files say that the proxy is.',
            'Have the proxy started, or write the address that it has now.',
            { what: 'proxy-started' },
          ),
        ]
      : []),
    ...refuses.map(({ host, status }) =>
      beyond(
        named(OF_REFUSALS, 'elsewhere/proxy-refuses'),
        `What asks for ${host} does ask the proxy, and the proxy itself answers ${status}.`,
        status === 429
          ? `Have the proxy's limit raised for ${host}.`
          : `Have ${host} allowed by the proxy's administrators.`,
        { what: 'allowed', host },
      ),
    ),
    ...(bodyLimitBytes === undefined
      ? []
      : [
          beyond(
            named(['body/too-large'], 'elsewhere/body-limit'),
            `The proxy refuses a request body of more than ${bodyLimitBytes} bytes.`,
            "Have the proxy's limit on request bodies raised.",
            { what: 'body-limit-raised' },
          ),
        ]),
    ...(limits
      ? [
          beyond(
            named(OF_LIMITS, 'elsewhere/limit'),
            'GitLab limits how often all that come from the address of the proxy may ask.',
            "Have GitLab's limit raised for the proxy's address.",
            { what: 'limit-raised' },
          ),
        ]
      : []),
  ];
}

const OF_REFUSALS = ['rate-limit/proxy-sends-429', 'auth/denied-by-policy', 'body/proxy-cannot-reach'];
const OF_LIMITS = ['rate-limit/no-usable-header', 'rate-limit/gave-up'];

/** Another runner in the place of the customer's, where there is one at hand. */
export function upgradeCandidate(
  { cause, says, file, line }: FoundCause,
  _picture: Picture,
  { upgrade }: CasePlan,
): Candidate | undefined {
  if (upgrade === undefined) return undefined;
  return {
    cause,
    says,
    remedy: `Upgrade the runner; here ${upgrade} took its place.`,
    file,
    ...(line === undefined ? {} : { line }),
    ...changing({}),
    beyond: { what: 'upgrade' },
  };
}
