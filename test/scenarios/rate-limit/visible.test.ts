import { describe, expect, it } from 'vitest';
import { warnsOfLimit } from '../../../harness/kit/index.ts';

describe('a line that warns of a limit', () => {
  it.each([
    '{"level":"warning","msg":"Waiting before making the next call","status":"429 Too Many Requests"}',
    'time="2026-11-27" level=warning msg="rate limited, sleeping" duration=3s',
    '\u001b[0;33mWARNING: Sleeping due to rate limit         \u001b[0;m duration=3s',
    '2026-11-27 18:26:01,200 WARNING got 429, will try again',
    'ERROR: Appending trace to coordinator... failed code=429',
  ])('%s', (line) => expect(warnsOfLimit(line)).toBe(true));

  it.each([
    '{"level":"info","msg":"Sleeping due to rate limit"}',
    'Sleeping due to rate limit                          context=ratelimit duration=3s',
    'WARNING: Checking for jobs... failed status=500 time=18:26:01.429',
    '{"level":"warning","msg":"Checking for jobs... failed"}',
  ])('but not %s', (line) => expect(warnsOfLimit(line)).toBe(false));
});
