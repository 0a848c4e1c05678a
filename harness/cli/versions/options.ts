import { z } from 'zod';
import { text } from '../options.ts';

/** Which cases, for verbs whose arguments are versions. */
export const GLOBS = {
  value: '<glob>',
  says: 'only these scenarios or cases, as run takes them; may be given several times (default: all)',
  schema: z.array(z.string().min(1, 'takes a pattern of ids, and was given nothing')).optional(),
  several: true,
} as const;

/** Where versions are that need no download. */
export const BINARIES = text(
  '<dir>',
  'binaries named gitlab-runner-X.Y.Z, with a gitlab-runner-helper-X.Y.Z beside each: versions are looked up there first',
  'a directory',
);
