import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { laidOut } from '../../../harness/serve/page/browser/exchange-panel.ts';
import { jobOf } from '../../../harness/serve/page/browser/job-form.ts';
import { readPlan } from '../../../harness/serve/page/browser/plans.ts';
import { labPage } from '../../../harness/serve/page/index.ts';

it('runs its own script and no other, and talks to nobody but the lab', () => {
  const { html, headers } = labPage();
  const [, script = ''] = /<script>([\s\S]*)<\/script>/.exec(html) ?? [];
  const hash = createHash('sha256').update(script).digest('base64');
  const policy = headers['Content-Security-Policy'] ?? '';
  expect(policy).toContain(`script-src 'sha256-${hash}';`);
  for (const rule of ["default-src 'none'", "connect-src 'self'", "frame-ancestors 'none'", "form-action 'none'"]) {
    expect(policy).toContain(rule);
  }
  expect(policy).not.toContain('unsafe');
  expect(headers['Referrer-Policy']).toBe('no-referrer');
  expect(headers['X-Content-Type-Options']).toBe('nosniff');
  const shell = html.replace(script, '');
  expect(shell).not.toMatch(/\son[a-z]+=|\sstyle=|javascript:/);
  expect(shell).not.toMatch(/(?:src|href)="https?:/);
});

it('makes a job of what a form says', () => {
  const form = (written: Readonly<Record<string, string>>) => jobOf((name) => written[name] ?? '');
  expect(form({ script: 'echo a\r\n\n  echo b' })).toEqual({ script: ['echo a', '  echo b'] });
  expect(form({ script: 'true', image: ' alpine ', repository: 'group/project', variables: 'A=b=c\nD=' })).toEqual({
    script: ['true'],
    image: 'alpine',
    repository: 'group/project',
    variables: { A: 'b=c', D: '' },
  });
  expect(() => form({ script: ' ' })).toThrow('A job needs a script');
  expect(() => form({ script: 'true', variables: 'A' })).toThrow('This one is not: A');
});

it('takes a plan only as a list', () => {
  expect(readPlan('[{"on":"job"}]')).toEqual([{ on: 'job' }]);
  expect(() => readPlan('{}')).toThrow('begin with [');
  expect(() => readPlan('[')).toThrow('The plan is not JSON');
});

it('gives JSON lines where that changes nothing else of it', () => {
  expect(laidOut('{"a":[1]}')).toBe('{\n  "a": [\n    1\n  ]\n}');
  for (const text of ['{"a":12345678901234567890}', '{"a":1,"a":2}', '{ "a": 1 }', '{"a":', 'a=b']) {
    expect(laidOut(text)).toBe(text);
  }
  expect(laidOut(undefined)).toBe('The record has only its digest.');
});
