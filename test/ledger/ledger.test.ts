import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { simulatedClock } from '../../harness/clock/index.ts';
import {
  BodyMeter,
  bodyRecord,
  Evidence,
  fileSink,
  Ledger,
  type LedgerSink,
  Secrets,
} from '../../harness/ledger/index.ts';

const ledger = (sink: LedgerSink, secrets = new Secrets()): Ledger =>
  new Ledger({ case: 'a/b', clock: simulatedClock(), secrets, sink });

describe('Ledger', () => {
  it('gives events of several cases one order, and writes them redacted', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'proxyproof-test-'));
    const sink = fileSink(join(dir, 'ledger.ndjson'));
    const secrets = new Secrets();
    secrets.add('job-token', 'planted-secret');
    const first = ledger(sink, secrets);
    const second = ledger(sink);
    first.record('subject', {
      kind: 'log',
      stream: 'stderr',
      line: 'token planted-secret',
      fields: { msg: 'planted-secret' },
    });
    second.record('harness', { kind: 'act', what: 'something' });
    first.record('gitlab', {
      kind: 'request',
      connection: '1',
      exchange: '1',
      via: 'proxy',
      method: 'GET',
      target: '/x?token=planted-secret',
      httpVersion: '1.1',
      headers: [['JOB-TOKEN', 'planted-secret']],
    });
    await sink.close();
    const text = await readFile(join(dir, 'ledger.ndjson'), 'utf8');
    const seqs = text
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { seq: number }).seq);
    expect(seqs).toEqual([1, 2, 3]);
    expect(text).not.toContain('planted-secret');
    expect(text.match(/«job-token»/g)?.length).toBe(4);
    await rm(dir, { recursive: true });
  });

  it('tells of a disk that does not take it', async () => {
    const sink = fileSink('/dev/full');
    const told = new Promise<Error>((resolve) => sink.onFailure(resolve));
    ledger(sink).record('harness', { kind: 'act', what: 'something' });
    expect(((await told) as NodeJS.ErrnoException).code).toBe('ENOSPC');
    await expect(sink.close()).rejects.toThrow('ENOSPC');
  });
});

describe('Evidence', () => {
  it('puts a request and its answer together, and keeps where they stand', () => {
    const book = ledger({
      nextSeq: (
        (n) => () =>
          ++n
      )(0),
      write: () => {},
    });
    const request = {
      connection: '1',
      exchange: 'e1',
      via: 'proxy',
      method: 'POST',
      target: '/api/v4/jobs/request',
      httpVersion: '1.1',
      headers: [],
    } as const;
    book.record('gitlab', { kind: 'request', ...request, requestKind: 'job' });
    book.record('proxy', { kind: 'request', ...request });
    book.record('gitlab', { kind: 'request-body', exchange: 'e1', ...bodyRecord('{}') });
    book.record('gitlab', {
      kind: 'response',
      exchange: 'e1',
      status: 429,
      reason: 'Too Many Requests',
      headers: [['Retry-After', '7']],
      madeBy: 'self',
      planned: { occurrence: 1 },
    });
    const evidence = new Evidence(book.events);
    const [exchange] = evidence.gitlab('job');
    expect(exchange).toMatchObject({
      status: 429,
      evidence: [1, 3, 4],
      planned: { occurrence: 1 },
      body: { bytes: 2 },
    });
    expect(evidence.proxy()).toHaveLength(1);
    expect(evidence.proxy()[0]?.status).toBeUndefined();
    expect(evidence.gitlab('trace')).toEqual([]);
  });
});

describe('BodyMeter', () => {
  it('measures all and keeps the beginning', () => {
    const meter = new BodyMeter(4);
    meter.add(Buffer.from('abc'));
    meter.add(Buffer.from('defg'));
    expect(meter.record(true)).toEqual({
      bytes: 7,
      sha256: bodyRecord('abcdefg').sha256,
      text: 'abcd',
      complete: true,
    });
  });
});
