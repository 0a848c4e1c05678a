import { mkdir, readdir, readFile, readlink, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeRunDirectory, pointLatest, ReportError, readLedger, writeReports } from '../../harness/report/index.ts';
import { Recorder, results } from './builder.ts';
import { REPORT_FILES } from './report-files.ts';
import { tooEarly, tunnel } from './stories.ts';
import { temporaryDirectory } from './temporary.ts';

const NOON = new Date('2026-03-02T12:00:00.000Z');

describe('writing reports', () => {
  it('writes every file, and no secret into any', async () => {
    const dir = await temporaryDirectory();
    const recorder = new Recorder();
    await writeReports(dir, results([tooEarly(recorder), tunnel(recorder)]), recorder.events);
    const files = (await readdir(dir)).sort();
    expect(files).toEqual(REPORT_FILES);
    for (const file of files) {
      const text = await readFile(join(dir, file), 'utf8');
      for (const secret of ['p@ss:word', 'p%40ss%3Aword', Buffer.from('alice:p@ss:word').toString('base64')]) {
        expect(text.includes(secret), `${secret} in ${file}`).toBe(false);
      }
    }
  });

  it('leaves a ledger alone that is there', async () => {
    const dir = await temporaryDirectory();
    const recorder = new Recorder();
    const run = results([tunnel(recorder)]);
    await writeFile(join(dir, 'ledger.ndjson'), `${JSON.stringify(recorder.events[0])}\n`);
    await writeReports(dir, run, recorder.events);
    expect(await readLedger(dir)).toHaveLength(1);
  });

  it('says that the disk is full', async () => {
    const dir = await temporaryDirectory();
    await symlink('/dev/full', join(dir, 'junit.xml'));
    const writing = writeReports(dir, results([]), []);
    await expect(writing).rejects.toThrow(ReportError);
    await expect(writing).rejects.toThrow(
      /^Cannot write .*junit\.xml: the disk is full \(ENOSPC\)\. Free some space, or name/,
    );
  });

  it('says that a directory cannot be written', async () => {
    const dir = await temporaryDirectory();
    await writeFile(join(dir, 'file'), '');
    const wanted = join(dir, 'file', 'report');
    await expect(makeRunDirectory({ dir: wanted })).rejects.toThrow(
      `Cannot make the report directory ${wanted}: a part of the path is no directory (ENOTDIR). Name a directory with --report.`,
    );
    await expect(makeRunDirectory({ dir: join(dir, 'file') })).rejects.toThrow('a part of the path is no directory');
    await expect(makeRunDirectory({ dir: '/proc/nowhere' })).rejects.toThrow(ReportError);
  });

  it('passes over a last ledger line that was cut', async () => {
    const dir = await temporaryDirectory();
    const recorder = new Recorder();
    tunnel(recorder);
    const whole = recorder.events.map((event) => `${JSON.stringify(event)}\n`).join('');
    await writeFile(join(dir, 'ledger.ndjson'), `${whole}{"seq":99,"ca`);
    expect(await readLedger(dir)).toEqual(recorder.events);
  });
});

describe('the directory of a run', () => {
  it('is one of its own, even within one second', async () => {
    const cwd = await temporaryDirectory();
    const dirs = await Promise.all([1, 2, 3].map(() => makeRunDirectory({ cwd }, NOON)));
    expect(dirs.sort()).toEqual(['', '-2', '-3'].map((end) => join(cwd, 'runs', `2026-03-02T12-00-00${end}`)));
  });

  it('is where latest leads once its reports are written', async () => {
    const cwd = await temporaryDirectory();
    for (const name of ['2026-03-02T12-00-00', '2026-03-02T12-00-00-2']) {
      const dir = await makeRunDirectory({ cwd }, NOON);
      await writeReports(dir, results([]), []);
      expect(await readlink(join(cwd, 'runs', 'latest'))).toBe(name);
    }
    expect((await readdir(join(cwd, 'runs'))).sort()).toEqual([
      '2026-03-02T12-00-00',
      '2026-03-02T12-00-00-2',
      'latest',
    ]);
  });

  it('gets no latest when it was named', async () => {
    const cwd = await temporaryDirectory();
    const dir = await makeRunDirectory({ dir: join(cwd, 'mine') });
    await writeReports(dir, results([]), []);
    expect(await readdir(cwd)).toEqual(['mine']);
  });

  it('leaves something else that is called latest alone', async () => {
    const cwd = await temporaryDirectory();
    await mkdir(join(cwd, 'latest', 'mine'), { recursive: true });
    await expect(pointLatest(join(cwd, 'run'))).rejects.toThrow(/a directory has that name\. Move it away\.$/);
    expect(await readdir(cwd)).toEqual(['latest']);
  });
});
