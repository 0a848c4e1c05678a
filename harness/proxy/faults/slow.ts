import { z } from 'zod';
import { declared } from '../scheduler/declared.ts';
import type { ProxyFault } from '../scheduler/fault.ts';
import type { StreamRule } from '../scheduler/moments.ts';

/** Lets at most this many bytes a second through, for each body or tunnel and each direction. */
export class Slow implements ProxyFault {
  static readonly supports = ['socket'] as const;
  static readonly schema = declared('slow', { bytesPerSecond: z.number().positive() });
  readonly spec: z.infer<typeof Slow.schema>;
  readonly acts = 'changes';
  readonly moments = ['stream'] as const;

  constructor(spec: z.infer<typeof Slow.schema>) {
    this.spec = spec;
  }

  explain(): string {
    return `Lets ${this.spec.bytesPerSecond} bytes a second through.`;
  }

  stream(): StreamRule {
    return { bytesPerSecond: this.spec.bytesPerSecond };
  }
}
