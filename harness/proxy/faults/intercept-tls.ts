import type { z } from 'zod';
import { declared } from '../scheduler/declared.ts';
import type { Means, ProxyFault } from '../scheduler/fault.ts';

/** Opens TLS itself, with a CA of its own. */
export class InterceptTls implements ProxyFault {
  static readonly supports = ['basic', 'keep-alive'] as const;
  static readonly schema = declared('intercept-tls', {});
  readonly spec: z.infer<typeof InterceptTls.schema>;
  readonly acts = 'changes';
  readonly moments = ['tunnel'] as const;

  constructor(spec: z.infer<typeof InterceptTls.schema>) {
    this.spec = spec;
  }

  explain(): string {
    return 'Opens the TLS in tunnels, with certificates of its own CA.';
  }

  lacks({ hasAuthority }: Means): string | undefined {
    if (hasAuthority) return undefined;
    return 'It was given no certificate authority to sign with: give createForwardProxy a CA.';
  }

  tunnel(): 'intercept' {
    return 'intercept';
  }
}
