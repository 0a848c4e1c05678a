import { describe, expect, it } from 'vitest';
import { NAMES_LIMIT } from '../../../harness/kit/index.ts';

describe('a line that names the status 429', () => {
  it.each([
    'Checking for jobs... failed status=429 Too Many Requests',
    '{"level":"warning","code":429,"msg":"failed"}',
    '{"level":"warning","msg":"HTTP 429"}',
    'got (429), giving up',
    'status=429',
    'error: 429: slow down',
    'the server said: Too many requests',
  ])('%s', (line) => expect(line).toMatch(NAMES_LIMIT));

  it.each([
    '{"level":"info","msg":"Checking for jobs... nothing","time":"2026-11-27T18:26:01.429Z"}',
    '2026-11-27 18:26:01,429 INFO polling',
    'duration=0.429s',
    'took 429ms',
    'took 429 ms',
    'sent 429 bytes',
    'job=4290 runner=x-429-y',
    'listening on 10.0.0.1:42900',
  ])('but not %s', (line) => expect(line).not.toMatch(NAMES_LIMIT));
});
