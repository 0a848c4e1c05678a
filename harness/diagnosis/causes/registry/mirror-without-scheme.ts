import { lineOf } from '../_values.ts';
import type { Cause } from '../cause.ts';
import { mirrorsOf } from './_mirrors.ts';

export const mirrorWithoutSchemeCause: Cause = {
  id: 'registry/mirror-without-scheme',
  severity: 'error',
<<<<<<< HEAD
  title: 'A mirror has no http:// or https:// before it, and dockerd does not start.',
  seen: 'An entry of registry-mirrors without a scheme. insecure-registries are written without one.',
  fix: 'Write https:// before the host.',
  symptoms: ['invalid mirror: unsupported scheme', 'dockerd does not start'],
  find: (picture) =>
    mirrorsOf(picture).flatMap(({ file, line, url }) => {
      if (/^https?:\/\//i.test(url) || url.trim() === '') return [];
      const written = lineOf(picture, file, line);
      const to = written?.replace(`"${url}"`, `"https://${url}"`);
=======
  title: 'The registry mirror has no http:// or https://, and dockerd does not start with it.',
  seen: 'An entry of registry-mirrors, or of --registry-mirror, that does not begin with http:// or https://. insecure-registries are another matter: there a scheme is wrong.',
  fix: 'Write https:// before it.',
  symptoms: ['invalid mirror: unsupported scheme'],
  find: (picture) => {
    const { host, dind } = mirrorsOf(picture);
    return [...host, ...dind].flatMap(({ file, line, written }) => {
      if (/^https?:\/\//i.test(written) || written.startsWith('$') || written === '') return [];
      const whole = lineOf(picture, file, line);
>>>>>>> e8b4d38 (feat: causes of docker-in-docker and of registry mirrors)
      return [
        {
          file,
          line,
<<<<<<< HEAD
          at: url,
          says: `The mirror ${url} has no scheme: dockerd does not start ("invalid mirror: unsupported scheme").`,
          remedy: {
            says: 'Write https:// (or http://) before it.',
            ...(to !== undefined && to !== written ? { edits: [{ file, line, to }] } : {}),
          },
        },
      ];
    }),
=======
          at: written,
          says: `The mirror ${written} has no http:// or https:// before it: dockerd says “invalid mirror” and does not start.`,
          remedy: {
            says: `Write https://${written}, or http:// if it speaks no TLS.`,
            ...(whole?.includes(written)
              ? { edits: [{ file, line, to: whole.replace(written, `https://${written}`) }] }
              : {}),
          },
        },
      ];
    });
  },
>>>>>>> e8b4d38 (feat: causes of docker-in-docker and of registry mirrors)
};
