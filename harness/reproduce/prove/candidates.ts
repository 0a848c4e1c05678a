import type { Diagnosis } from '../../diagnosis/diagnose.ts';
import { type FoundCause, isGrave } from '../../diagnosis/found-cause.ts';
import type { Picture } from '../../diagnosis/picture/picture.ts';
import type { CasePlan } from '../plan/plan.ts';
import { serviceIn } from '../plan/service-in.ts';
import { type Candidate, changing } from './candidate.ts';
import { credentialsCandidate } from './credentials.ts';
import { daemonKeysCandidate } from './daemon-keys.ts';
import { dockerCliCandidate } from './docker-cli.ts';
import { elsewhereCandidates, upgradeCandidate } from './elsewhere.ts';
import { environmentCandidates, spellingCandidates } from './environment.ts';
import { exceptionCandidate } from './exception.ts';
import { gatewayCandidate } from './gateway.ts';
import { jobToolsCandidate } from './job-tools.ts';
import { ownAddressCandidates } from './own-address.ts';
import { passwordCandidate } from './password.ts';
import { portCandidate } from './port.ts';
import { proxyAuthMethodCandidate } from './proxy-auth-method.ts';
import { registrationCandidate } from './registration.ts';

/** More than anybody waits for. */
const MOST = 14;

/**
 * What may mend a machine, the likeliest first: remedies of the causes that were found in its files, the gravest first; then what the
 * page would have there and the machine has not.
 */
export function candidatesFor(
  { findings, picture }: Pick<Diagnosis, 'findings' | 'picture'>,
  plan: CasePlan,
): readonly Candidate[] {
  const ofCatalogue = findings
    .filter(isGrave)
    .flatMap(
      (found) =>
        (hasEdits(found)
          ? ofFinding(found, plan)
          : (MADE[found.cause]?.(found, picture, plan) ?? ofFinding(found, plan))) ?? [],
    );
  const missing = plan.leftOut.map(
    ({ path, content }): Candidate => ({
      cause: 'page/file-missing',
      says: `There is no ${path}.`,
      remedy: `Write ${path} as on the page.`,
      file: path,
      ...changing({ adds: new Map([[path, content]]) }),
    }),
  );
  const outdated = plan.outdated.map(
    ({ path, content }): Candidate => ({
      cause: 'value/proxy-refuses-connection',
      says: `${path} names an address at which nothing answers.`,
      remedy: `Write the proxy's address to ${path}, or have it answer where the file says.`,
      file: path,
      ...changing({ adds: new Map([[path, content]]) }),
    }),
  );
  const all = distinct([
    ...outdated,
    ...ofCatalogue,
    ...missing,
    ...elsewhereCandidates(plan, findings),
    ...ownAddressCandidates(picture),
    ...environmentCandidates(picture, plan),
    ...spellingCandidates(picture, plan),
  ]);
  // A machine whose services run with old files is as it was but once.
  return all.toSorted((one, other) => other.commands.length - one.commands.length).slice(0, MOST);
}

const hasEdits = ({ remedy }: FoundCause): boolean => (remedy.edits?.length ?? 0) > 0;

/** Remedies that are certain only where the whole case stands: what the proxy's port is, or what it leads to. */
const MADE: Readonly<Record<string, (found: FoundCause, picture: Picture, plan: CasePlan) => Candidate | undefined>> = {
  'value/port-missing': portCandidate,
  'value/password-not-encoded': passwordCandidate,
  'daemon-json/cli-keys': daemonKeysCandidate,
  'auth/credentials-missing': credentialsCandidate,
  'auth/proxy-403-read-as-gitlab': exceptionCandidate,
  'rate-limit/body-lost-on-retry': upgradeCandidate,
  'versions/docker-cli-19.03.0': dockerCliCandidate,
  'selection/register-shell-without-proxy': registrationCandidate,
  'no-proxy/gitlab-missing': exceptionCandidate,
  'no-proxy/not-in-this-service': exceptionCandidate,
  'git/proxy-denies-before-challenge': proxyAuthMethodCandidate,
  'tls/interceptor-ca-not-in-daemon': gatewayCandidate,
  'tls/interceptor-ca-not-in-helper': gatewayCandidate,
  'tls/interceptor-ca-not-in-job-tools': jobToolsCandidate,
  'tls/interceptor-ca-not-in-runner': gatewayCandidate,
};

function ofFinding({ cause, says, remedy, file, line }: FoundCause, { local }: CasePlan): Candidate | undefined {
  const edits = remedy.edits ?? [];
  const commands = edits.length > 0 ? [] : commandsIn(cause, says, local !== undefined);
  if (edits.length === 0 && commands.length === 0) return undefined;
  return {
    cause,
    says,
    remedy: remedy.says,
    file,
    ...(line === undefined ? {} : { line }),
    ...changing({ edits, commands }),
  };
}

/** The services whose state is what is wrong. */
function commandsIn(cause: string, says: string, hasCntlm: boolean): readonly (readonly string[])[] {
  const unit = serviceIn(says);
  if (cause === 'systemd/not-reloaded' && unit !== undefined)
    return [
      ['systemctl', 'daemon-reload'],
      ['systemctl', 'restart', unit],
    ];
  if (cause === 'systemd/not-restarted' && unit !== undefined) return [['systemctl', 'restart', unit]];
  if (cause === 'value/proxy-refuses-connection' && hasCntlm) return [['systemctl', 'restart', 'cntlm']];
  return [];
}

const distinct = (candidates: readonly Candidate[]): readonly Candidate[] => [
  ...new Map(
    candidates.map((each) => [
      JSON.stringify([each.edits, [...each.adds], each.removes, each.commands, each.beyond]),
      each,
    ]),
  ).values(),
];
