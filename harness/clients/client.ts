import type { Situation } from './cases/situation.ts';
import type { Choice } from './choice.ts';
import type { Asking, Command } from './probe/asking.ts';
import type { Target } from './target.ts';

/** The environment of a program. */
export type Env = Readonly<Record<string, string | undefined>>;

/** Finds a name's address, as the client's machine would; undefined when it is not known. */
export type ResolveAddress = (host: string) => string | undefined;

/** A program that clients are part of: its version decides what they do. */
export interface ClientProgram {
  /** By which the measured table names it. */
  readonly name: string;
  /** Prints its version in its first line. */
  readonly version: Command;
}

/** What a client did until some version. */
export interface EarlierVersions {
  /** The first version that was measured to do otherwise. */
  readonly before: string;
  readonly choose: ClientModel['choose'];
}

/** Everything that is known of one client: how it chooses between a proxy and the direct way, and how a real one is asked. */
export interface ClientModel<Id extends string = string> {
  readonly id: Id;
  /** As people call it. */
  readonly title: string;
  readonly program: ClientProgram;
  /**
   * What the model says, which the measured table keeps honest.
   * @param resolve for clients that look a name up to compare its address; none is known by default
   */
  readonly choose: (env: Env, target: Target, resolve?: ResolveAddress) => Choice;
  /** Versions that choose in another way than the newest that was measured, from the oldest. */
  readonly earlier?: readonly EarlierVersions[];
  /** How the probe has the real client ask for a URL. */
  readonly asking: Asking;
  /** Whether it is asked for a URL in a situation; always by default. One that starts slowly is asked where it may differ. */
  readonly isAsked?: (situation: Situation, url: string) => boolean;
  /** Without which it looks at none of the variables, such as `NAME=1`. */
  readonly onlyWith?: string;
  /** Why it goes around a proxy that variables name to others. */
  readonly goesAround?: {
    readonly because: string;
    /** Of which URLs this is true; of all by default. */
    readonly of?: 'http' | 'https';
  };
}
