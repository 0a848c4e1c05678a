import { type ForwardProxy, proxyUrl } from '../proxy/index.ts';
import type { ProxyAuth } from '../proxy/spec.ts';
import { configToml, dockerConfigFile, dropIn, dropInPath, jobEnvironment, proxyVariables } from '../recipes/index.ts';
import { quote } from '../runner/reference/job/shell-quote.ts';
import type { World } from '../world/index.ts';
import type { PasteView } from './protocol.ts';

/** Seconds between polls: a person waits for them. */
const CHECK_INTERVAL_S = 3;

/** What whoever uses a lab is given. */
export interface Handout {
  /** The proxy's URL with credentials, where there is one. */
  readonly proxyUrl: string | undefined;
  /** What the proxy asks for. */
  readonly scheme: ProxyAuth['scheme'];
  readonly gitlabUrl: string;
  readonly token: string;
  /** Certificates of authorities that clients must trust, by what they are for. */
  readonly authorities: readonly { readonly of: string; readonly pem: string }[];
}

/** Whom a proxy lets in. */
export interface Admitted {
  readonly user: string;
  readonly password: string;
}

/**
 * What a lab asks its users to know.
 * @param address by which they reach the peers, where it is not by name
 * @param admitted whom the proxy lets in now
 */
export function givenBy(world: World, address: string | undefined, admitted: Admitted | undefined): Handout {
  const { gitlab } = world;
  const proxy = world.hasProxy ? world.proxy : undefined;
  return {
    proxyUrl: proxy && proxyAt(proxy, address, admitted),
    scheme: proxy?.auth.scheme ?? 'none',
    gitlabUrl: gitlab.url,
    token: gitlab.tokens.runner,
    authorities: [
      ...(gitlab.caPem === undefined ? [] : [{ of: gitlab.host, pem: gitlab.caPem }]),
      ...(proxy?.caPem === undefined ? [] : [{ of: 'the proxy', pem: proxy.caPem }]),
      ...(proxy?.interceptor ? [{ of: 'the proxy, which opens TLS', pem: proxy.interceptor.caPem }] : []),
    ],
  };
}

/** A proxy's URL. @param admitted with their credentials, percent-encoded */
export function proxyAt(proxy: ForwardProxy, address = proxy.host, admitted?: Admitted): string {
  const scheme = proxy.urlWithoutCredentials.startsWith('https:') ? 'https' : 'http';
  return proxyUrl(scheme, address, proxy.port, admitted && { ...proxy.auth, ...admitted });
}

/** The environment of a shell in which everything is set. */
export const shellVariables = ({ proxyUrl }: Handout): Readonly<Record<string, string>> =>
  proxyUrl === undefined ? {} : proxyVariables({ url: proxyUrl, case: 'both', noProxy: 'localhost,127.0.0.1' });

/** How curl is told of a scheme other than Basic. */
const CURL_OPTION: Partial<Readonly<Record<ProxyAuth['scheme'], string>>> = {
  digest: '--proxy-digest ',
  ntlm: '--proxy-ntlm ',
  negotiate: '--proxy-negotiate --proxy-user : ',
};

/** What stands before files for programs that answer a proxy by Basic alone, as gitlab-runner and Docker do. */
const noteFor = (scheme: ProxyAuth['scheme']): string =>
  scheme in CURL_OPTION
    ? `# This proxy asks for ${scheme}, and gitlab-runner, git's helper and Docker answer by Basic alone: put cntlm before it (serve --cntlm).\n`
    : '';

/** What to put where, ready to paste. */
export function pastesFor(given: Handout): readonly PasteView[] {
  const { proxyUrl, scheme, gitlabUrl, token, authorities } = given;
  const note = noteFor(scheme);
  const shell = shellVariables(given);
  const service =
    proxyUrl === undefined ? undefined : proxyVariables({ url: proxyUrl, noProxy: 'localhost,127.0.0.1' });
  return [
    {
      title: 'A shell',
      text: lines([
        ...Object.entries(shell).map(([name, value]) => `export ${name}=${quote(value)}`),
        `curl ${CURL_OPTION[scheme] ?? ''}-H 'Content-Type: application/json' -d '{"token":"${token}"}' ${gitlabUrl}/api/v4/runners/verify`,
      ]),
    },
    ...(service
      ? (['gitlab-runner', 'docker'] as const).map((name) => ({
          title: dropInPath(name),
          text: `${note}${dropIn(service)}`,
        }))
      : []),
    {
      title: '/etc/gitlab-runner/config.toml',
      text: `${note}${configToml({
        concurrent: 1,
        checkInterval: CHECK_INTERVAL_S,
        runner: {
          name: 'proxyproof-lab',
          url: gitlabUrl,
          token,
          ...(proxyUrl === undefined ? {} : { environment: jobEnvironment(proxyUrl) }),
        },
      })}`,
    },
    ...(proxyUrl === undefined
      ? []
      : [
          {
            title: '~/.docker/config.json',
            text: dockerConfigFile({
              httpProxy: proxyUrl,
              httpsProxy: proxyUrl,
              noProxy: 'localhost,127.0.0.1,docker',
            }),
          },
        ]),
    ...authorities.map(({ of, pem }) => ({ title: `The CA of ${of}`, text: pem })),
  ];
}

const lines = (all: readonly string[]): string => `${all.join('\n')}\n`;
