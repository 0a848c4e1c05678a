import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileSink, type LedgerEvent } from '../../harness/ledger/index.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'proxyproof-test-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const event = (seq: number, what: string): LedgerEvent => ({
  seq,
  case: 'a/b',
  t: seq,
  peer: 'harness',
  kind: 'act',
  what,
});

describe('the file of a ledger', () => {
  it('has every event on a line of its own, in order, whatever its letters and its size', async () => {
    const file = join(dir, 'ledger.ndjson');
    const sink = fileSink(file);
    const texts = ['plain', '«secret» – ü', '雪'.repeat(100_000), 'x'.repeat(600_000), 'y'.repeat(200_000), '', 'last'];
    const events = texts.map((what) => event(sink.nextSeq(), what));
    for (const each of events) sink.write(each);
    await sink.close();
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual(events);
  });

  it('is written to while the case goes on', async () => {
    const file = join(dir, 'ledger.ndjson');
    const sink = fileSink(file);
    sink.write(event(sink.nextSeq(), 'soon there'));
    await expect.poll(() => readFile(file, 'utf8').catch(() => '')).toContain('soon there');
    await sink.close();
  });

  it('tells when it cannot be written, and fails to close', async () => {
    const sink = fileSink(join(dir, 'absent', 'ledger.ndjson'));
    const failure = new Promise<Error>((resolve) => sink.onFailure(resolve));
    sink.write(event(sink.nextSeq(), 'lost'));
    await expect(failure).resolves.toMatchObject({ code: 'ENOENT' });
    await expect(sink.close()).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
