import type { z } from 'zod';
import type { ProxyKind } from '../kind.ts';
import type { Moment, Moments } from './moments.ts';

/** Which requests a fault strikes. */
export type FaultTarget = 'any' | 'forward' | 'connect';

/** What every fault's declaration may say. */
export interface FaultSpec {
  readonly fault: string;
  /** The scheduler asks the fault about these requests only. */
  readonly on?: FaultTarget | undefined;
  /** When a request's head is there, the scheduler asks it about those with this in their first line only. */
  readonly line?: string | undefined;
  /** The scheduler asks it no more when it has struck so often. */
  readonly times?: number | undefined;
}

/** What must support a fault: `socket` is every proxy, for a fault that needs no more than the client's connection. */
export type Supporter = ProxyKind | 'socket';

/**
 * What a fault does: ends a connection, waits, refuses requests by a rule, answers them, or changes what passes. Of those
 * that are on the scheduler asks them in this order, and of two that do the same the older one first.
 */
export const DEEDS = ['ends', 'waits', 'refuses', 'answers', 'changes'] as const;

/** One thing that a proxy can be made to do wrong. It decides; the scheduler counts, records and carries out. */
export interface ProxyFault extends Partial<Moments> {
  readonly spec: FaultSpec;
  readonly acts: (typeof DEEDS)[number];
  /** When it is to be asked. */
  readonly moments: readonly Moment[];
  /** The proxy's listener is closed while it is on. */
  readonly refuses?: boolean;
  /** What the proxy does wrong, as one plain sentence. */
  explain(): string;
}

/** The class of a fault, as the index has it. */
export interface FaultClass {
  readonly supports: readonly Supporter[];
  readonly schema: z.ZodObject<{ fault: z.ZodLiteral<string> }>;
}
