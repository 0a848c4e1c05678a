import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { simulatedClock } from '../../harness/clock/index.ts';
import { createProgress } from '../../harness/report/terminal/index.ts';
import { cutColumns, labelled, pad, wrap } from '../../harness/report/terminal/text.ts';

const WIDE = '代理服务器 拒绝了 这个请求 因为 凭据 不对 '.repeat(8);

describe('a text in columns of a terminal', () => {
  it('is wrapped by what it takes, not by how many characters it has', () => {
    const lines = wrap(WIDE, 40);
    expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(40);
    expect(lines.join(' ')).toBe(WIDE.trim());
    expect(wrap('e\u0301'.repeat(40), 40)).toHaveLength(1);
  });

  it('breaks words that have no spaces, and is one line when it is empty', () => {
    expect(wrap('x'.repeat(50), 20)).toEqual(['x'.repeat(20), 'x'.repeat(20), 'x'.repeat(10)]);
    expect(wrap(' a\n b\t', 40)).toEqual(['a b']);
    expect(wrap('', 40)).toEqual(['']);
  });

  it('is cut and filled up by columns, and never inside a character', () => {
    expect(cutColumns('代理服务器', 10)).toBe('代理服务器');
    expect(cutColumns('代理服务器', 8)).toBe('代理服…');
    expect(cutColumns('ne\u0301e', 2)).toBe('n…');
    expect(cutColumns('👩‍👩‍👧x', 3)).toBe('👩‍👩‍👧x');
    expect(pad('代理', 6)).toBe('代理  ');
    expect(labelled('代理', 'x', { width: 80 })).toEqual([`  代理${' '.repeat(9)}x`]);
  });

  it('keeps a line of the progress in one line', async () => {
    const clock = simulatedClock(1_000_000);
    const written: string[] = [];
    const stream = { isTTY: true, columns: 60, rows: 24, write: (text: string) => written.push(text) };
    const progress = createProgress(stream, 1, { clock });
    progress.started({ id: 'polling/one' });
    progress.waiting({ id: 'polling/one' }, WIDE, 1_060_000);
    await clock.sleep(150);
    progress.stop();
    const lines = written.join('').split('\n');
    expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThan(60);
    expect(lines.join('\n')).toContain('60 s left');
  });
});
