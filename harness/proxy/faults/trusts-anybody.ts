import type { z } from 'zod';
import { declared } from '../scheduler/declared.ts';
import type { ProxyFault } from '../scheduler/fault.ts';

/** Takes whatever credentials it is offered for right, as a helper that checks nothing does. */
export class TrustsAnybody implements ProxyFault {
  static readonly supports = ['keep-alive'] as const;
  static readonly schema = declared('trusts-anybody', {});
  readonly spec: z.infer<typeof TrustsAnybody.schema>;
  readonly acts = 'changes';
  readonly moments = ['credentials'] as const;

  constructor(spec: z.infer<typeof TrustsAnybody.schema>) {
    this.spec = spec;
  }

  explain(): string {
    return 'Takes any credentials for right.';
  }

  credentials(): true {
    return true;
  }
}
