import { z } from 'zod';
import { headerOf } from '../../ledger/index.ts';
import { declared } from '../scheduler/declared.ts';
import type { ProxyFault } from '../scheduler/fault.ts';
import type { RequestVerdict, StreamRule, StruckRequest, StruckStream } from '../scheduler/moments.ts';
import { refusal } from '../scheduler/refusal.ts';

const TOO_LARGE = refusal(413, 'The request body is too large.\n');

/** 413 for a larger request body, by its Content-Length or by the bytes that come. */
export class BodyLimit implements ProxyFault {
  static readonly supports = ['basic', 'keep-alive'] as const;
  static readonly schema = declared('body-limit', { bytes: z.int().nonnegative() });
  readonly spec: z.infer<typeof BodyLimit.schema>;
  readonly acts = 'refuses';
  readonly moments = ['request', 'stream'] as const;

  constructor(spec: z.infer<typeof BodyLimit.schema>) {
    this.spec = spec;
  }

  explain(): string {
    return `Answers 413 to a request body of more than ${this.spec.bytes} bytes.`;
  }

  request(request: StruckRequest): RequestVerdict | undefined {
    const length = Number(headerOf(request.headers(), 'content-length') ?? 0);
    return length > this.spec.bytes ? { answer: TOO_LARGE } : undefined;
  }

  stream({ of }: StruckStream): StreamRule | undefined {
    if (of !== 'request') return undefined;
    return { stop: { atByte: this.spec.bytes, onlyIfMore: true, by: { answer: TOO_LARGE } } };
  }
}
