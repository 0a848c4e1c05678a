import { createWriteStream, existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type Docker from 'dockerode';
import { extract } from 'tar-stream';
import { reportError } from '../../report/error.ts';
import { isBelowRuns, pointLatest } from '../../report/run-directory.ts';

/**
 * Copies a report out of a container into the same directory of this machine; the files are this user's. There may
 * be none.
 * @throws ReportError when it cannot be written
 */
export async function fetchReport(container: Docker.Container, dir: string): Promise<void> {
  const archive = await container.getArchive({ path: dir }).catch((error: Error & { statusCode?: number }) => {
    if (error.statusCode === 404) return undefined;
    throw error;
  });
  if (archive === undefined) return;
  try {
    const entries = extract();
    const copying = copyInto(dir, entries);
    await Promise.all([pipeline(archive, entries), copying]);
    // One that was cut short is nobody's latest.
    if (isBelowRuns(dir) && existsSync(join(dir, 'report.html'))) await pointLatest(dir);
  } catch (error) {
    throw reportError(`copy the report to ${dir}`, error);
  }
}

async function copyInto(dir: string, entries: ReturnType<typeof extract>): Promise<void> {
  for await (const entry of entries) {
    // Docker puts the directory's own name before everything.
    const name = normalize(entry.header.name).split('/').slice(1).join('/');
    if (entry.header.type !== 'file' || name === '' || name.split('/').includes('..')) {
      entry.resume();
      continue;
    }
    const file = join(dir, name);
    await mkdir(dirname(file), { recursive: true });
    await pipeline(entry, createWriteStream(file));
  }
}
