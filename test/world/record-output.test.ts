import { PassThrough } from 'node:stream';
import { finished } from 'node:stream/promises';
import { describe, expect, it } from 'vitest';
import { Evidence, type Ledger } from '../../harness/ledger/index.ts';
import { LogBudget } from '../../harness/world/log-budget.ts';
import { recordOutput } from '../../harness/world/record-output.ts';
import { testLedger } from './stand-ins.ts';

async function record(chunks: readonly (string | Buffer)[], ledger: Ledger = testLedger(), budget = new LogBudget()) {
  const stream = new PassThrough();
  const dropped = recordOutput({ stream, name: 'stderr', process: 'p#1', ledger, budget });
  for (const chunk of chunks) stream.write(chunk);
  stream.end();
  await finished(stream);
  return { logs: new Evidence(ledger.events).logs(), dropped: dropped() };
}

describe('a recorded output', () => {
  it('is cut into lines wherever the chunks end', async () => {
    const { logs } = await record(['one\ntw', 'o\r\n', '\nfo', Buffer.from([0xc3]), Buffer.from([0xa9])]);
    expect(logs.map(({ line }) => line)).toEqual(['one', 'two', '', 'foé']);
    expect(logs[0]).toMatchObject({ peer: 'subject', process: 'p#1', stream: 'stderr' });
  });

  it('has the fields of a line that is a JSON object', async () => {
    const { logs } = await record([
      '{"level":"info","status":429,"ok":false,"deep":{"a":1},"no":null}\n{broken}\n[1]\n',
    ]);
    expect(logs.map(({ fields }) => fields)).toEqual([{ level: 'info', status: 429, ok: false }, undefined, undefined]);
  });

  it('has no secret in it, not even in a line that is cut', async () => {
    const ledger = testLedger();
    ledger.secrets.add('job-token', 'glcbt-64_verysecret');
    const long = `${'x'.repeat(8 * 1024 - 5)}glcbt-64_verysecret${'y'.repeat(20_000)}`;
    const { logs } = await record([`{"msg":"with glcbt-64_verysecret"}\n${long}\n`], ledger);
    expect(logs[0]?.fields).toEqual({ msg: 'with «job-token»' });
    expect(logs[1]?.line.length).toBeLessThanOrEqual(8 * 1024 + 1);
    expect(JSON.stringify(logs)).not.toContain('glcbt');
  });

  it('is read to the end and dropped when the budget of the case is spent', async () => {
    const budget = new LogBudget(100);
    const ledger = testLedger();
    const first = await record(['a'.repeat(60), '\n', 'b'.repeat(60), '\n', 'c'.repeat(1000)], ledger, budget);
    expect(first.logs.map(({ line }) => line[0])).toEqual(['a']);
    expect(first.dropped).toBe(1060);
    const second = await record(['late\n'], ledger, budget);
    expect(second.logs).toHaveLength(1);
    expect(second.dropped).toBe(5);
  });
});
