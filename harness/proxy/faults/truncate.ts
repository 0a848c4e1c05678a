import { z } from 'zod';
import { declared } from '../scheduler/declared.ts';
import type { ProxyFault } from '../scheduler/fault.ts';
import type { StreamRule, StruckStream } from '../scheduler/moments.ts';

/** Passes on only the first bytes of a response body, and closes. */
export class Truncate implements ProxyFault {
  static readonly supports = ['basic', 'keep-alive'] as const;
  static readonly schema = declared('truncate', { bytes: z.int().nonnegative() });
  readonly spec: z.infer<typeof Truncate.schema>;
  readonly acts = 'changes';
  readonly moments = ['stream'] as const;

  constructor(spec: z.infer<typeof Truncate.schema>) {
    this.spec = spec;
  }

  explain(): string {
    return `Passes on only the first ${this.spec.bytes} bytes of a response body, and closes.`;
  }

  stream({ of }: StruckStream): StreamRule | undefined {
    if (of !== 'response') return undefined;
    return { stop: { atByte: this.spec.bytes, onlyIfMore: true, by: { end: 'close' } } };
  }
}
