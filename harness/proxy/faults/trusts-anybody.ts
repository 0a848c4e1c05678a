import { z } from 'zod';
import { declared } from '../scheduler/declared.ts';
import type { ProxyFault } from '../scheduler/fault.ts';
import type { StruckRequest } from '../scheduler/moments.ts';

/** Takes whatever credentials it is offered for right, as a helper that checks nothing does. */
export class TrustsAnybody implements ProxyFault {
  static readonly supports = ['keep-alive'] as const;
  static readonly schema = declared('trusts-anybody', {
    /** Only where the reason for which they would be refused has this in it, as the ledger says it. */
    though: z.string().min(1).optional(),
  });
  readonly spec: z.infer<typeof TrustsAnybody.schema>;
  readonly acts = 'changes';
  readonly moments = ['credentials'] as const;

  constructor(spec: z.infer<typeof TrustsAnybody.schema>) {
    this.spec = spec;
  }

  explain(): string {
    const { though } = this.spec;
    return `Takes any credentials for right${though === undefined ? '' : `, though ${though}`}.`;
  }

  credentials(_: StruckRequest, reason: string): true | undefined {
    return reason.includes(this.spec.though ?? '') ? true : undefined;
  }
}
