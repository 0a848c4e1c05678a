import { z } from 'zod';
import { profileChoice, profileNames } from '../profile/index.ts';
import type { Option } from './verb.ts';

/** An option that is there or not. */
export const flag = (says: string): Option<z.ZodDefault<z.ZodBoolean>> => ({
  says,
  schema: z.boolean().default(false),
});

/**
 * An option with a text.
 * @param value as the help writes it, such as `<dir>`
 * @param takes what it is, for whoever gives nothing: `a directory`
 */
export const text = (value: string, says: string, takes: string): Option<z.ZodOptional<z.ZodString>> => ({
  value,
  says,
  schema: z.string().min(1, `takes ${takes}, and was given nothing`).optional(),
});

/** A whole number from 1 on. @param most what it may be at the most */
export const wholeNumber = (most: number) =>
  z
    .string()
    .refine(
      (typed) => /^[1-9]\d*$/.test(typed) && Number(typed) <= most,
      `takes a whole number from 1 on, ${most} at most`,
    )
    .transform(Number);

/** One of several words. */
export const oneOf = <const T extends readonly string[]>(...words: T) =>
  z.enum(words, `takes ${new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(words)}`);

/** Which version of the documentation. */
export const PROFILE = {
  value: '<name>',
  says: `the version of the documentation: ${profileChoice} (default: the one for the subject's version)`,
  schema: z
    .enum(profileNames, { error: ({ input }) => `takes ${profileChoice}. There is no profile ${String(input)}` })
    .optional(),
} as const;

/** The same for verbs that have no subject. @param fallback what they do without it */
export const profileOr = (fallback: string) =>
  ({ ...PROFILE, says: `the version of the documentation: ${profileChoice} (default: ${fallback})` }) as const;

export const SCENARIOS = text('<dir>', 'a directory with scenarios of your own', 'a directory');

export const REPORT = text('<dir>', 'where the report goes (default: runs/TIME)', 'a directory');

export const EXPECT = text('<file>', 'a list of known deviations, as YAML', 'a file');

export const WRITE_EXPECT = text('<file>', 'writes what failed as a list of known deviations, for --expect', 'a file');

export const REPORT_URL = {
  value: '<url>',
  says: 'where others can open report.html, for JUnit, CTRF, the summary and the last line',
  schema: z.url({ protocol: /^https?$/, error: 'takes the URL of report.html, with http:// or https://' }).optional(),
} as const;

export const MEASURED = flag('lists the measured answers at the end; the report has them in any case');

export const VERBOSE = flag(
  'lists every case as it ends, and every failure, measured answer, known deviation, warning and skip at the end',
);

export const STRICT = flag('counts a missed recommendation (warn) as not expected');
