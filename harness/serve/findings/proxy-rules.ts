import { headerOf } from '../../ledger/index.ts';
import { splitUrl } from '../../url/index.ts';
import { clientOf, type Rule } from './rule.ts';

/** Schemes by the word that their header begins with. */
const sentScheme = (value: string): string => value.split(' ', 1)[0]?.toLowerCase() ?? '';

/** A proxy's 407 to a request that has credentials (RFC 9110 section 11.7.2). */
export const wrongCredentials: Rule = (event, { requestOf, around }) => {
  if (event.kind !== 'response' || event.peer !== 'proxy' || event.status !== 407) return undefined;
  const request = requestOf(event);
  const sent = headerOf(request?.headers ?? [], 'Proxy-Authorization');
  if (!request || sent === undefined || sentScheme(sent) !== 'basic') return undefined;
  const client = clientOf(request.headers);
  if (around.scheme !== 'basic')
    return {
      rule: 'other-scheme',
      says: `${client} offers its password by Basic, and the proxy asks for ${around.scheme.toUpperCase()}.`,
      advice: `Give it a client that speaks ${around.scheme.toUpperCase()}, or put cntlm between.`,
      seq: event.seq,
    };
  return {
    rule: 'wrong-credentials',
    says: `${client} sends credentials that the proxy does not take.`,
    advice: 'Compare user and password with the URL that the lab gives; percent-encode what is special in a URL.',
    seq: event.seq,
  };
};

/** A refusal in a scheme of several steps. */
export const refusedIdentity: Rule = (event, { requestOf }) => {
  if (event.kind !== 'authentication' || event.step !== 'refused') return undefined;
  return {
    rule: 'wrong-credentials',
    says: `${clientOf(requestOf(event)?.headers)} is refused by the proxy${event.reason === undefined ? '' : `: ${event.reason}`}.`,
    advice: 'Compare user, domain and password with those of the lab.',
    seq: event.seq,
  };
};

/** The proxy itself says no: to whom it cannot reach, or by a rule. */
export const refusedByProxy: Rule = (event, { requestOf, around }) => {
  if (event.kind !== 'response' || event.peer !== 'proxy' || event.madeBy !== 'self') return undefined;
  const request = requestOf(event);
  if (!request || (event.status < 500 && ![403, 404].includes(event.status))) return undefined;
  const { host, port } = splitUrl(request.target);
  const gitlab = splitUrl(around.gitlabUrl);
  const client = clientOf(request.headers);
  if (host === gitlab.host && port === gitlab.port)
    return {
      rule: 'refused-by-proxy',
      says: `The proxy answers ${client} with ${event.status} for ${request.target}, and GitLab is not asked.`,
      advice: 'A fault of the proxy does so: switch it off if that is not what you want to see.',
      seq: event.seq,
    };
  return {
    rule: 'unknown-host',
    says: `${client} asks the proxy for ${request.target}, and nobody here has that name and port.`,
    advice: `Only the lab's own peers are behind this proxy. GitLab is ${around.gitlabUrl}, port included.`,
    seq: event.seq,
  };
};

/** A request in origin-form: whoever sends it takes the proxy for the server (RFC 9112 section 3.2.1). */
export const originForm: Rule = (event, { around }) => {
  if (event.kind !== 'request' || event.peer !== 'proxy' || !event.target.startsWith('/')) return undefined;
  return {
    rule: 'proxy-as-server',
    says: `${clientOf(event.headers)} takes the proxy for the server: it asks it for ${event.target}.`,
    advice: `The proxy's URL belongs into http_proxy and https_proxy; the URL of GitLab is ${around.gitlabUrl}.`,
    seq: event.seq,
  };
};

const NO_HTTP = /no valid HTTP request/i;

/** A handshake of TLS, most likely, where plain HTTP is spoken. */
export const tlsToPlainProxy: Rule = (event, { around }) => {
  if (event.kind !== 'flag' || event.peer !== 'proxy' || !NO_HTTP.test(event.what)) return undefined;
  if (around.proxyUrl.startsWith('https:')) return undefined;
  return {
    rule: 'tls-to-plain-proxy',
    says: 'A client sends the proxy something that is no HTTP request: most likely it begins with TLS.',
    advice:
      'Its proxy URL begins with https://, but this proxy speaks plain HTTP: write http://, for https_proxy, too.',
    seq: event.seq,
  };
};
