import { joinHostPort } from '../url/index.ts';
import type { Who } from './failures/failure.ts';
import { failuresOf } from './failures/failures.ts';
import { type FoundCause, isGrave } from './found-cause.ts';
import type { Picture } from './picture/picture.ts';
import { reachOf } from './reach.ts';
import { serviceName } from './service-name.ts';

/** A question to the customer. */
export interface Question {
  /** What to run on the runner's host. */
  readonly command: string;
  /** What its answer decides: a sentence. */
  readonly decides: string;
}

/** Questions at once: more is nobody's patience. */
const MOST = 3;

const OF_JOBS: readonly Who[] = ['git', 'helper', 'tool', 'dind', 'docker-cli'];

/** What to ask for when no cause is certain, the smallest first. */
export function asksOf(picture: Picture, findings: readonly FoundCause[]): readonly Question[] {
  // Where a job went well there is no cause to look for.
  if (findings.some(isGrave) || reachOf(picture).kind === 'succeeded') return [];
  const failed = new Set(failuresOf(picture).map(({ who }) => who));
  const asks: Question[] = [];
  if (failed.has('daemon') && !tells(picture, 'docker')) {
    asks.push({
      command: 'systemctl show docker --property=Environment',
      decides:
        'Whether dockerd has the proxy: it takes it from its own unit, not from the shell and not from the runner. An empty line says that it has none.',
    });
  }
  if ((failed.has('runner') || failed.has('register')) && !tells(picture, 'gitlab-runner')) {
    asks.push({
      command: 'systemctl show gitlab-runner --property=Environment',
      decides:
        'Whether the runner service has the proxy. An empty line says that it has none, whatever a shell on the same host has.',
    });
  }
  const proxy = picture.proxies.find(({ setting }) => setting.effective);
  const [gitlab] = picture.gitlabHosts;
  if (proxy && gitlab !== undefined && !excepted(picture, gitlab)) {
    const at = `${proxy.scheme === 'https' ? 'https' : 'http'}://${joinHostPort(proxy.host, proxy.port ?? 80)}`;
    asks.push({
      command: `curl --verbose --output /dev/null --proxy ${at}${proxy.hasCredentials ? ' --proxy-user USER' : ''} https://${gitlab}/`,
      decides: `${
        proxy.hasCredentials
          ? `USER is the one of ${proxy.setting.name}, and curl asks for the password. It decides w`
          : 'W'
      }hether the proxy lets GitLab through: 407 ${
        proxy.hasCredentials ? 'means that it rejects them' : 'wants a password'
      }, 403 is a rule of the proxy, “unable to get local issuer certificate” an interceptor, and 200 or 302 means that the proxy is right.`,
    });
  }
  if (picture.runners.length === 0 && (failed.size === 0 || OF_JOBS.some((who) => failed.has(who)))) {
    asks.push({
      command: 'cat /etc/gitlab-runner/config.toml',
      decides: 'What jobs are given: their containers get environment of their [[runners]] and nothing of the host.',
    });
  }
  if (picture.lines.length === 0) {
    asks.push({
      command: 'journalctl --unit gitlab-runner --unit docker --lines 200 --no-pager',
      decides:
        'Who fails, at which host, and whether it asked the proxy at all. For a failed job its whole trace says the same.',
    });
  }
  return asks.slice(0, MOST);
}

/** Whether a file says what a service is given. */
const tells = (picture: Picture, unit: string): boolean =>
  picture.settings.some(({ scope }) => scope.of === 'service' && scope.unit === unit) ||
  picture.all('show').some((each) => serviceName(each.unit) === unit);

const excepted = (picture: Picture, host: string): boolean =>
  picture.excepts(
    picture.settings.filter(({ effective }) => effective),
    host,
  );
