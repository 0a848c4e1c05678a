import { z } from 'zod';
import { declared } from '../scheduler/declared.ts';
import type { ProxyFault } from '../scheduler/fault.ts';
import type { WhoContinues } from '../scheduler/moments.ts';

const SAID = { swallow: 'nobody answers it', forward: 'the origin answers it', answer: 'the proxy answers it' };

/** What becomes of `Expect: 100-continue`: nobody answers it, the origin does, or the proxy itself. */
export class Expect implements ProxyFault {
  static readonly supports = ['basic', 'keep-alive'] as const;
  static readonly schema = declared('expect', { how: z.enum(['swallow', 'forward', 'answer']) });
  readonly spec: z.infer<typeof Expect.schema>;
  readonly acts = 'changes';
  readonly moments = ['expect'] as const;

  constructor(spec: z.infer<typeof Expect.schema>) {
    this.spec = spec;
  }

  explain(): string {
    return `When a client says Expect: 100-continue, ${SAID[this.spec.how]}.`;
  }

  expect(): WhoContinues {
    return this.spec.how;
  }
}
