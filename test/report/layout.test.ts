import { describe, expect, it } from 'vitest';
import { layoutOf } from '../../harness/report/picture/index.ts';
import { REPORT_DENSITY } from '../../harness/report/picture/scale.ts';
import { Recorder, type Story } from './builder.ts';
import { bypass, fiveMinutes, tooEarly, tunnel } from './stories.ts';

const POLL = { kind: 'job' } as const;
const NOTHING = { status: 204, reason: 'No Content' };

function story(): Story {
  return new Recorder().story('rate-limit/herd').begin();
}

function eventsOf(tell: (recorder: Recorder) => unknown) {
  const recorder = new Recorder();
  tell(recorder);
  return recorder.events;
}

describe('the layout of a sequence picture', () => {
  it('draws every wait to one scale', () => {
    const told = story();
    told.at(100).forwarded(POLL, { status: 429 });
    told.at(3103).forwarded(POLL, { status: 429 });
    told.at(33_106).forwarded(POLL, NOTHING);
    told.end(33_200);
    const { waits, pixelsPerSecond } = layoutOf(told.events);
    expect(waits.map((wait) => wait.label)).toEqual(['waited 3.0 s', 'waited 30.0 s']);
    for (const wait of waits) expect(wait.height).toBeCloseTo((wait.ms / 1000) * pixelsPerSecond, 3);
    expect((waits[1]?.height ?? 0) / (waits[0]?.height ?? 1)).toBeCloseTo(10, 1);
  });

  it('never lets rows stand on one another, nor silence look shorter than it was', () => {
    const { rows, pixelsPerSecond } = layoutOf(eventsOf(tooEarly));
    const solid = rows.filter(({ row }) => row.kind !== 'mark');
    solid.slice(1).forEach(({ row, y }, index) => {
      const before = solid[index];
      expect(y - (before?.y ?? 0)).toBeGreaterThanOrEqual(row.kind === 'arrow' ? 24 : 15);
    });
    const arrows = rows.filter(({ row }) => row.kind === 'arrow');
    arrows.slice(1).forEach(({ row, y }, index) => {
      const before = arrows[index];
      if (!before) return;
      expect(y - before.y).toBeGreaterThanOrEqual(((row.t - before.row.t) / 1000) * pixelsPerSecond - 0.001);
    });
  });

  it('marks the stated reset time where it lies', () => {
    const { rows } = layoutOf(eventsOf(tooEarly));
    const mark = rows.findIndex(({ row }) => row.kind === 'mark');
    expect(rows[mark]?.row).toMatchObject({ t: 3413, label: 'stated reset time' });
    expect(rows[mark - 1]?.row.t).toBeLessThan(3413);
    expect(rows[mark + 1]?.row.t).toBeGreaterThan(3413);
    const labels = rows.map(({ row }) => row.label);
    expect(labels).toContain('429 · RateLimit-ResetTime +3 s');
  });

  it('breaks a wait that would be too long, and says its true length', () => {
    const told = story();
    told.at(100).forwarded(POLL, NOTHING);
    told.at(1200).forwarded(POLL, { status: 429 });
    told.at(1200 + 7_200_000).forwarded(POLL, NOTHING);
    told.end(7_201_300);
    const { waits, height } = layoutOf(told.events);
    const long = waits.find((wait) => wait.ms > 7_000_000);
    expect(long).toMatchObject({ broken: true, height: REPORT_DENSITY.waits.broken, label: 'waited 120 min 0 s' });
    expect(waits.filter((wait) => !wait.broken).length).toBeGreaterThan(0);
    expect(height).toBeLessThan(1500);
  });

  it('keeps five minutes of fallbacks unbroken', () => {
    const { waits } = layoutOf(eventsOf(fiveMinutes));
    expect(waits.filter((wait) => wait.label === 'waited 60.0 s')).toHaveLength(5);
    expect(waits.every((wait) => !wait.broken)).toBe(true);
  });

  it('tells a held answer from a wait of the subject', () => {
    const { waits } = layoutOf(eventsOf(tunnel));
    expect(waits).toEqual([expect.objectContaining({ who: 'answer', label: 'no answer for 50.0 s' })]);
  });

  it('gives the wait for one request a lane of its own when others go on meanwhile', () => {
    const told = story();
    const update = { kind: 'update', method: 'PUT', path: '/api/v4/jobs/1' } as const;
    told.at(0).forwarded(update, { status: 429 });
    for (let t = 1000; t <= 9000; t += 1000) told.at(t).forwarded(POLL, { status: 503 });
    told.at(10_000).forwarded(update, { status: 200 });
    const { waits } = layoutOf(told.events);
    const long = waits.find((wait) => wait.ms > 9000);
    expect(long?.label).toBe('waited 10.0 s');
    const beside = waits.filter((wait) => wait !== long && wait.lane === long?.lane);
    for (const each of beside) {
      const apart = each.y + each.height <= (long?.y ?? 0) + 1 || each.y >= (long?.y ?? 0) + (long?.height ?? 0) - 1;
      expect(apart).toBe(true);
    }
  });

  it('draws a request inside a tunnel from the subject, and a forwarded one from the proxy', () => {
    const inside = layoutOf(eventsOf(tunnel)).rows.flatMap(({ row }) => (row.kind === 'arrow' ? [row] : []));
    expect(inside.find((row) => row.label.startsWith('POST'))).toMatchObject({ from: 'subject', to: 'gitlab' });
    const plain = layoutOf(eventsOf(tooEarly)).rows.flatMap(({ row }) => (row.kind === 'arrow' ? [row] : []));
    expect(plain.slice(0, 4).map((row) => `${row.from}→${row.to}`)).toEqual([
      'subject→proxy',
      'proxy→gitlab',
      'gitlab→proxy',
      'proxy→subject',
    ]);
  });

  it('has bars for tunnels and faults, and a lifeline for the tripwire only when it was hit', () => {
    const withTunnel = layoutOf(eventsOf(tunnel));
    expect(withTunnel.spans).toEqual([
      expect.objectContaining({ kind: 'tunnel', at: 'proxy', label: 'tunnel to gitlab.test:8443' }),
    ]);
    expect(withTunnel.lifelines).toEqual(['subject', 'proxy', 'gitlab']);
    const bypassed = layoutOf(eventsOf(bypass));
    expect(bypassed.lifelines).toEqual(['subject', 'proxy', 'gitlab', 'tripwire']);
    const fault = bypassed.spans.find((span) => span.kind === 'fault');
    const hit = bypassed.rows.find(({ row }) => row.kind === 'arrow' && row.to === 'tripwire');
    expect(fault?.y).toBeLessThan(hit?.y ?? 0);
    expect((fault?.y ?? 0) + (fault?.height ?? 0)).toBeGreaterThan(hit?.y ?? 0);
  });

  it('folds a flood of log lines', () => {
    const told = story();
    for (let line = 0; line < 500; line++) told.at(line).log(`line ${line}`);
    const { rows } = layoutOf(told.events);
    expect(rows.length).toBeLessThan(12);
    expect(rows.map(({ row }) => row.label)).toContain('… 493 more log lines');
  });

  it('draws no more rows than it is told to, and counts the rest', () => {
    const { rows, hidden } = layoutOf(eventsOf(fiveMinutes), 10);
    expect(rows).toHaveLength(10);
    expect(hidden).toBe(layoutOf(eventsOf(fiveMinutes)).rows.length - 10);
  });

  it('makes something of no events at all', () => {
    expect(layoutOf([]).rows).toEqual([]);
  });
});
