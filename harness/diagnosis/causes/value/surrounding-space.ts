import type { Cause } from '../cause.ts';
import { flawFindings } from './_finding.ts';

export const surroundingSpaceCause: Cause = {
  id: 'value/surrounding-space',
  severity: 'error',
  title: 'White space stands before or behind the value.',
  seen: 'A value begins or ends with a blank, a tab or a line end. Go goes direct without a word, other clients fail.',
  fix: 'Take the white space away.',
  symptoms: ['invalid character " " in host name', 'no proxy is used though the variable is set'],
  find: (picture) =>
    flawFindings(picture, 'surrounding-space', {
      says: ({ name }) =>
        `White space stands before or behind the value of ${name}: Go's programs (runner, docker) then go direct without a word, others fail.`,
      remedy: 'Take the white space away; in YAML write the value on one line, or with >-.',
    }),
};
