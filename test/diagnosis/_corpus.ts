import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { FoundCause } from '../../harness/diagnosis/index.ts';

/** A cause that is to be named, and where. Of several files that are equally right the line counts for the first. */
const expectation = z.strictObject({
  cause: z.string(),
  file: z.union([z.string(), z.array(z.string())]).optional(),
  line: z.int().min(1).optional(),
});

const schema = z.strictObject({
  title: z.string(),
  symptom: z.string().optional(),
  source: z.string().optional(),
  clean: z.boolean(),
  expect: z.array(expectation),
  /** What may be said besides: it follows from the mistake, or is true and beside the point. */
  also: z.array(z.string()).default([]),
  secret: z.array(z.string()).default([]),
  /** Causes that these files look like, and have not. */
  near: z.array(z.string()).default([]),
});

type Expectation = z.infer<typeof expectation>;

/** A customer's files with what is right to say of them. */
export interface CorpusCase extends z.infer<typeof schema> {
  readonly name: string;
  /** The directory that the files are in. */
  readonly files: string;
}

/** The cases of a directory beside this file. */
export const corpus = (directory: string): readonly CorpusCase[] => {
  const root = join(import.meta.dirname, directory);
  return readdirSync(root).map((name) => ({
    ...schema.parse(parse(readFileSync(join(root, name, 'case.yaml'), 'utf8'))),
    name,
    files: join(root, name, 'files'),
  }));
};

/** Whether a finding is what is expected, at its place; a line may be one beside, as long assignments have several. */
export function meets({ cause, file, line }: Expectation, found: FoundCause): boolean {
  if (found.cause !== cause) return false;
  const files = [file ?? []].flat();
  if (files.length === 0) return true;
  const which = files.findIndex((each) => found.file === each || found.file.endsWith(`/${each}`));
  if (which < 0) return false;
  return line === undefined || which > 0 || (found.line !== undefined && Math.abs(found.line - line) <= 1);
}
