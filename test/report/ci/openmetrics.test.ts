import { describe, expect, it } from 'vitest';
import { openMetrics } from '../../../harness/report/ci/index.ts';
import { bigRun } from '../big-run.ts';
import { outcome, results } from '../builder.ts';

interface Family {
  readonly type: string;
  unit?: string;
  readonly samples: Map<string, number>;
}

/**
 * Reads the text format of OpenMetrics 1.0 as its ABNF has it, as far as gauges and infos go; throws where it is broken.
 * https://prometheus.io/docs/specs/om/open_metrics_spec/
 */
function parsed(text: string): Map<string, Family> {
  expect(text.endsWith('# EOF\n')).toBe(true);
  const families = new Map<string, Family>();
  let [name, family]: [string, Family | undefined] = ['', undefined];
  for (const line of text.slice(0, -'# EOF\n'.length).split('\n').slice(0, -1)) {
    const [, keyword, of = '', rest = ''] = /^# (TYPE|UNIT|HELP) ([a-z_:][a-z0-9_:]*) (.+)$/.exec(line) ?? [];
    if (keyword === 'TYPE') {
      if (families.has(of)) throw new Error(`${of} is there twice, or its samples are not together`);
      [name, family] = [of, { type: rest, samples: new Map() }];
      families.set(of, family);
    } else if (keyword === 'UNIT') {
      if (!of.endsWith(`_${rest}`) || of !== name) throw new Error(`${of} is no name for ${rest}`);
      if (family) family.unit = rest;
    } else if (keyword === undefined) {
      const [, sample, labels = '', value] =
        /^([a-z_]+)(?:\{((?:[a-z_]+="(?:[^"\\\n]|\\[\\"n])*",?)+)\})? (-?\d+(?:\.\d+)?)$/.exec(line) ?? [];
      if (sample !== (family?.type === 'info' ? `${name}_info` : name))
        throw new Error(`no sample of ${name}: ${line}`);
      if (family?.samples.has(labels)) throw new Error(`twice: ${line}`);
      family?.samples.set(labels, Number(value));
    }
  }
  return families;
}

describe('metrics.txt', () => {
  it('is OpenMetrics, for a run of every outcome and for none', () => {
    const families = parsed(openMetrics(bigRun().results));
    expect(families.get('proxyproof_cases')?.samples.get('outcome="pass"')).toBe(251);
    expect(families.get('proxyproof_unexpected')?.samples.get('')).toBe(5);
    expect(parsed(openMetrics(results([]))).size).toBe(2);
  });

  it('has every quantity of an answer in its unit, and the words beside it', () => {
    const info = (id: string, reason: string) => outcome({ id, outcome: 'info', level: 'C', reason });
    const families = parsed(
      openMetrics(
        results([
          info('git/a[zone="x"]', 'It asked again after 5 min 3 s; 12 job requests came; 36 % of them late.'),
          info('git/b', '8.0 MiB were sent {in all}.'),
          outcome({ id: 'git/c', reason: 'It waited 3 s.' }),
        ]),
      ),
    );
    const of = (name: string): number[] => [...(families.get(name)?.samples.values() ?? [])];
    expect(of('proxyproof_measured_seconds')).toEqual([300]);
    expect(of('proxyproof_measured_number')).toEqual([12]);
    expect(of('proxyproof_measured_ratio')).toEqual([0.36]);
    expect(of('proxyproof_measured_bytes')).toEqual([8 * 2 ** 20]);
    expect([...(families.get('proxyproof_measured_seconds')?.samples.keys() ?? [])][0]).toContain(
      'case="git/a[zone=\\"x\\"]"',
    );
    expect([...(families.get('proxyproof_answer')?.samples.keys() ?? [])]).toHaveLength(2);
  });

  it('does not change with what a busy machine makes of a time, and changes with what a runner does', () => {
    const run = (reason: string): string =>
      openMetrics(results([outcome({ id: 'git/a', outcome: 'info', level: 'C', reason })]));
    expect(run('It asked again after 3.02 s.')).toBe(run('It asked again after 3.31 s.'));
    expect(run('It asked again after 60.0 s.')).toBe(run('It asked again after 60.4 s.'));
    expect(run('It asked again after 3.02 s.')).not.toBe(run('It asked again after 60.0 s.'));
    expect(run('3 job requests came.')).not.toBe(run('4 job requests came.'));
  });
});
