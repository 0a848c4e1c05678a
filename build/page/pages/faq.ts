import type { CoveredPage } from '../coverage.ts';
import { LEADS, READING } from './reasons.ts';

const TOLD = ['polling/answered-on-the-way'] as const;

/** Of the FAQ only what is about the way to GitLab. */
export const faq: CoveredPage = {
  title: 'Troubleshooting GitLab Runner',
  paths: ['docs/faq/_index.md', 'docs/faq/index.md'],
  whole: false,
  from: '18.11',
  sections: [
    {
      headings: ['Correlation IDs in GitLab Runner logs'],
      sentences: [
        { says: 'a correlation ID for each API request', by: TOLD },
        { says: 'the value (typically in ULID format)', by: TOLD },
        { says: 'the UUID it generated for the request', by: TOLD },
        { says: 'did not reach GitLab Workhorse', by: TOLD },
        { says: 'at an intermediate hop', by: TOLD },
        { says: 'match log entries across components', why: READING },
        { says: 'Search for the correlation_id field', why: READING },
        { says: 'Example log entries', why: LEADS },
      ],
    },
  ],
};
