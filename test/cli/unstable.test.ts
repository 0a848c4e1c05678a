import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readResults } from '../../harness/report/index.ts';
import { put, scratch, tool } from './_tool.ts';

/** A scenario that one repetition fails. */
const FLAKY = `export default {
  id: 'team/flaky', asks: '?', explains: '', mutants: [],
  requires: { level: 'R', cites: 'our handbook', holds: 'It works.' },
  abilities: () => [],
  world: () => ({}),
  act: async () => {},
  judge: (_, { axes }) => [
    { verdict: axes.repeat === '2' ? 'fails' : 'holds', expected: 'it works', observed: 'it went as it went', evidence: [] },
  ],
};`;

test('--repeat reports what came out otherwise, with both records, and the run is not green', async () => {
  await using place = await scratch();
  await put(join(place.dir, 'own/flaky.mjs'), FLAKY);
  const repeated = ['--repeat', '3', '--report', 'run', '--write-expect', 'known.yaml'];
  const { code, out, err } = await tool(place.dir, 'run', 'team/flaky', '--scenarios', 'own', ...repeated);
  expect(out).toContain('Unstable (1)\nteam/flaky: 2 × pass, 1 × fail\n✓ team/flaky[repeat=1]: it went as it went.');
  expect(out).toContain('\n✗ team/flaky[repeat=2]: Expected: it works. Observed: it went as it went.\n');
  expect(out.replace(/\s+/g, ' ')).toContain('1 case is unstable: repeated, it came out otherwise.');
  expect(err).toContain('it leaves out what nobody can expect');
  expect(code).toBe(1);
  expect((await readResults(join(place.dir, 'run'))).unstable).toMatchObject([
    { id: 'team/flaky', differs: 'outcome' },
  ]);
});
