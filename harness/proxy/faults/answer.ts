import { z } from 'zod';
import { headerOf } from '../../ledger/index.ts';
import { declared, line, target } from '../scheduler/declared.ts';
import type { ProxyFault } from '../scheduler/fault.ts';
import type { RequestVerdict, StruckRequest } from '../scheduler/moments.ts';

const header = z.tuple([z.string(), z.string()]).readonly();

/** Answers this status itself, for forwarded requests, for CONNECT, or both. */
export class AnswerItself implements ProxyFault {
  static readonly supports = ['basic', 'keep-alive'] as const;
  static readonly schema = declared('answer', {
    status: z.int().min(100).max(999),
    on: target.optional(),
    line,
    /** Only where the request has no credentials: a proxy that refuses instead of asking for them. */
    anonymousOnly: z.boolean().optional(),
    /** A custom or (with '') empty reason phrase. */
    reason: z.string().optional(),
    headers: z.array(header).readonly().optional(),
    /** `none` ends with the connection; `split` sends the body in a segment of its own after the head. */
    body: z.strictObject({ framing: z.enum(['none', 'length', 'chunked', 'split']), text: z.string() }).optional(),
    connection: z.enum(['keep-alive', 'close']).optional(),
  });
  readonly spec: z.infer<typeof AnswerItself.schema>;
  readonly acts = 'answers';
  readonly moments = ['request'] as const;

  constructor(spec: z.infer<typeof AnswerItself.schema>) {
    this.spec = spec;
  }

  explain(): string {
    const { status, on = 'any', line, anonymousOnly } = this.spec;
    const which = { any: 'every request', forward: 'every forwarded request', connect: 'every CONNECT' }[on];
    const where = line === undefined ? '' : ` with ${line.trim()} in its first line`;
    const whose = anonymousOnly ? ' without credentials' : '';
    return `Answers ${which}${where}${whose} by itself with ${status}.`;
  }

  request(request: StruckRequest): RequestVerdict | undefined {
    const { status, reason, headers, body, connection, anonymousOnly } = this.spec;
    if (anonymousOnly && headerOf(request.headers(), 'proxy-authorization') !== undefined) return undefined;
    return {
      answer: {
        status,
        ...(reason === undefined ? {} : { reason }),
        ...(headers ? { headers } : {}),
        ...(body ? { body } : {}),
        ...(connection ? { close: connection === 'close' } : {}),
      },
    };
  }
}
