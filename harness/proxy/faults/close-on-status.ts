import { z } from 'zod';
import type { Header } from '../../ledger/index.ts';
import { declared } from '../scheduler/declared.ts';
import type { ProxyFault } from '../scheduler/fault.ts';
import type { StruckResponse } from '../scheduler/moments.ts';

/** Adds `Connection: close` to answers with these statuses, and closes. */
export class CloseOnStatus implements ProxyFault {
  static readonly supports = ['basic', 'keep-alive'] as const;
  static readonly schema = declared('close-on-status', { statuses: z.array(z.int()).readonly() });
  readonly spec: z.infer<typeof CloseOnStatus.schema>;
  readonly acts = 'changes';
  readonly moments = ['response'] as const;

  constructor(spec: z.infer<typeof CloseOnStatus.schema>) {
    this.spec = spec;
  }

  explain(): string {
    return `Closes the connection after an answer with ${this.spec.statuses.join(' or ')}.`;
  }

  response(response: StruckResponse): { headers: readonly Header[]; detail: string } | undefined {
    const { status, headers, line } = response;
    if (!this.spec.statuses.includes(status)) return undefined;
    return {
      headers: [...headers.filter(([name]) => !/^connection$/i.test(name)), ['Connection', 'close']],
      detail: `${status} for ${line}`,
    };
  }
}
