import type { ServerResponse } from 'node:http';
import type { z } from 'zod';
import { exchangeOf } from '../recording/index.ts';
import { refuse } from '../replies/index.ts';

/**
 * Reads a request's body as what an endpoint takes: JSON, or the form that GitLab takes as well and
 * gitlab-python-runner registers with. Answers 400 itself when it is neither.
 */
export function parseBody<T>(res: ServerResponse, schema: z.ZodType<T>): T | undefined {
  const exchange = exchangeOf(res);
  const { body } = exchange;
  let value: unknown;
  try {
    value = isForm(res) ? fromForm(body.toString('utf8')) : JSON.parse(body.toString('utf8'));
  } catch {
    refuse(res, 400, `The body of this ${exchange.kind} request is not JSON.`);
    return undefined;
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `${path.join('.') || 'the body'}: ${message}`);
  refuse(res, 400, `The body of this ${exchange.kind} request is not as GitLab's API has it: ${problems.join('; ')}.`);
  return undefined;
}

const isForm = (res: ServerResponse): boolean =>
  /^application\/x-www-form-urlencoded/i.test(res.req.headers['content-type'] ?? '');

const fromForm = (text: string): Record<string, string> => Object.fromEntries(new URLSearchParams(text));
