import type { z } from 'zod';
import { declared, faultMoment, line } from '../scheduler/declared.ts';
import { endingAt, momentOf, saidOf } from '../scheduler/ending-at.ts';
import type { ProxyFault } from '../scheduler/fault.ts';
import type { Ending, Moment, StreamRule, StruckStream } from '../scheduler/moments.ts';

const ENDING: Ending = { end: 'hang' };
const ALWAYS: readonly Moment[] = ['open', 'connect', 'request', 'opened'];

/**
 * Takes the connection (or the request, or the tunnel) and never answers. Without `when` all of it stands still, what
 * was open before included. Switching it off resets what still hangs.
 */
export class Hang implements ProxyFault {
  static readonly supports = ['socket'] as const;
  static readonly schema = declared('hang', { when: faultMoment.optional(), line });
  readonly spec: z.infer<typeof Hang.schema>;
  readonly acts = 'ends';
  readonly moments: readonly Moment[];

  constructor(spec: z.infer<typeof Hang.schema>) {
    this.spec = spec;
    this.moments = spec.when === undefined ? ALWAYS : [momentOf(spec.when)];
  }

  explain(): string {
    const { when, line: which } = this.spec;
    return when === undefined ? 'Takes everything and answers nothing.' : `Falls silent ${saidOf(when, which)}.`;
  }

  open = (): Ending => ENDING;
  connect = (): Ending => ENDING;
  request = (): Ending => ENDING;
  opened = (): Ending => ENDING;

  stream(stream: StruckStream): StreamRule | undefined {
    return endingAt(this.spec.when, stream, ENDING);
  }
}
