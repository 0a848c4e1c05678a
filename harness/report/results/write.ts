import { join } from 'node:path';
import type { Results } from '../../conformance/outcome.ts';
import { writeText } from '../files.ts';

/**
 * Writes results.json into a run's directory.
 * @throws ReportError when it cannot be written
 */
export async function writeResults(dir: string, results: Results): Promise<void> {
  await writeText(join(dir, 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
}
