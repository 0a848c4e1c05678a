import type { z } from 'zod';
import type { faultMoment } from './declared.ts';
import type { Ending, Moment, StreamRule, StruckStream } from './moments.ts';

/** The moment of the scheduler at which a fault acts that strikes at a moment of its declaration. */
export function momentOf(when: z.infer<typeof faultMoment>): Moment {
  if (typeof when === 'object') return 'stream';
  return ({ 'on-connect': 'connect', 'on-request': 'request', 'after-connect': 'opened' } as const)[when];
}

/** Ends a stream at a byte. */
export function endingAt(
  when: z.infer<typeof faultMoment> | undefined,
  stream: StruckStream,
  by: Ending,
): StreamRule | undefined {
  if (typeof when !== 'object' || when.direction !== stream.direction) return undefined;
  return { stop: { atByte: when.atByte, by } };
}

/** A moment of a declaration, as a sentence ends with it. @param line what the first line of a struck request has in it */
export function saidOf(when: z.infer<typeof faultMoment>, line?: string): string {
  if (typeof when === 'object') return `after ${when.atByte} bytes ${when.direction} of a body or a tunnel`;
  return {
    'on-connect': 'as a client connects',
    'on-request': `when a request's head is there${line === undefined ? '' : ` with ${line.trim()} in its first line`}`,
    'after-connect': 'when a tunnel has been opened',
  }[when];
}
