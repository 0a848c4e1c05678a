import { z } from 'zod';
import { UsageError } from '../conformance/errors.ts';
import type { Options, OptionValues } from './verb.ts';

/** The name of an option on the command line: `--dry-run` for `dryRun`. */
export const optionName = (key: string): string => `--${key.replaceAll(/[A-Z]/g, (each) => `-${each.toLowerCase()}`)}`;

/**
 * Checks what was typed for the options of a verb.
 * @param given by key; what is left out counts as its fallback
 * @throws UsageError that says of each wrong option what it takes
 */
export function parseOptions<O extends Options>(
  verb: string,
  options: O,
  given: Readonly<Record<string, unknown>>,
): OptionValues<O> {
  const shape = Object.fromEntries(Object.entries(options).map(([key, { schema }]) => [key, schema]));
  const typed = Object.fromEntries(Object.entries(options).map(([key, { fallback }]) => [key, given[key] ?? fallback]));
  const result = z.object(shape).safeParse(typed);
  // The shape is made of the very schemas that the type is inferred from.
  if (result.success) return result.data as OptionValues<O>;
  const problems = result.error.issues.map(({ path, message }) => `${optionName(String(path[0]))} ${message}.`);
  throw new UsageError(`${problems.join(' ')} See proxyproof ${verb} --help.`);
}
