import { editing, placeOf, remedy } from '../_editing.ts';
import type { Cause } from '../cause.ts';

export const noProxyArrayCause: Cause = {
  id: 'docker-config/no-proxy-array',
  severity: 'error',
  title: 'noProxy is a list, and the CLI wants one text.',
  seen: '"noProxy": ["a", "b"] in config.json; the CLI drops the whole file.',
  fix: 'Write "noProxy": "a,b".',
  symptoms: ['cannot unmarshal array into Go struct field'],
  find: (picture) =>
    picture.all('docker-cli').flatMap(({ proxies }) =>
      proxies
        .flatMap(({ entries }) => entries)
        .filter(({ key, value }) => key.toLowerCase() === 'noproxy' && Array.isArray(value))
        .map((each) => {
          const list = (each.value as unknown[]).map(String).join(',');
          return {
            ...placeOf(each),
            at: `"${each.key}"`,
            says: `${each.key} is a list here. The CLI wants one text and drops the whole file.`,
            remedy: remedy(
              'Write the entries as one text with commas.',
              editing(picture, each, (line) => line.replace(/\[[^\]]*\]/, () => JSON.stringify(list))),
            ),
          };
        }),
    ),
};
