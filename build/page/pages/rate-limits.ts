import type { Section } from '../coverage.ts';
import { LEADS } from './reasons.ts';

const LIMITED = [
  'rate-limit/reset-time-valid',
  'rate-limit/reset-time-valid-then-ok',
  'rate-limit/several-waits',
] as const;

/** What the page about proxies says of rate-limited requests; 18.3 has two headings more. */
export const rateLimits: readonly Section[] = [
  {
    headings: ['Handling rate limited requests', 'Handling rate limited requests (Rate limits)'],
    sentences: [
      {
        says: 'reverse proxy that has rate-limiting',
        by: ['rate-limit/through-proxy', 'rate-limit/proxy-answers-429'],
      },
      { says: 'could go over these rate limits', by: ['rate-limit/limit-is-visible', 'rate-limit/herd'] },
      { says: 'handles rate limited scenarios', by: ['rate-limit/next-episode'] },
      {
        says: 'A response code of 429',
        by: ['rate-limit/reset-time-valid', 'rate-limit/other-statuses'],
        until: '17.5',
      },
      { says: 'are checked for a RateLimit-ResetTime header', by: ['rate-limit/precedence'], until: '17.5' },
      { says: 'a valid HTTP Date', by: ['rate-limit/date-formats'], until: '17.5' },
      {
        says: 'the runner waits until the specified time',
        by: [...LIMITED, 'rate-limit/reset-time-in-past', 'rate-limit/reset-time-far'],
        until: '17.5',
      },
      { says: "isn't a valid date", by: ['rate-limit/reset-time-invalid'], until: '17.5' },
      {
        says: 'no additional actions are taken',
        by: ['rate-limit/reset-time-absent', 'rate-limit/retry-after'],
        until: '17.5',
      },
      { says: 'repeated 5 times', by: ['rate-limit/gives-up-after-five'], until: '17.5' },
      { says: 'http.CanonicalHeaderKey', by: ['rate-limit/header-case'], until: '17.5' },
    ],
  },
  {
    headings: ['Retry logic'],
    sentences: [
      {
        says: 'receives a 429 Too Many Requests response',
        by: ['rate-limit/reset-time-valid', 'rate-limit/other-statuses'],
        from: '18.3',
      },
      { says: 'for a RateLimit-ResetTime header', by: ['rate-limit/precedence'], from: '18.3' },
      { says: 'a valid HTTP date', by: ['rate-limit/date-formats'], from: '18.3' },
      {
        says: 'If the header is present',
        by: [...LIMITED, 'rate-limit/reset-time-in-past', 'rate-limit/reset-time-far'],
        from: '18.3',
      },
      {
        says: 'is invalid or missing',
        by: ['rate-limit/reset-time-invalid', 'rate-limit/reset-time-absent'],
        from: '18.3',
      },
      { says: 'value in seconds format', by: ['rate-limit/retry-after'], from: '18.3' },
      { says: 'If the header format is present', by: ['rate-limit/retry-after'], from: '18.3' },
      {
        says: 'waits for the default interval',
        by: ['rate-limit/reset-time-absent', 'rate-limit/reset-time-invalid'],
        from: '18.3',
      },
      { says: 'up to 5 times', by: ['rate-limit/gives-up-after-five'], from: '18.3' },
      { says: 'the error from the final response', by: ['rate-limit/gives-up-after-five'], from: '18.3' },
    ],
  },
  {
    headings: ['Supported header formats'],
    sentences: [
      { says: '| Header | Format', why: LEADS, from: '18.3' },
      { says: '| RateLimit-ResetTime |', by: ['rate-limit/date-formats'], from: '18.3' },
      { says: '| Retry-After |', by: ['rate-limit/retry-after'], from: '18.3' },
      { says: 'http.CanonicalHeaderKey', by: ['rate-limit/header-case'], from: '18.3' },
    ],
  },
];
