import type { z } from 'zod';
import { declared, faultMoment, line } from '../scheduler/declared.ts';
import { endingAt, momentOf, saidOf } from '../scheduler/ending-at.ts';
import type { ProxyFault } from '../scheduler/fault.ts';
import type { Ending, StreamRule, StruckStream } from '../scheduler/moments.ts';

const ENDING: Ending = { end: 'reset' };

/** Ends the connection with RST. */
export class Reset implements ProxyFault {
  static readonly supports = ['socket'] as const;
  static readonly schema = declared('reset', { when: faultMoment, line });
  readonly spec: z.infer<typeof Reset.schema>;
  readonly acts = 'ends';
  readonly moments;

  constructor(spec: z.infer<typeof Reset.schema>) {
    this.spec = spec;
    this.moments = [momentOf(spec.when)];
  }

  explain(): string {
    return `Ends the connection with RST ${saidOf(this.spec.when, this.spec.line)}.`;
  }

  connect = (): Ending => ENDING;
  request = (): Ending => ENDING;
  opened = (): Ending => ENDING;

  stream(stream: StruckStream): StreamRule | undefined {
    return endingAt(this.spec.when, stream, ENDING);
  }
}
