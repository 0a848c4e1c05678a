import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { PlannedAnswer } from '../../ledger/index.ts';
import type { Answer } from '../plan.ts';
import { exchangeOf, type GitlabExchange } from '../recording/index.ts';
import { answerBody } from './answer-body.ts';
import { pause } from './pause.ts';
import { spellResetTime } from './reset-time.ts';

/**
 * Gives a planned answer. Values that are relative to now are made after the delay, with the answer's first byte.
 * @param occurrence which of the plan's answers it is
 * @param cutAfter writes only this part of the body, from 0 to 1, and does not end it
 */
export async function giveAnswer(
  res: ServerResponse,
  answer: Answer,
  occurrence: number,
  cutAfter?: number,
): Promise<void> {
  const exchange = exchangeOf(res);
  if (answer.delayMs !== undefined && !(await pause(res, exchange.clock, answer.delayMs))) return;
  const reason = answer.reason ?? STATUS_CODES[answer.status] ?? 'Unknown';
  const body = answerBody(answer.body ?? 'empty', answer.status, reason);
  const headers = headersOf(exchange, answer, occurrence, body.contentType);
  const bodiless = answer.status === 204 || answer.status === 304;
  if (!bodiless) headers.push('Content-Length', String(Buffer.byteLength(body.text)));
  res.writeHead(answer.status, reason, headers);
  if (cutAfter !== undefined) res.write(body.text.slice(0, Math.ceil(body.text.length * cutAfter)));
  else res.end(bodiless ? undefined : body.text);
}

/** The header lines as a flat list, which Node writes as they stand: same spelling, same order, repeated as asked. */
function headersOf(exchange: GitlabExchange, answer: Answer, occurrence: number, contentType?: string): string[] {
  const headers: string[] = [];
  const resetTime: string[] = [];
  const planned: { -readonly [K in keyof PlannedAnswer]: PlannedAnswer[K] } = { occurrence };
  if (answer.resetTime) {
    const { value, resetAt } = spellResetTime(answer.resetTime, exchange.clock);
    const name = answer.resetTimeHeader ?? 'RateLimit-ResetTime';
    for (let copy = 0; copy < (answer.resetTimeCopies ?? 1); copy++) resetTime.push(name, value);
    planned.resetTime = value;
    if (resetAt !== undefined) planned.resetAt = resetAt;
  }
  if (!answer.resetTimeLast) headers.push(...resetTime);
  if (answer.retryAfter !== undefined) {
    planned.retryAfter = String(answer.retryAfter);
    headers.push('Retry-After', planned.retryAfter);
  }
  if (answer.rateLimitReset) {
    const moment = Math.ceil(exchange.clock.now() / 1000 + answer.rateLimitReset.inSeconds);
    headers.push('RateLimit-Reset', String(moment));
  }
  for (const [name, value] of answer.headers ?? []) headers.push(name, value);
  if (answer.resetTimeLast) headers.push(...resetTime);
  if (contentType !== undefined && !has(headers, 'content-type')) headers.push('Content-Type', contentType);
  if (answer.connection === 'close') headers.push('Connection', 'close');
  exchange.planned = planned;
  return headers;
}

const has = (flat: readonly string[], name: string): boolean =>
  flat.some((each, index) => index % 2 === 0 && each.toLowerCase() === name);
