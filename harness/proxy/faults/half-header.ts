import type { z } from 'zod';
import { declared, requestMoment } from '../scheduler/declared.ts';
import { momentOf, saidOf } from '../scheduler/ending-at.ts';
import type { ProxyFault } from '../scheduler/fault.ts';
import type { Ending } from '../scheduler/moments.ts';

const ENDING: Ending = { send: 'HTTP/1.1 200 OK\r\nContent-Type: text/pl' };

/** Sends half a response head, and closes. */
export class HalfHeader implements ProxyFault {
  static readonly supports = ['socket'] as const;
  static readonly schema = declared('half-header', { when: requestMoment });
  readonly spec: z.infer<typeof HalfHeader.schema>;
  readonly acts = 'ends';
  readonly moments;

  constructor(spec: z.infer<typeof HalfHeader.schema>) {
    this.spec = spec;
    this.moments = [momentOf(spec.when)];
  }

  explain(): string {
    return `Sends half a response head and closes, ${saidOf(this.spec.when)}.`;
  }

  request = (): Ending => ENDING;
  opened = (): Ending => ENDING;
}
