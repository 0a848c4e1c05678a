import type { z } from 'zod';
import { declared } from '../scheduler/declared.ts';
import type { ProxyFault } from '../scheduler/fault.ts';

/** The listener is closed: connections are refused. */
export class Refuse implements ProxyFault {
  static readonly supports = ['socket'] as const;
  // Nobody sees how often the system refuses, so it cannot be counted.
  static readonly schema = declared('refuse', {}).omit({ times: true });
  readonly spec: z.infer<typeof Refuse.schema>;
  readonly acts = 'changes';
  readonly moments = [];
  readonly refuses = true;

  constructor(spec: z.infer<typeof Refuse.schema>) {
    this.spec = spec;
  }

  explain(): string {
    return 'Refuses connections.';
  }
}
