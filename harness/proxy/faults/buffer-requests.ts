import type { z } from 'zod';
import { declared } from '../scheduler/declared.ts';
import type { ProxyFault } from '../scheduler/fault.ts';
import type { StreamRule, StruckStream } from '../scheduler/moments.ts';

/** Takes the whole body of a request before it forwards any of it. */
export class BufferRequests implements ProxyFault {
  static readonly supports = ['basic', 'keep-alive'] as const;
  static readonly schema = declared('buffer-requests', {});
  readonly spec: z.infer<typeof BufferRequests.schema>;
  readonly acts = 'changes';
  readonly moments = ['stream'] as const;

  constructor(spec: z.infer<typeof BufferRequests.schema>) {
    this.spec = spec;
  }

  explain(): string {
    return "Takes a request's whole body before it forwards any of it.";
  }

  stream({ of }: StruckStream): StreamRule | undefined {
    return of === 'request' ? { collect: true } : undefined;
  }
}
