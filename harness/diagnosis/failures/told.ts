import { answered } from './answered.ts';
import type { LineTold } from './failure.ts';
import { targetOf, urlIn } from './target.ts';

/** What must stand in a line that tells of a failure; looked for first, as most lines have none of it. */
const SIGNS = [
  'roxy',
  'uthentication for',
  'dial tcp',
  'x509',
  'ertificate',
  'CERT',
  'PKIX',
  'EOF',
  'esponse',
  'error: 4',
  'error: 5',
  '429',
  'Too Many',
  'too large',
  'toomanyrequests',
  'rate limit',
  'next call',
  'Length Required',
  'ContentLength=',
  'digest format',
  'closed network',
  'reset by peer',
  'broken pipe',
  'remaining',
  'sideband',
  "'<'",
  'status=',
  '"status"',
  'port 22',
  'terminal prompts',
  'orbidden',
  'navailable',
  'ateway',
  'Failed to connect',
  'ould not resolve',
  'issuer',
  'daemon at tcp://',
  'Unexpected token',
  ' 4',
  'Post ',
  'Get ',
  'Head ',
] as const;

const REFUSED =
  /connection refused|couldn't connect|could not connect|connection timed out|no route to host|network is unreachable|i\/o timeout|timed out|unreachable|failed to connect/i;
const DIAL =
  /dial tcp:? (?:lookup (\S+?)(?: on \S+)?: (no such host|.*?(?:i\/o timeout|server misbehaving|connection refused|temporary failure))|(\[?[\w.:-]+?\]?):(\d+): .*?(i\/o timeout|connection refused|no route to host|network is unreachable|connection timed out|operation timed out|context deadline exceeded))/i;
const UNTRUSTED =
  /x509: certificate signed by unknown authority|server certificate verification failed|SSL certificate problem: (?:self[- ]signed certificate|unable to get (?:local )?issuer certificate)|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_GET_ISSUER_CERT|UNABLE_TO_VERIFY_LEAF_SIGNATURE|self[- ]signed certificate in certificate chain|CERTIFICATE_VERIFY_FAILED|PKIX path building failed|unable to get local issuer certificate|x509: certificate is not trusted|certificate verify failed|unable to locally verify the issuer|The certificate of .* is not trusted/i;

/** What the docker CLI says of an engine that does not take its connection; one without a dot is a service of the job. */
const REMOTE_ENGINE = /Cannot connect to the Docker daemon at tcp:\/\/([\w-]+\.[\w.-]*[a-z][\w.-]*):(\d+)\./i;

/** What a line tells of a failure by itself; undefined for the others. */
export function toldBy(text: string): LineTold | undefined {
  if (!SIGNS.some((sign) => text.includes(sign))) return undefined;
  return (
    ofProxy(text) ??
    ofCertificates(text) ??
    ofLimits(text) ??
    ofBodies(text) ??
    answered(text) ??
    ofPolls(text) ??
    ofGit(text) ??
    directly(text) ??
    cut(text)
  );
}

