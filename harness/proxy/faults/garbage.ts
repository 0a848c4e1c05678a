import type { z } from 'zod';
import { declared, requestMoment } from '../scheduler/declared.ts';
import { momentOf, saidOf } from '../scheduler/ending-at.ts';
import type { ProxyFault } from '../scheduler/fault.ts';
import type { Ending } from '../scheduler/moments.ts';

const ENDING: Ending = { send: '\u0000\u0001\u0002 this is no HTTP \ufffd\r\n\r\n' };

/** Sends bytes that are no HTTP, and closes. */
export class Garbage implements ProxyFault {
  static readonly supports = ['socket'] as const;
  static readonly schema = declared('garbage', { when: requestMoment });
  readonly spec: z.infer<typeof Garbage.schema>;
  readonly acts = 'ends';
  readonly moments;

  constructor(spec: z.infer<typeof Garbage.schema>) {
    this.spec = spec;
    this.moments = [momentOf(spec.when)];
  }

  explain(): string {
    return `Sends bytes that are no HTTP and closes, ${saidOf(this.spec.when)}.`;
  }

  request = (): Ending => ENDING;
  opened = (): Ending => ENDING;
}
