import { headerOf } from '../../../ledger/index.ts';
import { type ApiCall, type HttpAnswer, statusLine } from '../http/message.ts';

/** Whether an answer says that its body is JSON. */
export const isJson = (answer: HttpAnswer): boolean =>
  /^application\/json\s*(;|$)/i.test(headerOf(answer.headers, 'Content-Type') ?? '');

/** The JSON of an answer, or undefined when there is none. */
export function jsonOf(answer: HttpAnswer): unknown {
  if (!isJson(answer)) return undefined;
  try {
    return JSON.parse(answer.body.toString('utf8'));
  } catch {
    return undefined;
  }
}

function messageIn(json: unknown): string | undefined {
  if (json === null || typeof json !== 'object') return undefined;
  const message = 'message' in json ? json.message : '';
  if (typeof message === 'string') return message;
  if (message === null || typeof message !== 'object') return '';
  return Object.entries(message)
    .map(([key, values]) => `${key}: ${Array.isArray(values) ? values.join('; ') : String(values)}`)
    .join(', ');
}

/** How a status reads in the log: `POST url: 429 Too Many Requests (message)` when GitLab's JSON explains it. */
export function statusText(call: ApiCall, answer: HttpAnswer): string {
  const status = statusLine(answer);
  if (answer.status >= 200 && answer.status <= 299) return status;
  const message = messageIn(jsonOf(answer));
  if (message === undefined) return status;
  const where = `${call.method} ${call.url.origin}${call.url.pathname}: ${status}`;
  return message === status ? where : `${where} (${message})`;
}
