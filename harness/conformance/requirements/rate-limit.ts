import { family } from './family.ts';
import type { Requirement } from './requirement.ts';

const requirement = family('rate-limit', {
  '14.10': 'Handling rate limited requests',
  '18.3': 'Handling rate limited requests (Rate limits)',
});

/** What the page promises about a 429. What holds for one request kind, body and connection must hold for all. */
export const rateLimitRequirements: readonly Requirement[] = [
  requirement(
    'reset-time-valid',
    'R',
    'It waits until the stated time, then issues the same request again, with the same body.',
  ),
  requirement(
    'reset-time-valid-then-ok',
    'R',
    'The request after the wait succeeds and its answer is used (a job handed out then is run).',
  ),
  requirement('reset-time-invalid', 'R', {
    '14.10': 'When the header is present but is no valid date, it waits 1 minute, then issues the request again.',
    '18.3': 'When the header is no valid date, it falls to Retry-After, else to the default back-off.',
  }),
  requirement('reset-time-absent', 'R', {
    '14.10': 'Without the header no further action is taken: one request, and the error is reported.',
    '18.3': 'Without the header it falls to Retry-After, else to the default back-off, and issues the request again.',
  }),
  requirement(
    'retry-after',
    { '14.10': 'C', '18.3': 'R' },
    {
      '14.10': 'Retry-After alone: not described by this version of the page.',
      '18.3': 'It waits as many seconds as Retry-After says, then issues the request again.',
    },
  ),
  requirement('gives-up-after-five', 'R', {
    '14.10': 'The process is repeated 5 times, then the error "gave up due to rate limit" is returned.',
    '18.3': 'It retries up to 5 times, then the error of the final response is logged.',
  }),
  requirement('header-case', 'R', 'Any letter case of the header name works.'),
  requirement(
    'precedence',
    'R',
    'A valid reset time goes before RateLimit-Reset and Retry-After, whatever the others say.',
  ),
  requirement(
    'next-episode',
    'R',
    'A limit minutes after another is treated like the first, in the same process, after a success and after a call that gave up; other kinds of request are not held up by it for good.',
  ),
  requirement(
    'several-waits',
    'R',
    'Of several 429s in one call each states its own time, and each is waited for; the answer after the last is used.',
  ),
  requirement(
    'limit-is-visible',
    'O',
    'A log line at warning level or above, or a metric, says that a 429 was met, even when a later try succeeds.',
  ),
  requirement('reset-time-in-past', 'C', 'What it does with a time already past: how fast, how often.'),
  requirement('date-formats', 'C', 'Which spellings of a date it takes.'),
  requirement('reset-time-far', 'O', 'Hours ahead: it stays quiet meanwhile and stops cleanly when told to.'),
  requirement(
    'through-proxy',
    'R',
    'The header survives the proxy, and all of the rate-limit rules hold with the proxy in between.',
  ),
  requirement('proxy-answers-429', 'C', 'A 429 made by the proxy itself, on a forwarded request and on CONNECT.'),
  requirement(
    'other-statuses',
    { '14.10': 'C', '18.3': 'R' },
    {
      '14.10': 'What it does on 408, 500, 502, 503, 504.',
      '18.3': 'It retries on 408, 500, 502, 503, 504.',
    },
  ),
  requirement('herd', 'C', 'Many runners given one reset time: the shape of the wave when it passes.'),
];