function ofProxy(text: string): LineTold | undefined {
  if (text.includes('proxyconnect')) {
    if (/x509|failed to verify certificate/.test(text)) return { kind: 'proxy-untrusted', ...withTarget(text) };
    const [, name, , host, port] = DIAL.exec(text) ?? [];
    const how = howOf(text);
    if (name !== undefined)
      return { kind: 'proxy-name', peer: { host: name, port: undefined }, how, ...withTarget(text) };
    if (host !== undefined)
      return { kind: 'proxy-unreachable', peer: { host: bare(host), port: Number(port) }, how, ...withTarget(text) };
    // A handshake with the proxy, and the like, are other causes'.
    return /: (?:unexpected )?EOF$|reset by peer/.test(text)
      ? { kind: 'connection-cut', ...withTarget(text) }
      : undefined;
  }
  // Of the proxy libcurl 8.23 tells the host alone; older ones name it as if they had asked it directly.
  const [, proxy] = /Failed to connect to \S+:\d+ over proxy (\S+) after/.exec(text) ?? [];
  if (proxy !== undefined)
    return {
      kind: 'proxy-unreachable',
      peer: { host: bare(proxy), port: undefined },
      how: howOf(text),
      ...withTarget(text),
    };
  const [, name] = /[Cc]ould not resolve proxy(?: name)?: ([^\s;,'"]+)/.exec(text) ?? [];
  if (name !== undefined)
    return { kind: 'proxy-name', peer: { host: name, port: undefined }, how: 'no-name', ...withTarget(text) };
  if (
    /curl: \(60\).*proxy|proxy.*(?:SSL certificate problem|certificate verify failed)/i.test(text) &&
    !/ProxyError|Tunnel connection/.test(text)
  )
    return { kind: 'proxy-untrusted', ...withTarget(text) };
  const offers = /^[*<\s]*proxy-authenticate: *(\w+)/i.exec(text);
  if (offers) return { kind: 'offers', how: (offers[1] ?? '').toLowerCase() };
  if (/Authentication for tunnel \S+ failed/.test(text)) return { kind: 'cntlm-rejected', status: 407 };
  return undefined;
}

function ofCertificates(text: string): LineTold | undefined {
  return UNTRUSTED.test(text) ? { kind: 'untrusted', ...withTarget(text) } : undefined;
}

/** The status of GitLab's answer as a runner logs it: `status=429 Too Many Requests`, newer ones `status=POST https://…: 429 Too Many Requests`, JSON `"status":"429 …"`. */
const runnerStatus = (text: string): number | undefined => {
  const [, status] = /(?:\bstatus(?:=|"\s*:\s*)"?(?:[A-Z]+ \S+: )?|^[A-Z]+ https?:\S+: )(\d{3})\b/.exec(text) ?? [];
  return status === undefined ? undefined : Number(status);
};

function ofLimits(text: string): LineTold | undefined {
  if (/ContentLength=\d+ with Body length 0/.test(text)) return { kind: 'body-lost', ...withTarget(text) };
  if (text.includes('gave up due to rate limit')) return { kind: 'gave-up', ...withTarget(text) };
  if (text.includes('Waiting before making the next call')) return { kind: 'waiting' };
  if (
    /toomanyrequests:|pull rate limit|429 Too Many Requests.*(?:registry|\/v2\/)|(?:registry|\/v2\/)\S*.*429 Too Many Requests/i.test(
      text,
    ) &&
    !/CONNECT|Checking for jobs/.test(text)
  )
    return { kind: 'registry-limited', ...withTarget(text) };
  if (/The requested URL returned error: 429/.test(text))
    return { kind: 'git-limited', status: 429, ...withTarget(text) };
  if (runnerStatus(text) === 429) return { kind: 'poll-limited', status: 429, ...withTarget(text) };
  return undefined;
}

function ofBodies(text: string): LineTold | undefined {
  const place = withTarget(text);
  if (
    /\b413:? (?:Request Entity|Payload|Content) Too Large|RPC failed; HTTP 413|returned error: 413|error parsing HTTP 413|from HTTP 413|proxy.*\b413\b/i.test(
      text,
    )
  )
    return { kind: 'too-large', status: 413, ...place };
  if (/\bLength Required\b|RPC failed; HTTP 411|returned error: 411|error parsing HTTP 411|from HTTP 411/i.test(text))
    return { kind: 'length-required', status: 411, ...place };
  if (/invalid checksum digest format/.test(text)) return { kind: 'bad-digest', ...place };
  const [, status] = /error parsing HTTP (\d+) response body: .*invalid character '<'/.exec(text) ?? [];
  if (status !== undefined) return { kind: 'error-page', status: Number(status), ...place };
  if (/server gave HTTP response to HTTPS client/.test(text)) return { kind: 'block-page', ...place };
  if (/invalid character '<' looking for beginning of value/.test(text)) return { kind: 'block-page', ...place };
  if (
    /^(?:npm|yarn|pnpm|error)\b.*Unexpected token '?<|Invalid response body while trying to fetch.*Unexpected token|^(?:npm|yarn|pip|error)\b.*<!DOCTYPE html/i.test(
      text,
    )
  )
    return { kind: 'block-page', ...place };
  if (
    /(?:Checking for jobs|Registering runner|Verifying runner)\.\.\. (?:failed|error)/.test(text) &&
    runnerStatus(text) === 200
  )
    return { kind: 'block-page', status: 200, ...place };
  if (
    /use of closed network connection|transfer closed with \d+ bytes remaining|unexpected disconnect while reading sideband packet|RPC failed; curl (?:55|56)\b|write: broken pipe/i.test(
      text,
    ) &&
    !/HTTP code \d|response \d{3}|grpc|containerd\.sock|docker\.sock/.test(text)
  )
    return { kind: 'upload-cut', ...place };
  return undefined;
}

function ofPolls(text: string): LineTold | undefined {
  if (/(?:Checking for jobs\.\.\.|Registering runner\.\.\.|Verifying runner\.\.\.) forbidden/.test(text))
    return { kind: 'poll-forbidden', status: 403 };
  if (/Checking for jobs\.\.\. failed/.test(text)) {
    const status = runnerStatus(text) ?? 0;
    if ([502, 503, 504].includes(status) || /: (?:unexpected )?EOF\b/.test(text))
      return { kind: 'poll-cut', ...withTarget(text), ...(status === 502 || status === 503 ? { status: 503 } : {}) };
  }
  return undefined;
}

function ofGit(text: string): LineTold | undefined {
  const [, proxied] =
    /could not read (?:Password|Username) for '(https?:\/\/[^']+)': terminal prompts disabled/.exec(text) ?? [];
  if (proxied !== undefined && text.includes('Password')) {
    const { host, port } = targetOf(proxied) ?? {};
    return host === undefined ? undefined : { kind: 'no-password', peer: { host, port } };
  }
  const [, host, port] =
    /ssh: connect to host (\S+) port (\d+): (?:Connection (?:timed out|refused)|No route to host|Network is unreachable|Operation timed out)/i.exec(
      text,
    ) ?? [];
  if (host !== undefined) return { kind: 'ssh', peer: { host: host.toLowerCase(), port: Number(port) } };
  const [, name] = /ssh: Could not resolve hostname (\S+?):/i.exec(text) ?? [];
  return name === undefined ? undefined : { kind: 'ssh', peer: { host: name.toLowerCase(), port: 22 } };
}

