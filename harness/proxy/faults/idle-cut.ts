import { z } from 'zod';
import { declared } from '../scheduler/declared.ts';
import type { ProxyFault } from '../scheduler/fault.ts';
import type { ConnectVerdict, StreamRule } from '../scheduler/moments.ts';

/** Cuts a connection on which nothing moved for this long. */
export class IdleCut implements ProxyFault {
  static readonly supports = ['socket'] as const;
  static readonly schema = declared('idle-cut', {
    /** On the world's clock. */
    afterMs: z.number().positive(),
  });
  readonly spec: z.infer<typeof IdleCut.schema>;
  readonly acts = 'changes';
  readonly moments = ['open', 'connect', 'stream'] as const;

  constructor(spec: z.infer<typeof IdleCut.schema>) {
    this.spec = spec;
  }

  explain(): string {
    return `Cuts a connection on which nothing moved for ${this.spec.afterMs} ms.`;
  }

  open = (): ConnectVerdict => this.connect();

  connect(): ConnectVerdict {
    return { cutWhenIdleMs: this.spec.afterMs };
  }

  /** Nothing is to be done with a stream, but it is to be seen that it moves. */
  stream(): StreamRule {
    return {};
  }
}
