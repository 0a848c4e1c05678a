import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addRun } from '../../../harness/report/history/store/add-run.ts';
import type { HistoryRun } from '../../../harness/report/history/store/history-run.ts';
import { readHistory } from '../../../harness/report/history/store/read-history.ts';
import { outcome, results } from '../builder.ts';
import { temporaryDirectory } from '../temporary.ts';
import { smallHistory, smallRun, writtenRun } from './stored.ts';

const stored = async (file: string): Promise<HistoryRun> => JSON.parse(await readFile(file, 'utf8')) as HistoryRun;

describe('history add', () => {
  it('keeps a line for each case, and of what is not green why, with its evidence once', async () => {
    const { file, folder } = await smallHistory();
    const text = await readFile(file, 'utf8');
    expect(text).toContain('\n    "[body=text]": "pass"\n');
    expect(text).toContain('\n    "": {"outcome":"skip","reason":"There is no Docker engine."}\n');
    const { cases } = (await stored(file)).scenarios['rate-limit/reset-time-valid'] ?? {};
    expect(cases?.['']).toMatchObject({
      outcome: 'fail',
      evidence: expect.arrayContaining([expect.stringMatching(/▸.*429 · RateLimit-ResetTime \+3 s/)]),
    });
    expect(cases?.['[body=json]']).toMatchObject({ outcome: 'fail', like: '' });
    expect(cases?.['[body=json]']).not.toHaveProperty('evidence');
    expect(basename(file)).toMatch(/^2026-03-02T10-20-30-14\.10-[0-9a-f]{8}\.json$/);
    expect(dirname(file)).toBe(join(folder, 'runs', 'gitlab-runner', '14.10.1'));
    expect(text).not.toContain('/usr/local/bin');
    expect(text).not.toContain('./proxyproof run');
  });

  it('keeps what of a measured answer another run would say again, where some of it is another one in every run', async () => {
    const finding = (observed: string, varies?: string) =>
      ({
        verdict: 'measured',
        expected: 'what is lost',
        observed,
        evidence: [],
        ...(varies ? { varies } : {}),
      }) as const;
    const info = { level: 'C', outcome: 'info', reason: '1 of 12 is lost; 2 more.' } as const;
    const [lost, more] = [finding('1 of 12 is lost', 'it depends on the moment'), finding('2 more')];
    const outcomes = [
      outcome({ ...info, id: 'checks/all', findings: [lost] }),
      outcome({ ...info, id: 'checks/some', findings: [lost, more] }),
      outcome({ ...info, id: 'checks/none', findings: [more] }),
    ];
    const { file } = await addRun(await writtenRun(results(outcomes)), join(await temporaryDirectory(), 'history'));
    const [run] = await readHistory(join(dirname(file), '..', '..', '..'));
    const kept = ['all', 'some', 'none'].map((name) => run?.scenarios[`checks/${name}`]?.cases['']);
    expect(kept).toEqual([
      { outcome: 'info', reason: info.reason, steady: '' },
      { outcome: 'info', reason: info.reason, steady: '2 more' },
      { outcome: 'info', reason: info.reason },
    ]);
  });

  it('changes nothing when the same run is added again, also from another order of its cases', async () => {
    const { file, folder, dir } = await smallHistory();
    const before = await readFile(file, 'utf8');
    expect(await addRun(dir, folder)).toMatchObject({ was: 'there', file });
    const { results: run, events } = smallRun();
    const turned = await writtenRun({ ...run, outcomes: run.outcomes.toReversed() }, events);
    // Which of two cases that fail in the same words shows the evidence goes by their ids.
    expect(await addRun(turned, folder)).toMatchObject({ was: 'there', file });
    expect(await readFile(file, 'utf8')).toBe(before);
    expect(await readHistory(folder)).toHaveLength(1);
  });

  it('replaces a run that has been judged again', async () => {
    const { file, folder } = await smallHistory();
    const { results: run, events } = smallRun();
    const outcomes = run.outcomes.map((each) => (each.outcome === 'info' ? { ...each, reason: 'Never.' } : each));
    expect(await addRun(await writtenRun({ ...run, outcomes }, events), folder)).toMatchObject({
      was: 'replaced',
      file,
    });
    expect(await readHistory(folder)).toHaveLength(1);
  });

  it('keeps two runs apart that began in the same second', async () => {
    const { folder } = await smallHistory();
    const { results: run, events } = smallRun();
    const other = { ...run, environment: { ...run.environment, durationMs: 1 } };
    expect(await addRun(await writtenRun(other, events), folder)).toMatchObject({ was: 'new' });
    expect(await readHistory(folder)).toHaveLength(2);
  });

  it('takes credentials away that an expectations file or an address has', async () => {
    const expectation = {
      outcome: 'fail',
      reason: 'see https://ann:hunter22@bugs.example/7',
      link: 'https://ann:hunter22@bugs.example/7',
    } as const;
    const known = outcome({ id: 'polling/idle', outcome: 'fail', expected: 'fail', expectation });
    const folder = await temporaryDirectory();
    const { file } = await addRun(await writtenRun(results([known])), folder, 'https://bob:s3cret99@ci.example/1');
    const text = await readFile(file, 'utf8');
    expect(text).toContain('bugs.example/7');
    expect(text).not.toMatch(/hunter22|s3cret99/);
  });

  it.each([
    [
      'ended early',
      results([outcome({ id: 'polling/idle' })], { notRun: { because: 'it was interrupted', cases: ['git/clone'] } }),
      /is not whole: 1 case did not run, because it was interrupted\. Run it again/,
    ],
    [
      'is a shard',
      results([outcome({ id: 'polling/idle' })], {
        environment: { ...results([]).environment, shard: '2/3' },
      }),
      /is not whole: it is shard 2\/3 of 3\. Make one run of all shards with proxyproof merge/,
    ],
    [
      'skipped all',
      results([outcome({ id: 'polling/idle', outcome: 'skip' })]),
      /all 1 case was skipped\. It says nothing/,
    ],
    ['has no case', results([]), /is not whole: it has no case/],
  ])('refuses a run that %s', async (_, run, message) => {
    const folder = await temporaryDirectory();
    await expect(addRun(await writtenRun(run), folder)).rejects.toThrow(message);
    await expect(readHistory(folder)).rejects.toThrow(/There is no run in/);
  });

  it('takes a run that was made of all its shards', async () => {
    const environment = { ...results([]).environment, shard: '1/2, 2/2' };
    const run = results([outcome({ id: 'polling/idle' })], { environment });
    expect(await addRun(await writtenRun(run), await temporaryDirectory())).toMatchObject({ was: 'new' });
  });
});

describe('a history that is read', () => {
  const broken = async (text: string): Promise<string> => {
    const folder = await temporaryDirectory();
    await mkdir(join(folder, 'runs'));
    await writeFile(join(folder, 'runs', 'a.json'), text);
    return folder;
  };

  it.each([
    ['<<<<<<< HEAD', /a\.json is no JSON\. Resolve what a merge has left in it/],
    [
      '{"format": 2}',
      /a\.json has format 2, and this version of Proxyproof reads up to 1\. Use the version that wrote it/,
    ],
    ['{"format": 1}', /a\.json is not what history add writes: at suite/],
    ['null', /a\.json is not what history add writes: at the top/],
  ])('refuses %s', async (text, message) => {
    await expect(readHistory(await broken(text))).rejects.toThrow(message);
  });

  it('passes over what a later version has added', async () => {
    const { file, folder } = await smallHistory();
    await writeFile(file, JSON.stringify({ ...(await stored(file)), weather: 'fine' }));
    expect(await readHistory(folder)).toHaveLength(1);
  });
});
