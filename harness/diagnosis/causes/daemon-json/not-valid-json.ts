import { placeOf, remedy } from '../_editing.ts';
import type { Cause } from '../cause.ts';

export const daemonNotValidJsonCause: Cause = {
  id: 'daemon-json/not-valid-json',
  severity: 'error',
  title: 'daemon.json is no JSON, and dockerd does not start.',
  seen: 'A comma too many or too few, a comment, quotation marks of another kind, or a bracket that is not closed.',
  fix: 'Mend the line, and try it with dockerd --validate.',
  symptoms: ['unable to configure the Docker daemon with file', 'invalid character'],
  find: (picture) =>
    picture.all('daemon-json').flatMap(({ error }) =>
      error
        ? [
            {
              ...placeOf(error),
              says: `dockerd does not start with this file, which is no JSON: ${error.why}.`,
              remedy: remedy('Mend this line; dockerd --validate --config-file FILE says whether it is right.'),
            },
          ]
        : [],
    ),
};
