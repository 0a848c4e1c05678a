import { z } from 'zod';
import { declared, target } from '../scheduler/declared.ts';
import type { ProxyFault } from '../scheduler/fault.ts';
import type { RequestVerdict } from '../scheduler/moments.ts';

/** Waits before it answers. */
export class Delay implements ProxyFault {
  static readonly supports = ['socket'] as const;
  static readonly schema = declared('delay', {
    /** On the world's clock. */
    ms: z.number().nonnegative(),
    on: target.optional(),
  });
  readonly spec: z.infer<typeof Delay.schema>;
  readonly acts = 'waits';
  readonly moments = ['request'] as const;

  constructor(spec: z.infer<typeof Delay.schema>) {
    this.spec = spec;
  }

  explain(): string {
    return `Waits ${this.spec.ms} ms before it deals with a request.`;
  }

  request(): RequestVerdict {
    return { waitMs: this.spec.ms };
  }
}