/** A way to a host itself that failed. */
function directly(text: string): LineTold | undefined {
  const how = howOf(text);
  const [, name, , host, port] = DIAL.exec(text) ?? [];
  if (name !== undefined) return { kind: 'direct', peer: { host: name, port: undefined }, how, ...withTarget(text) };
  if (host !== undefined)
    return { kind: 'direct', peer: { host: bare(host), port: Number(port) }, how, ...withTarget(text) };
  const [, to, at] = /Failed to connect to (\S+?)(?: port |:)(\d+)\b/i.exec(text) ?? [];
  if (to !== undefined && REFUSED.test(text))
    return { kind: 'direct', peer: { host: to.toLowerCase(), port: Number(at) }, how, ...withTarget(text) };
  const engine = REMOTE_ENGINE.exec(text);
  if (engine) {
    const [, name = '', at] = engine;
    return { kind: 'direct', peer: { host: name.toLowerCase(), port: Number(at) }, how: 'refused' };
  }
  if (/dial tcp: i\/o timeout/.test(text)) return { kind: 'direct', how, ...withTarget(text) };
  if (/context deadline exceeded|request canceled \(Client\.Timeout/.test(text))
    return { kind: 'direct', how: 'deadline', ...withTarget(text) };
  if (/net\/http: request canceled while waiting for connection/.test(text))
    return { kind: 'direct', how: 'timeout', ...withTarget(text) };
  return undefined;
}

function cut(text: string): LineTold | undefined {
  if (/Proxy CONNECT aborted/i.test(text)) return { kind: 'connection-cut', ...withTarget(text) };
  if (/docker\.sock|containerd\.sock|grpc/.test(text)) return undefined;
  if (/: (?:unexpected )?EOF\b|connection reset by peer/i.test(text)) {
    if (/^\s*(?:unexpected )?EOF$/.test(text)) return { kind: 'push-ended' };
    return /https?:\/\/|curl: \(|OpenSSL|gnutls|read tcp/i.test(text)
      ? { kind: 'connection-cut', ...withTarget(text) }
      : undefined;
  }
  return /^(?:ERROR: )?(?:unexpected )?EOF$/.test(text.trim()) ? { kind: 'push-ended' } : undefined;
}

function withTarget(text: string): { readonly target?: NonNullable<LineTold['target']> } {
  const url = urlIn(text);
  const target = url === undefined ? undefined : targetOf(url);
  return target === undefined ? {} : { target };
}

const bare = (host: string): string => host.replace(/^\[|\]$/g, '').toLowerCase();

function howOf(text: string): string {
  if (/no such host|could not resolve|misbehaving/i.test(text)) return 'no-name';
  if (/refused/i.test(text)) return 'refused';
  return /no route|unreachable/i.test(text) ? 'no-route' : 'timeout';
}
