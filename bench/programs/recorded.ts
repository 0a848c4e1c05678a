import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { realClock } from '../../harness/clock/index.ts';
import { type FileSink, fileSink, Ledger, Secrets } from '../../harness/ledger/index.ts';

const ROOT = mkdtempSync(join(tmpdir(), 'proxyproof-bench-'));
process.on('exit', () => rmSync(ROOT, { recursive: true, force: true }));

let count = 0;
let sink: FileSink | undefined;

/**
 * What a peer of ours is given: a ledger that is written to a file, as in a run, and a directory. The one before is
 * closed: its peer is gone.
 */
export async function recorded() {
  await sink?.close();
  const dir = join(ROOT, String(++count));
  mkdirSync(dir);
  const clock = realClock();
  sink = fileSink(join(dir, 'ledger.ndjson'));
  const ledger = new Ledger({ case: 'bench/load', clock, secrets: new Secrets(), sink });
  return { dir, clock, ledger };
}
