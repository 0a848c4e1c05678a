import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { simulatedClock } from '../../harness/clock/index.ts';
import { type FileSink, fileSink, Ledger, type LedgerEvent, Secrets } from '../../harness/ledger/index.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'proxyproof-test-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const ledger = (sink: FileSink, secrets = new Secrets()): Ledger =>
  new Ledger({ case: 'a/b', clock: simulatedClock(), secrets, sink });

const act = (to: Ledger, what: string): LedgerEvent => to.record('harness', { kind: 'act', what }).event;

describe('the file of a ledger', () => {
  it('has every event on a line of its own, in order, whatever its letters and its size', async () => {
    const file = join(dir, 'ledger.ndjson');
    const sink = fileSink(file);
    const texts = ['plain', '«secret» – ü', '雪'.repeat(100_000), 'x'.repeat(600_000), 'y'.repeat(200_000), '', 'last'];
    const book = ledger(sink);
    const events = texts.map((what) => act(book, what));
    expect(events.map((each) => 'what' in each && each.what)).toEqual(texts);
    await sink.close();
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual(events);
  });

  it('is written to while the case goes on', async () => {
    const file = join(dir, 'ledger.ndjson');
    const sink = fileSink(file);
    act(ledger(sink), 'soon there');
    await expect.poll(() => readFile(file, 'utf8').catch(() => '')).toContain('soon there');
    await sink.close();
  });

  it('tells when it cannot be written, and fails to close', async () => {
    const sink = fileSink(join(dir, 'absent', 'ledger.ndjson'));
    const failure = new Promise<Error>((resolve) => sink.onFailure(resolve));
    act(ledger(sink), 'lost');
    await expect(failure).resolves.toMatchObject({ code: 'ENOENT' });
    await expect(sink.close()).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('lacks at most the last 1,024 events when the harness is killed, and is whole up to there', async () => {
    const file = join(dir, 'ledger.ndjson');
    const program = fileURLToPath(new URL('./killed-recorder.ts', import.meta.url));
    const child = spawn(process.execPath, [program, file, '5000'], { stdio: 'ignore' });
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
    const lines = (await readFile(file, 'utf8')).split('\n').slice(0, -1);
    expect(lines.length).toBeGreaterThanOrEqual(5000 - 1024);
    expect(lines.map((line) => (JSON.parse(line) as LedgerEvent).seq)).toEqual(lines.map((_, at) => at + 1));
  });
});
