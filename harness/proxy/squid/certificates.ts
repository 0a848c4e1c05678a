import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../process/index.ts';
import { certificateArguments, FILES } from './configuration.ts';
import { giveToSquid } from './process.ts';

/** How long the helper may take to make an empty store, in real milliseconds; it takes some 10. */
const LIMIT_MS = 10_000;

/**
 * Has squid's helper make the directory in which it keeps certificates, empty: squid itself does not make one, and ends without
 * it. What it holds it goes on to show, whoever signs by then.
 * @param helper the program
 * @param dir squid's own directory
 * @throws ProgramError with the helper's words when it fails
 */
export async function makeCertificateStore(helper: string, dir: string): Promise<void> {
  const store = join(dir, FILES.certificates);
  await rm(store, { recursive: true, force: true });
  await run(helper, ['-c', ...certificateArguments], { cwd: dir, limitMs: LIMIT_MS });
  await giveToSquid(store);
  for (const name of await readdir(store)) await giveToSquid(join(store, name));
}
