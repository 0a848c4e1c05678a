import type { EventOf, Header, LedgerEvent } from '../../ledger/index.ts';
import { originForm } from '../../url/target.ts';

/** Milliseconds as seconds with a sign of their size: `0.012 s`, `3.0 s`, `75 min 0 s`. */
export function seconds(ms: number): string {
  if (ms < 0) return `-${seconds(-ms)}`;
  if (ms < 950) return `${(ms / 1000).toFixed(3)} s`;
  if (ms < 600_000) return `${(ms / 1000).toFixed(1)} s`;
  const whole = Math.round(ms / 1000);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** When something was, to the millisecond: `1.420 s`, `75 min 0.250 s`. */
export function moment(ms: number): string {
  if (ms < 600_000) return `${(ms / 1000).toFixed(3)} s`;
  return `${Math.floor(ms / 60_000)} min ${((ms % 60_000) / 1000).toFixed(3)} s`;
}

/** `412 B`, `1.2 kB`, `100.0 MB`. */
export function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

export function requestPhrase(event: EventOf<'request'>): string {
  return `${event.method} ${originForm(event.target)}`;
}

/**
 * `429 · RateLimit-ResetTime +3 s`, `407 · asks for Basic`.
 * @param resets what is known of stated times, see `resetTimes`
 */
export function responsePhrase(event: EventOf<'response'>, resets: ReadonlyMap<string, number> = new Map()): string {
  const parts: string[] = [];
  const reset = headerValue(event.headers, 'ratelimit-resettime') ?? event.planned?.resetTime;
  const resetAt = event.planned?.resetAt ?? (reset === undefined ? undefined : resets.get(reset));
  const retryAfter = headerValue(event.headers, 'retry-after');
  if (resetAt !== undefined) parts.push(`RateLimit-ResetTime ${fromNow(resetAt - event.t)}`);
  else if (reset !== undefined) parts.push(`RateLimit-ResetTime “${reset}”`);
  if (retryAfter !== undefined) parts.push(`Retry-After ${retryAfter}`);
  if (event.status === 407) parts.push(`asks for ${schemes(event.headers) || 'nothing'}`);
  if (event.peer === 'proxy' && event.madeBy === 'self' && event.status >= 400) parts.push('made by the proxy');
  // What an answer says matters more than its reason phrase, and there is not always room for both.
  const name = parts.length > 0 || event.reason === '' ? `${event.status}` : `${event.status} ${event.reason}`;
  return [name, ...parts].join(' · ');
}

/** The moments that reset-time headers name, by the header's value: only the peer that made one up knows it. */
export function resetTimes(events: readonly LedgerEvent[]): Map<string, number> {
  const known = new Map<string, number>();
  for (const event of events) {
    if (event.kind !== 'response' || event.planned?.resetAt === undefined) continue;
    if (event.planned.resetTime !== undefined) known.set(event.planned.resetTime, event.planned.resetAt);
  }
  return known;
}

/** What happened, as one line. */
export function phrase(event: LedgerEvent, resets?: ReadonlyMap<string, number>): string {
  switch (event.kind) {
    case 'case-start':
      return `the case begins (${event.clock} time, isolated by ${event.isolation})`;
    case 'case-end':
      return 'the case ends';
    case 'case-closed':
      return event.kept ? 'the world stays up for a look' : 'the world is down';
    case 'waited':
      return `nothing came within ${seconds(event.limitMs)}: ${event.what}`;
    case 'gave-up':
      return `gave up after ${seconds(event.limitMs)}: ${event.awaited}`;
    case 'broken':
      return `the harness broke (${event.during}): ${event.why}`;
    case 'late':
      return latePhrase(event);
    case 'act':
      return event.watchedMs === undefined || event.what.startsWith('watched ')
        ? event.what
        : `${event.what} (watched ${seconds(event.watchedMs)})`;
    case 'connection':
      return `connection ${event.connection} from ${event.from}${event.tls ? ', TLS' : ''}`;
    case 'connection-end':
      return `connection ${event.connection} ends (${size(event.bytesIn)} in, ${size(event.bytesOut)} out)`;
    case 'request':
      return requestPhrase(event);
    case 'request-body':
      return `request body, ${size(event.bytes)}${event.complete ? '' : ', cut short'}`;
    case 'response':
      return responsePhrase(event, resets);
    case 'response-body':
      return `answer body, ${size(event.bytes)}${event.complete ? '' : ', cut short'}`;
    case 'tunnel-end':
      return `tunnel ends (${size(event.bytesUp)} up, ${size(event.bytesDown)} down)`;
    case 'tripwire':
      return `BYPASS: went around the proxy to ${event.to} (${event.protocol}): ${event.detail}`;
    case 'lookup':
      return `looks ${event.name} up: ${event.address ?? 'nobody knows it'}`;
    case 'process-start':
      return `starts ${event.command.join(' ')}`;
    case 'process-exit':
      return event.signal ? `ended by ${event.signal}` : `exits with code ${event.code}`;
    case 'log':
      return logPhrase(event.line);
    case 'fault':
      return faultPhrase(event);
    case 'job':
      return jobPhrase(event);
    case 'engine':
      return `Docker ${event.version} is up`;
    case 'container':
      return containerPhrase(event);
    case 'authentication':
      return authenticationPhrase(event);
    case 'client-certificate':
      return clientCertificatePhrase(event);
    case 'flag':
      return `unexpected: ${event.what}`;
  }
}

const latePhrase = ({ who, ms, slowdown }: EventOf<'late'>): string =>
  who === 'harness'
    ? `the harness is ${seconds(ms)} late`
    : `programs wait for a CPU: ${seconds(ms)} lost${slowdown === undefined ? '' : `, work takes ${slowdown} times as long`}`;

/** `fault hang on: Takes everything and answers nothing.` */
function faultPhrase({ name, state, does, detail }: EventOf<'fault'>): string {
  const more = does ?? detail;
  return `fault ${name} ${state}${more ? `: ${more}` : ''}`;
}

const containerPhrase = ({ what, name, image, code }: EventOf<'container'>): string =>
  what === 'died'
    ? `container ${name} ended with exit code ${code ?? 'unknown'}`
    : `container ${name} ${what} (${image})`;

/** `the client shows the certificate of build-runner`. */
function clientCertificatePhrase({ subject, verified, reason }: EventOf<'client-certificate'>): string {
  if (subject === undefined) return 'the client shows no certificate';
  return `the client shows the certificate of ${subject}${verified ? '' : `, which is not taken: ${reason ?? 'unknown'}`}`;
}

/** `NTLM: CORP-UK\testuser is refused: the password is wrong`. */
function authenticationPhrase({ scheme, step, user, domain, workstation, reason }: EventOf<'authentication'>): string {
  if (step === 'challenged') return `${scheme.toUpperCase()}: asked to prove who it is`;
  const account = user === undefined ? 'a message' : `${domain ? `${domain}\\` : ''}${user || 'nobody'}`;
  const from = workstation ? ` at ${workstation}` : '';
  const what = step === 'granted' ? 'is let in' : `is refused${reason ? `: ${reason}` : ''}`;
  return `${scheme.toUpperCase()}: ${account}${from} ${what}`;
}

/** An event with its whole head and the beginning of its body, as several lines. */
export function wholeText(event: LedgerEvent): string {
  const head = [`#${event.seq}  ${moment(event.t)}  ${event.peer}`];
  const pairs = (headers: readonly Header[]): string[] => headers.map(([name, value]) => `${name}: ${value}`);
  switch (event.kind) {
    case 'request':
      head.push(`${event.method} ${event.target} HTTP/${event.httpVersion}`, ...pairs(event.headers));
      break;
    case 'response':
      head.push(`${event.status} ${event.reason}`, ...pairs(event.headers));
      break;
    case 'request-body':
    case 'response-body':
      head.push(phrase(event), ...(event.text === undefined ? [] : ['', event.text]));
      break;
    case 'tripwire':
      head.push(phrase(event), ...pairs(event.headers ?? []));
      break;
    case 'fault':
      head.push(phrase(event), ...(event.does && event.detail ? [`declared as ${event.detail}`] : []));
      break;
    case 'log':
      head.push(event.line, ...Object.entries(event.fields ?? {}).map(([name, value]) => `${name}=${String(value)}`));
      break;
    case 'job':
      head.push(phrase(event), ...(event.trace?.text === undefined ? [] : ['', event.trace.text]));
      break;
    default:
      head.push(phrase(event));
  }
  return head.join('\n');
}

/** A structured line as a reader would write it: level, message, then the rest. */
function logPhrase(line: string): string {
  if (!line.startsWith('{')) return line;
  try {
    const { level, msg, time: _, ...rest } = JSON.parse(line) as Record<string, unknown>;
    if (typeof msg !== 'string') return line;
    const fields = Object.entries(rest).map(([name, value]) => `${name}=${String(value)}`);
    return [...(typeof level === 'string' ? [`${level.toUpperCase()}:`] : []), msg, ...fields].join(' ');
  } catch {
    return line;
  }
}

function jobPhrase(event: EventOf<'job'>): string {
  const range = event.range ? ` ${event.range[0]}-${event.range[1]}` : '';
  const state = event.state ? `: ${event.state}${event.failureReason ? ` (${event.failureReason})` : ''}` : '';
  const checksum = event.checksumMatches === false ? ', checksum does not match' : '';
  return `job ${event.job} ${event.what}${range}${state}${checksum}`;
}

function fromNow(ms: number): string {
  const whole = Math.round(ms / 100) / 10;
  return `${whole < 0 ? '−' : '+'}${Math.abs(whole)} s`;
}

function schemes(headers: readonly Header[]): string {
  return headers
    .filter(([name]) => name.toLowerCase() === 'proxy-authenticate')
    .map(([, value]) => value.split(/[\s,]/)[0] ?? '')
    .join(', ');
}

function headerValue(headers: readonly Header[], name: string): string | undefined {
  return headers.find(([each]) => each.toLowerCase() === name)?.[1];
}
