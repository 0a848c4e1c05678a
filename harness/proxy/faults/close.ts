import type { z } from 'zod';
import { declared, faultMoment } from '../scheduler/declared.ts';
import { endingAt, momentOf, saidOf } from '../scheduler/ending-at.ts';
import type { ProxyFault } from '../scheduler/fault.ts';
import type { Ending, StreamRule, StruckStream } from '../scheduler/moments.ts';

const ENDING: Ending = { end: 'close' };

/** Ends the connection with FIN. */
export class Close implements ProxyFault {
  static readonly supports = ['socket'] as const;
  static readonly schema = declared('close', { when: faultMoment });
  readonly spec: z.infer<typeof Close.schema>;
  readonly acts = 'ends';
  readonly moments;

  constructor(spec: z.infer<typeof Close.schema>) {
    this.spec = spec;
    this.moments = [momentOf(spec.when)];
  }

  explain(): string {
    return `Ends the connection with FIN ${saidOf(this.spec.when)}.`;
  }

  connect = (): Ending => ENDING;
  request = (): Ending => ENDING;
  opened = (): Ending => ENDING;

  stream(stream: StruckStream): StreamRule | undefined {
    return endingAt(this.spec.when, stream, ENDING);
  }
}
