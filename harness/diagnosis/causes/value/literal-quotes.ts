import type { Cause } from '../cause.ts';
import { quotedForDocker } from './_docker-env-file.ts';
import { flawFindings } from './_finding.ts';

export const literalQuotesCause: Cause = {
  id: 'value/literal-quotes',
  severity: 'error',
  title: 'Quotation marks are a part of the value.',
  seen: 'A value begins or ends with a quotation mark that nothing takes away: in an env file of docker, in quotes within quotes, in what env prints. Quotes of TOML, YAML, systemd and shells are taken away.',
  fix: 'Leave the quotation marks out.',
  symptoms: ['Unsupported proxy syntax'],
  find: (picture) => [
    ...flawFindings(picture, 'literal-quotes', {
      says: ({ name }) =>
        `The quotation marks in ${name} are a part of its value, so every client says that the proxy is no URL.`,
      remedy: 'Leave the quotation marks out.',
    }),
    ...quotedForDocker(picture),
  ],
};
