import { describe, expect, it } from 'vitest';
import { isShown } from '../../../harness/kit/index.ts';

describe('a line of a log', () => {
  it.each([
    '{"level":"warning","msg":"Checking for jobs... failed","status":"429 Too Many Requests"}',
    'time="2026-11-28T13:00:00Z" level=error msg="Appending trace to coordinator... failed" code=429',
    '\u001b[0;33mWARNING: Checking for jobs... failed\u001b[0;m  status=429',
    'Appending trace to coordinator... failed: 429, see --debug',
  ])('is shown by default: %s', (line) => {
    expect(isShown(line)).toBe(true);
  });

  it.each([
    '{"msg":"Checking for jobs... failed","level":"debug","status":"429 Too Many Requests"}',
    'time="2026-11-28T13:00:00Z" level=debug msg="Checking for jobs... failed" code=429',
    '\u001b[0;37mDEBUG\u001b[0;m: Checking for jobs... failed  status=429',
  ])('is for debugging alone: %s', (line) => {
    expect(isShown(line)).toBe(false);
  });
});
