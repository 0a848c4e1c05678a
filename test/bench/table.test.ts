import { describe, expect, it } from 'vitest';
import { withPart } from '../../bench/document.ts';
import { median, spread } from '../../bench/measure/statistics.ts';
import { table } from '../../bench/table.ts';

describe('the table of npm run bench', () => {
  it('says of each row what must be reached, what was measured, and whether that is enough', () => {
    const written = table(
      [
        { name: 'fast', what: 'ours ÷ theirs', target: '≥ 2', measured: '2.50', reached: true, notes: ['5 | 2'] },
        { name: 'slow', what: 'a world', target: '≤ 150 ms', measured: '151 ms', reached: false },
        { name: 'absent', what: 'a | b', target: '≤ 1.10', measured: 'no runner was given', reached: undefined },
      ],
      '2 cores',
    );
    expect(written.split('\n')).toEqual([
      'Machine: 2 cores.',
      '',
      '| what | must reach | measured | reached | command |',
      '| - | - | - | - | - |',
      '| ours ÷ theirs | ≥ 2 | 2.50 | yes | `npm run bench fast` |',
      '| a world | ≤ 150 ms | 151 ms | **no** | `npm run bench slow` |',
      '| a \\| b | ≤ 1.10 | no runner was given | not measured | `npm run bench absent` |',
      '',
      '- fast: 5 | 2',
      '',
    ]);
  });

  it('takes the place of the one that stood between the markers, and of nothing else', () => {
    const document = '# Speed\n<!-- bench: begin -->\nold\n<!-- bench: end -->\nAfter.\n';
    const once = withPart(document, 'bench', 'new\n');
    expect(once).toBe('# Speed\n<!-- bench: begin -->\nnew\n<!-- bench: end -->\nAfter.\n');
    expect(withPart(once, 'bench', 'new\n')).toBe(once);
    expect(() => withPart('# Speed\n', 'bench', 'new')).toThrow(/needs the lines <!-- bench: begin -->/);
    expect(() => withPart('<!-- bench: end -->\n<!-- bench: begin -->', 'bench', 'new')).toThrow(/in this order/);
  });
});

describe('statistics of the rounds', () => {
  it('takes the middle, whatever the order', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([7])).toBe(7);
    expect(() => median([])).toThrow(/no round was measured/);
    expect(spread([0.5, 2, 1])).toBe('0.50–2.00');
  });
});
