import { describe, expect, it } from 'vitest';
import { matchesCase } from '../../harness/conformance/glob.ts';
import { shortestPatterns } from '../../harness/conformance/shortest-patterns.ts';
import { randomNumbers, SEED, SEEDED } from '../fuzz.ts';

const cases = (...ids: string[]) => ids.map((id) => ({ id }));

/** What some patterns mean, as the command line takes them. */
const meant = (patterns: readonly string[], ids: readonly string[]): string[] =>
  ids.filter((id) => patterns.some((each) => matchesCase(each, { id, scenario: { id: id.replace(/\[.*$/, '') } })));

/** A scenario with three axes, of which two have a default. */
const RETRY = ['', '[request=trace]', '[request=update]'].flatMap((request) =>
  ['[body=json]', '[body=text]'].flatMap((body) => ['', '[proxy=squid]'].map((proxy) => request + body + proxy)),
);
const ALL = [
  ...RETRY.map((axes) => `rate-limit/retry-after${axes}`),
  'rate-limit/retry-after-zero[body=json]',
  'rate-limit/herd',
  'polling/through-proxy',
  'polling/through-proxy[proxy=squid]',
  'polling/through-proxy[scheme=https]',
  'polling/through-proxy[scheme=https][proxy=squid]',
];

describe('the shortest patterns', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['of nothing are none', [], []],
    ['of everything are one', ALL, ['**']],
    ['of a family are one', ALL.filter((id) => id.startsWith('rate-limit/')), ['rate-limit/*']],
    ['of a scenario are its id', ALL.filter((id) => /retry-after(\[|$)/.test(id)), ['rate-limit/retry-after']],
    ['of a case that is the only one of its scenario are the scenario', ['rate-limit/herd'], ['rate-limit/herd']],
    ['of a case with every axis at its default end in []', ['polling/through-proxy'], ['polling/through-proxy[]']],
    ['of a case are its id', ['rate-limit/retry-after[body=json]'], ['rate-limit/retry-after[body=json]']],
    [
      'of all cases but that with defaults have any axis',
      ALL.filter((id) => id.startsWith('polling/through-proxy[')),
      ['polling/through-proxy[*'],
    ],
    [
      'of a value have it between wildcards, and mean no scenario with a longer name',
      ALL.filter((id) => /retry-after\[.*body=json/.test(id) || id.includes('retry-after[body=json]')),
      ['rate-limit/retry-after[*body=json]*'],
    ],
    ['of one value everywhere are one', ALL.filter((id) => id.includes('[proxy=squid]')), ['**[proxy=squid]']],
    [
      'leave what is not chosen in between',
      ['rate-limit/retry-after[request=trace][body=json]', 'rate-limit/retry-after[request=update][body=json]'],
      ['rate-limit/retry-after[request=*][body=json]'],
    ],
  ])('%s', (_, chosen, patterns) => {
    expect(meant(patterns, ALL)).toEqual([...chosen]);
    expect(shortestPatterns(cases(...chosen), cases(...ALL))).toEqual(patterns);
  });

  it('take a value with a slash or a wildcard in it as it is', () => {
    const all = ['tls/a[zone=Asia/Tokyo]', 'tls/a[zone=Asia/Tokyo][b=1]', 'tls/a[zone=*]', 'tls/a[zone=UTC]'];
    expect(shortestPatterns(cases(...all.slice(0, 2)), cases(...all))).toEqual(['tls/a[zone=Asia/Tokyo]*']);
    expect(shortestPatterns(cases('tls/a[zone=UTC]'), cases(...all))).toEqual(['tls/a[zone=UTC]']);
    expect(shortestPatterns(cases(...all), cases(...all))).toEqual(['tls/a']);
    expect(() => shortestPatterns(cases('tls/a[zone=*]'), cases(...all))).toThrow(/tls\/a\[zone=\*\] alone/);
  });

  it('mean exactly what was chosen, and are as few as any of the same kind', () => {
    const random = randomNumbers(SEED);
    for (let round = 0; round < 150; round++) {
      const ids = someIds(random);
      const chosen = ids.filter(() => random(100) < 45);
      const patterns = shortestPatterns(cases(...chosen), cases(...ids));
      expect(meant(patterns, ids), SEEDED).toEqual(chosen);
      const fewest = bruteForce(chosen, ids);
      expect(patterns.length, `${SEEDED} ${ids} → ${chosen}: ${patterns}`).toBeLessThanOrEqual(fewest);
    }
  });

  it('of a large run are found in a moment', () => {
    const random = randomNumbers(SEED);
    const ids = Array.from({ length: 10 }, (_, scenario) =>
      [0, 1, 2, 3].flatMap((a) =>
        [0, 1, 2].flatMap((b) =>
          [0, 1, 2].flatMap((c) =>
            [0, 1, 2].map((d) => `f/s${scenario}${term('a', a)}${term('b', b)}${term('c', c)}${term('d', d)}`),
          ),
        ),
      ),
    ).flat();
    const chosen = ids.filter(() => random(2) === 0);
    const from = performance.now();
    expect(meant(shortestPatterns(cases(...chosen), cases(...ids)), ids)).toEqual(chosen);
    expect(performance.now() - from).toBeLessThan(10_000);
  });
});

const term = (axis: string, value: number): string => (value === 0 ? '' : `[${axis}=${value}]`);

/** Two scenarios, one of whose names begins with the other's, with a few cases each. */
function someIds(random: (below: number) => number): string[] {
  const all = ['f/s', 'f/s-t'].flatMap((scenario) =>
    [0, 1, 2].flatMap((a) =>
      [0, 1].flatMap((b) => [0, 1].map((c) => scenario + term('a', a) + term('b', b) + term('c', c))),
    ),
  );
  return all.filter(() => random(100) < 40).slice(0, 9);
}

/** How few patterns do, by trying: every sequence of values, wildcards and nothing, for each axis. */
function bruteForce(chosen: readonly string[], ids: readonly string[]): number {
  const others = new Set(ids.filter((id) => !chosen.includes(id)));
  const parts = ['a', 'b', 'c'].map((axis) => ['', '*', `[${axis}=1]`, `[${axis}=2]`, `[${axis}=*]`]);
  const tails = parts.reduce((before, own) => before.flatMap((tail) => own.map((part) => tail + part)), ['']);
  const heads = ['f/s', 'f/s-t', 'f/*', '**'];
  const sets = new Set(
    heads
      .flatMap((head) => ['', '[]', '[*', ...tails].map((tail) => meant([head + tail], ids)))
      .filter((set) => set.length > 0 && !set.some((id) => others.has(id)))
      .map((set) => set.reduce((bits, id) => bits | (1 << chosen.indexOf(id)), 0)),
  );
  const all = (1 << chosen.length) - 1;
  let reached = new Set([0]);
  for (let count = 0; ; count++) {
    if (reached.has(all)) return count;
    reached = new Set([...reached].flatMap((bits) => [...sets].map((set) => bits | set)));
  }
}
