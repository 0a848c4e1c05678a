import { isUtf8 } from 'node:buffer';
import { join } from 'node:path';
import type { z } from 'zod';
import type { Results } from '../../conformance/outcome.ts';
import { ReportError } from '../error.ts';
import { readRunFile } from '../run-file.ts';
import { resultsSchema } from './schema.ts';

/** How many problems of a broken file are told. */
const TOLD = 5;

/**
 * Reads a run's results.json.
 * @param dir the run's directory
 * @throws ReportError when it is missing, no JSON, or not as the schema says; the sentence names the place
 */
export async function readResults(dir: string): Promise<Results> {
  const file = join(dir, 'results.json');
  const bytes = await readRunFile(file);
  let content: unknown;
  try {
    if (!isUtf8(bytes)) throw new Error('it is no UTF-8');
    content = JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw new ReportError(
      `${file} is no JSON: ${(error as Error).message}. The run that wrote it was probably cut short; run it again.`,
      { reason: 'usage' },
    );
  }
  const parsed = resultsSchema.safeParse(content);
  if (parsed.success) return parsed.data as Results;
  const { issues } = parsed.error;
  const told = issues.slice(0, TOLD).map(sentence).join('; ');
  const more = issues.length > TOLD ? `; and ${issues.length - TOLD} more` : '';
  throw new ReportError(
    `${file} is not the results.json of a run of this version of Proxyproof. ${told}${more}. ` +
      'Compare it with schema/results.schema.json, or run again.',
    { reason: 'usage' },
  );
}

function sentence(issue: z.core.$ZodIssue): string {
  const place = issue.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return `At ${place.replace(/^\./, '') || 'the top'}: ${issue.message}`;
}
