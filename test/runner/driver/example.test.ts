import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ABILITIES, abilityNames } from '../../../harness/runner/driver/abilities.ts';
import { ROOT, scratch, tool } from '../../cli/_tool.ts';

const hasPython = ((): boolean => {
  try {
    execFileSync('python3', ['-c', 'import urllib.request'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();
const EXAMPLE = join(ROOT, 'docs/examples/driver.py');

describe('docs/drivers.md', () => {
  it('explains every ability that a driver may name', async () => {
    const page = await readFile(join(ROOT, 'docs/drivers.md'), 'utf8');
    for (const each of abilityNames) expect(page).toContain(`| \`${each}\` | ${ABILITIES[each]} |`);
  });

  it('has an example of no more than 60 lines', async () => {
    expect((await readFile(EXAMPLE, 'utf8')).trim().split('\n').length).toBeLessThanOrEqual(60);
  });
});

describe('the example', () => {
  it.skipIf(!hasPython)('drives a runner through cases [python3]', { timeout: 120_000 }, async () => {
    await using at = await scratch();
    const cases = [
      'polling/authenticates[credentials=plain][during=job][proxy=basic]',
      'rate-limit/reset-time-valid[request=trace][body=empty]',
    ];
    const { out, err } = await tool(at.dir, 'run', ...cases, '--runner', EXAMPLE, '--report', 'report');
    const { subject, outcomes } = JSON.parse(await readFile(join(at.dir, 'report/results.json'), 'utf8'));
    expect(subject).toEqual({ kind: 'driver', name: 'tiny-runner', version: '1.0.0', path: EXAMPLE });
    const passed = outcomes.filter(({ outcome }: { outcome: string }) => outcome === 'pass');
    expect(
      passed.map(({ id }: { id: string }) => id),
      out + err,
    ).toEqual(expect.arrayContaining(cases));
    expect(out).toContain('tiny-runner 1.0.0');
  });
});
