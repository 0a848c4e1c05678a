import type { z } from 'zod';
import type { ExitCode, Terminal } from './exit.ts';

/** An option of a verb. Its name on the command line follows from its key: `dryRun` is `--dry-run`. */
export interface Option<S extends z.ZodType = z.ZodType> {
  /** How its value is written in the help, such as `<dir>`; a flag has none. */
  readonly value?: string;
  readonly says: string;
  /** Checks and reads what was typed. Its messages go on after the option's name: `takes a whole number`. */
  readonly schema: S;
  /** What counts when it is not given, as it would be typed. */
  readonly fallback?: string;
  /** Whether it may be given several times: its schema takes a list. */
  readonly several?: true;
}

export type Options = Readonly<Record<string, Option>>;

/** What a verb's action gets: every option, checked. */
export type OptionValues<O extends Options> = { readonly [K in keyof O]: z.infer<O[K]['schema']> };

/** What a verb's action is given. */
export interface Invocation<V = Readonly<Record<string, unknown>>> {
  readonly args: readonly string[];
  readonly options: V;
  readonly terminal: Terminal;
  /** The words of the command line, the verb first, as the parser takes them. */
  readonly argv: readonly string[];
  /** All that was typed, as a report repeats it. */
  readonly command: () => Promise<string>;
}

/** How a verb is called, and what it does. */
export interface Verb<O extends Options = Options> {
  readonly options: O;
  readonly examples: readonly string[];
  act(invocation: Invocation<OptionValues<O>>): Promise<ExitCode>;
}

/** Declares a verb; the types of its options follow from their schemas. */
export const verb = <const O extends Options>(declared: Verb<O>): Verb<O> => declared;
