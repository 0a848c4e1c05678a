import { lineOf } from '../_values.ts';
import type { Cause } from '../cause.ts';
import { mirrorsOf } from './_mirrors.ts';

export const mirrorWithoutSchemeCause: Cause = {
  id: 'registry/mirror-without-scheme',
  severity: 'error',
  title: 'A mirror has no http:// or https:// before it, and dockerd does not start.',
  seen: 'An entry of registry-mirrors without a scheme. insecure-registries are written without one.',
  fix: 'Write https:// before the host.',
  symptoms: ['invalid mirror: unsupported scheme', 'dockerd does not start'],
  find: (picture) =>
    mirrorsOf(picture).flatMap(({ file, line, url }) => {
      if (/^https?:\/\//i.test(url) || url.trim() === '') return [];
      const written = lineOf(picture, file, line);
      const to = written?.replace(`"${url}"`, `"https://${url}"`);
      return [
        {
          file,
          line,
          at: url,
          says: `The mirror ${url} has no scheme: dockerd does not start ("invalid mirror: unsupported scheme").`,
          remedy: {
            says: 'Write https:// (or http://) before it.',
            ...(to !== undefined && to !== written ? { edits: [{ file, line, to }] } : {}),
          },
        },
      ];
    }),
};
