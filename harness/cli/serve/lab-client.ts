import { UsageError } from '../../conformance/index.ts';

/** How long a lab may take to answer, in milliseconds. */
const LIMIT_MS = 30_000;

/** A lab's API, as whoever has its URL uses it. */
export class LabClient {
  readonly #base: string;
  readonly #token: string;

  private constructor(base: string, token: string) {
    this.#base = base;
    this.#token = token;
  }

  /** @param url that `serve` has printed @throws UsageError when it is none */
  static at(url: string | undefined): LabClient {
    if (url === undefined)
      throw new UsageError('Which lab? Give the URL that serve has printed with --lab, or set PROXYPROOF_LAB to it.');
    const parsed = URL.parse(url);
    const token = new URLSearchParams(parsed?.hash.slice(1) ?? '').get('token');
    if (!parsed || token === null)
      throw new UsageError('The URL of the lab is not whole: it ends in #token= and the token. Quote it in a shell.');
    return new LabClient(parsed.origin, token);
  }

  async get<T>(path: string): Promise<T> {
    return (await this.#ask('GET', path)).json() as Promise<T>;
  }

  async text(path: string): Promise<string> {
    return (await this.#ask('GET', path)).text();
  }

  async send<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T> {
    const answer = await this.#ask(
      method,
      path,
      body === undefined ? undefined : JSON.stringify(body),
      'application/json',
    );
    return (answer.status === 204 ? undefined : await answer.json()) as T;
  }

  async sendText<T>(path: string, text: string): Promise<T> {
    return (await this.#ask('POST', path, text, 'text/yaml')).json() as Promise<T>;
  }

  /** @throws UsageError when the lab is not there, or says no */
  async #ask(method: string, path: string, body?: string, type = 'application/json'): Promise<Response> {
    const headers = { Authorization: `Bearer ${this.#token}`, ...(body === undefined ? {} : { 'Content-Type': type }) };
    const answer = await fetch(`${this.#base}/api/${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.timeout(LIMIT_MS),
    }).catch((error: Error & { cause?: Error }) => {
      throw new UsageError(
        `No lab answers at ${this.#base}: ${error.cause?.message ?? error.message}. Is serve still running? In the shell of --enter the lab has no address: use another terminal.`,
      );
    });
    if (answer.ok) return answer;
    const said = (await answer.json().catch(() => ({}))) as { error?: string };
    throw new UsageError(`The lab says no: ${said.error ?? `status ${answer.status}`}`);
  }
}
