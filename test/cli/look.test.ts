import { expect, test } from 'vitest';
import { QUICK, ROOT, tool } from './_tool.ts';

test('list has every scenario with level, place to run and citation', async () => {
  const { code, out } = await tool(ROOT, 'list');
  expect(code).toBe(0);
  const lines = out.trimEnd().split('\n');
  const [, scenarios] = /^(\d+) scenarios, \d+ cases under profile 14\.10/.exec(lines.at(-1) ?? '') ?? [];
  expect(lines).toHaveLength(Number(scenarios) + 1);
  for (const line of lines.slice(0, -1)) {
    expect(line).toMatch(/^[ROC] {2}[a-z-]+\/[a-z0-9-]+ +(runs here|needs .+?) {2}.*GitLab Runner 14\.10, .+“.+”$/);
  }
});

test('list --cases has every case, and the citation of the profile asked for', async () => {
  const { out } = await tool(ROOT, 'list', QUICK, '--cases', '--profile', '18.3');
  expect(out).toMatch(
    new RegExp(
      `^R {2}${QUICK}\\[body=json\\] .*GitLab Runner 18\\.3`.replace('[body', '\\[body').replace('\\\\[', '\\['),
      'm',
    ),
  );
});

test('show says requirement, arrangement, axes, control and mutants', async () => {
  const { code, out } = await tool(ROOT, 'show', 'polling/through-proxy');
  expect(code).toBe(0);
  for (const part of [
    'Profile 14.10: required',
    'Profile 18.3: required',
    'What it sets up, and how it judges',
    'Axes',
  ])
    expect(out).toContain(part);
  expect(out).toMatch(/Control\n {2}Without the proxy variables, it does not pass\./);
  expect(out).toMatch(/Mutants of the reference runner that fail it\n {2}[a-z-]+: [A-Z].*\./);
});

test('show says which faults of peers a scenario notices', async () => {
  const { out } = await tool(ROOT, 'show', 'cntlm/listens-on-docker0');
  expect(out).toContain(
    'Faults of peers with which it does not pass\n  cntlm-listens-everywhere: cntlm listens on every',
  );
});

test('show takes the id of a case too', async () => {
  expect((await tool(ROOT, 'show', `${QUICK}[body=json]`)).out).toContain(QUICK);
});

test('doctor says what is here and what that costs', async () => {
  const { code, out } = await tool(ROOT, 'doctor');
  expect(code).toBe(0);
  for (const program of ['git', 'git-lfs', 'squid'])
    expect(out).toMatch(new RegExp(`^(here|missing) +${program}:`, 'm'));
  expect(out).toMatch(/^(here|missing) +network namespaces/m);
});
