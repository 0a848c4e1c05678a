import { limitedRequestAxis, limitedScenario } from '../../harness/kit/index.ts';
import { resetTimeValid } from './_rules/reset-time-valid.ts';

export default limitedScenario({
  id: 'rate-limit/header-case',
  asks: 'Does it find the header in any letter case?',
  explains:
    'As rate-limit/reset-time-valid, with the name of the header spelled on the wire as the axis says. Header names are case-insensitive (RFC 9110, section 5.1), and the page says so of this one.',
  axes: {
    ...limitedRequestAxis,
    spelling: { values: ['ratelimit-resettime', 'RATELIMIT-RESETTIME', 'Ratelimit-Resettime', 'rATElIMIT-rESETtIME'] },
  },
  rule: ({ spelling }) => resetTimeValid(spelling),
  mutants: [
    'asks-every-five-seconds',
    'ignores-reset-time',
    'matches-header-case-sensitively',
    'retries-without-body',
    'retries-another-url',
    'returns-before-reset-time',
    'only-retries-job-requests',
    'retries-upload-with-other-content',
    'retries-without-headers',
    'waits-twice-as-long',
    'repeats-what-succeeded',
  ],
});
