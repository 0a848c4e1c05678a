import type { ErrorView } from '../../protocol.ts';

/** What to say where the lab refuses the token. */
const REFUSED =
  'The lab refuses this token. Open the whole address that `serve` printed; a lab that was started again has a new one.';

/** Asks the lab, with the token. */
export class Api {
  readonly #token: string;

  constructor(token: string) {
    this.#token = token;
  }

  /** @throws Error with a sentence for the reader where the answer is not 2xx, or none comes */
  async ask(method: string, path: string, body?: unknown, type = 'application/json'): Promise<Response> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const request = {
      method,
      headers: { ...this.headers, ...(body === undefined ? {} : { 'Content-Type': type }) },
      ...(body === undefined ? {} : { body: text }),
    };
    const answer = await fetch(path, request).catch(() => {
      throw new Error('The lab does not answer. Is `serve` still running?');
    });
    if (!answer.ok) throw new Error(await whyNot(answer));
    return answer;
  }

  async get<T>(path: string): Promise<T> {
    return (await (await this.ask('GET', path)).json()) as T;
  }

  get headers(): Readonly<Record<string, string>> {
    return { Authorization: `Bearer ${this.#token}` };
  }
}

/** Why an answer is not what was asked for, as the lab says it. */
export async function whyNot(answer: Response): Promise<string> {
  if (answer.status === 401 || answer.status === 403) return REFUSED;
  const said = await answer.text().catch(() => '');
  try {
    const { error } = JSON.parse(said) as ErrorView;
    if (typeof error === 'string') return error;
  } catch {
    // Not the lab's own words.
  }
  return `The lab answered ${answer.status}${answer.statusText === '' ? '' : ` ${answer.statusText}`}.`;
}
