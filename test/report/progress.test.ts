import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { simulatedClock } from '../../harness/clock/index.ts';
import { createProgress, type ProgressStream } from '../../harness/report/terminal/index.ts';
import { outcome } from './builder.ts';

function screen(isTTY: boolean, columns = 80, rows = 24): ProgressStream & { written: string[]; all(): string } {
  const written: string[] = [];
  return { isTTY, columns, rows, written, write: (text: string) => written.push(text), all: () => written.join('') };
}

const ESCAPE = '\u001b';

describe('progress on a terminal', () => {
  it('shows what runs, what it waits for, and counts down', async () => {
    const clock = simulatedClock(1_000_000);
    const stream = screen(true);
    const progress = createProgress(stream, 3, { clock });
    progress.started({ id: 'rate-limit/reset-time-invalid' });
    progress.started({ id: 'polling/proxy-down' });
    progress.waiting({ id: 'rate-limit/reset-time-invalid' }, 'the same request again', 1_060_000);
    await clock.sleep(250);
    expect(stripVTControlCharacters(stream.all())).toContain('0/3 done, 2 running');
    expect(stripVTControlCharacters(stream.all())).toContain(
      'rate-limit/reset-time-invalid  waits for the same request again, 60 s left',
    );
    await clock.sleep(10_000);
    expect(stripVTControlCharacters(stream.all())).toContain('waits for the same request again, 50 s left');
    progress.finished(outcome({ id: 'polling/proxy-down', outcome: 'fail', reason: 'It went direct.' }));
    await clock.sleep(250);
    const last = stripVTControlCharacters(stream.written.at(-1) ?? '');
    expect(last).toContain('1/3 done, 1 running, 10 s   ✗ 1 fail');
    expect(last).toContain('✗ polling/proxy-down: It went direct.');
    progress.stop();
  });

  it('counts a case once, by its last outcome, when an error comes after its end', async () => {
    const clock = simulatedClock();
    const stream = screen(true);
    const progress = createProgress(stream, 2, { clock });
    progress.finished(outcome({ id: 'a/one' }));
    await clock.sleep(150);
    expect(stripVTControlCharacters(stream.written.at(-1) ?? '')).toContain('1/2 done, 0 running, 0 s   ✓ 1 pass\n');
    progress.changed(outcome({ id: 'a/one', outcome: 'error', reason: 'An error was not caught: late.' }));
    await clock.sleep(150);
    const last = stripVTControlCharacters(stream.written.at(-1) ?? '');
    expect(last).toContain('1/2 done, 0 running, 0 s   E 1 error\n');
    expect(last).toContain('E a/one: An error was not caught: late.');
    progress.stop();
  });

  it('draws at most ten times a second, and not at all when nothing changed', async () => {
    const clock = simulatedClock();
    const stream = screen(true);
    const progress = createProgress(stream, 1000, { clock });
    await clock.sleep(150);
    const before = stream.written.length;
    for (let index = 0; index < 200; index++) {
      progress.started({ id: `a/${index}` });
      await clock.sleep(5);
    }
    expect(stream.written.length - before).toBeLessThanOrEqual(11);
    for (let index = 0; index < 200; index++) progress.finished(outcome({ id: `a/${index}` }));
    await clock.sleep(300);
    const settled = stream.written.length;
    await clock.sleep(600);
    expect(stream.written.length - settled).toBeLessThanOrEqual(1);
    progress.stop();
  });

  it('redraws in place, leaves the screen clean and gives the cursor back', async () => {
    const clock = simulatedClock();
    const stream = screen(true);
    const progress = createProgress(stream, 2, { clock });
    progress.started({ id: 'a/one' });
    await clock.sleep(150);
    progress.started({ id: 'a/two' });
    await clock.sleep(150);
    expect(stream.written[0]).toBe(`${ESCAPE}[?25l`);
    expect(stream.written.at(-1)).toMatch(new RegExp(`^${ESCAPE}\\[2A${ESCAPE}\\[0J`));
    progress.stop();
    expect(stream.written.at(-1)).toBe(`${ESCAPE}[3A${ESCAPE}[0J${ESCAPE}[?25h`);
    const count = stream.written.length;
    progress.stop();
    await clock.sleep(500);
    expect(stream.written.length).toBe(count);
  });

  it('fits any terminal: no line wraps, no more rows than there are, and the countdown is kept', async () => {
    const clock = simulatedClock(0);
    const stream = screen(true, 50, 10);
    const progress = createProgress(stream, 40, { clock });
    for (let index = 0; index < 40; index++) {
      progress.started({ id: `rate-limit/a-rather-long-name-of-a-scenario[request=${index}]` });
      progress.waiting({ id: `rate-limit/a-rather-long-name-of-a-scenario[request=${index}]` }, 'something', 30_000);
    }
    await clock.sleep(150);
    const lines = stripVTControlCharacters(stream.written.at(-1) ?? '')
      .trimEnd()
      .split('\n');
    expect(lines.length).toBeLessThan(10);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(50);
    expect(lines[1]).toMatch(/… 30 s left$/);
    expect(lines.at(-1)).toBe('  … and 33 more');
    progress.stop();
  });
});

describe('progress without a terminal', () => {
  it('prints a line for each finished case and nothing else', () => {
    const stream = screen(false);
    const progress = createProgress(stream, 12);
    progress.started({ id: 'git/lfs' });
    progress.waiting({ id: 'git/lfs' }, 'a clone');
    progress.finished(outcome({ id: 'git/lfs' }));
    progress.finished(outcome({ id: 'git/large', outcome: 'skip', reason: 'git is absent', durationMs: 0 }));
    progress.stop();
    expect(stream.written).toEqual([
      ' 1/12 pass    git/lfs (3.1 s)\n',
      ' 2/12 skip    git/large (0.000 s): git is absent\n',
    ]);
  });

  it('prints of many cases what went wrong, and now and then how far it is; or every one', () => {
    const tell = (everyCase: boolean): readonly string[] => {
      const stream = screen(false);
      const progress = createProgress(stream, 200, { everyCase });
      for (let nth = 1; nth <= 200; nth++) {
        const known = { expected: 'fail', expectation: { outcome: 'fail', reason: 'known' } } as const;
        const failed = nth === 7 || nth === 8;
        progress.finished(
          outcome({
            id: `git/${nth}`,
            outcome: failed ? 'fail' : 'pass',
            reason: 'It broke.',
            ...(nth === 8 ? known : {}),
          }),
        );
      }
      return stream.written;
    };
    const lines = tell(false);
    expect(lines).toHaveLength(21);
    expect(lines.slice(0, 2)).toEqual(['  7/200 fail    git/7 (3.1 s): It broke.\n', ' 10/200 ✓ 8 pass  ✗ 2 fail\n']);
    expect(lines.at(-1)).toBe('200/200 ✓ 198 pass  ✗ 2 fail\n');
    expect(tell(true)).toHaveLength(200);
  });

  it('says so when an error changes an outcome, and counts no case twice', () => {
    const stream = screen(false);
    const progress = createProgress(stream, 2);
    progress.finished(outcome({ id: 'git/lfs' }));
    progress.changed(outcome({ id: 'git/lfs', outcome: 'error', reason: 'An error was not caught: late.' }));
    progress.finished(outcome({ id: 'git/large' }));
    expect(stream.written).toEqual([
      '1/2 pass    git/lfs (3.1 s)\n',
      'changed to error   git/lfs (3.1 s): An error was not caught: late.\n',
      '2/2 pass    git/large (3.1 s)\n',
    ]);
  });
});
