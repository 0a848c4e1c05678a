import type { z } from 'zod';
import { headerOf } from '../../ledger/index.ts';
import { declared } from '../scheduler/declared.ts';
import type { ProxyFault } from '../scheduler/fault.ts';
import type { RequestVerdict, StruckRequest } from '../scheduler/moments.ts';
import { refusal } from '../scheduler/refusal.ts';

/** 411 for a chunked request body. */
export class NoChunked implements ProxyFault {
  static readonly supports = ['basic', 'keep-alive'] as const;
  static readonly schema = declared('no-chunked', {});
  readonly spec: z.infer<typeof NoChunked.schema>;
  readonly acts = 'refuses';
  readonly moments = ['request'] as const;

  constructor(spec: z.infer<typeof NoChunked.schema>) {
    this.spec = spec;
  }

  explain(): string {
    return 'Answers 411 to a chunked request body.';
  }

  request(request: StruckRequest): RequestVerdict | undefined {
    if (!/\bchunked\b/i.test(headerOf(request.headers(), 'transfer-encoding') ?? '')) return undefined;
    return { answer: refusal(411, 'The proxy takes no request body without a Content-Length.\n') };
  }
}
