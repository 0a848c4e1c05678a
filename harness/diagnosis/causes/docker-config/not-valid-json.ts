import { placeOf, remedy } from '../_editing.ts';
import type { Cause } from '../cause.ts';

export const cliNotValidJsonCause: Cause = {
  id: 'docker-config/not-valid-json',
  severity: 'error',
  title: 'config.json is no JSON, so the CLI goes on without proxies and logins.',
  seen: 'A comma too many or too few, a comment, quotation marks of another kind, or a bracket that is not closed. Tabs and keys that the CLI does not know do no harm.',
  fix: 'Mend the line.',
  symptoms: ['Error loading config file', 'invalid character'],
  find: (picture) =>
    picture.all('docker-cli').flatMap(({ error }) =>
      error
        ? [
            {
              ...placeOf(error),
              says: `The CLI cannot read this file, which is no JSON: ${error.why}. It warns and goes on without proxies and logins.`,
              remedy: remedy('Mend this line.'),
            },
          ]
        : [],
    ),
};
