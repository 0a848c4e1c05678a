import { EnvHttpProxyAgent, request } from 'undici';
import type { Clock } from '../../clock/index.ts';
import { SubjectError } from '../resolve/error.ts';

/** Where official binaries are published. */
export interface DownloadServer {
  /** Base URL without a slash at its end; each release is a folder below it. */
  readonly baseUrl: string;
  /** How long the answer to a request may take to begin, and how long the whole transfer may take: milliseconds. */
  readonly answerLimitMs: number;
  readonly transferLimitMs: number;
}

/** GitLab's own. */
export const OFFICIAL_DOWNLOADS: DownloadServer = {
  baseUrl: 'https://gitlab-runner-downloads.s3.amazonaws.com',
  answerLimitMs: 30_000,
  transferLimitMs: 900_000,
};

/** A redirect or two are usual for a mirror, a loop is not. */
const REDIRECTS = 5;

/**
 * Gets one file, through the proxy that the environment names.
 * @param take is given the body; when it throws, the transfer is given up
 * @throws SubjectError that says which URL failed, why, and what to look at
 */
export async function getFile(
  url: string,
  options: {
    readonly server: DownloadServer;
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly clock: Clock;
    /** Completes the sentence of a 404: `there is no gitlab-runner 1.2.3 …`. */
    readonly missing: string;
  },
  take: (body: AsyncIterable<Buffer>) => Promise<void>,
): Promise<void> {
  const { server, clock } = options;
  const over = new AbortController();
  const patience = new AbortController();
  clock.sleep(server.transferLimitMs, patience.signal).then(
    () => over.abort(new Error(`it took longer than ${server.transferLimitMs / 1000} s`)),
    () => {},
  );
  const proxy = proxyOf(options.env);
  const agent = new EnvHttpProxyAgent({
    httpProxy: proxy.http,
    httpsProxy: proxy.https,
    noProxy: proxy.except,
    connect: { timeout: server.answerLimitMs },
    headersTimeout: server.answerLimitMs,
    bodyTimeout: server.answerLimitMs,
  });
  try {
    let at = url;
    for (let redirects = 0; ; redirects++) {
      const answer = await request(at, { dispatcher: agent, signal: over.signal });
      const location = answer.headers['location'];
      if ([301, 302, 303, 307, 308].includes(answer.statusCode) && typeof location === 'string') {
        await answer.body.dump();
        if (redirects === REDIRECTS) throw new Error(`more than ${REDIRECTS} redirects`);
        at = new URL(location, at).href;
        continue;
      }
      if (answer.statusCode === 404 || answer.statusCode === 403) {
        // The bucket answers 403 for what it does not have.
        throw new SubjectError('absent', `${url} answers ${answer.statusCode}: ${options.missing}.`);
      }
      if (answer.statusCode !== 200) throw new Error(`the server answered ${answer.statusCode}`);
      await take(answer.body);
      return;
    }
  } catch (error) {
    if (error instanceof SubjectError) throw error;
    const via = proxy.https || proxy.http ? ' Your environment names a proxy, which was used.' : '';
    const reason = over.signal.aborted ? over.signal.reason : error;
    throw new SubjectError(
      'absent',
      `${url} could not be downloaded: ${wordsOf(reason)}.${via} ` +
        'Check the network, or give --runner the path of a binary that is already here.',
      { cause: error },
    );
  } finally {
    patience.abort();
    await agent.destroy();
  }
}

interface Proxies {
  readonly http: string;
  readonly https: string;
  readonly except: string;
}

/** Empty strings keep the library from looking at this process's own environment. */
function proxyOf(env: Readonly<Record<string, string | undefined>>): Proxies {
  const value = (name: string): string => env[name] || env[name.toUpperCase()] || '';
  return { http: value('http_proxy'), https: value('https_proxy'), except: value('no_proxy') };
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
  const message = `${error.message}${cause}` || code || error.name;
  return code && !message.includes(code) ? `${message} (${code})` : message;
}
