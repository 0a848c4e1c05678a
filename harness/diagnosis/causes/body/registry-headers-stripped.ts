import { failuresOfKind, firstOf, onLine } from '../_log.ts';
import type { Cause } from '../cause.ts';
import { near } from './_near.ts';

export const registryHeadersStrippedCause: Cause = {
  id: 'body/registry-headers-stripped',
  severity: 'error',
  title: "The proxy takes headers out of the registry's answers that docker push needs.",
  seen: 'docker push that retries and ends in EOF alone, or “invalid checksum digest format”: Location, Range, Docker-Upload-UUID or Docker-Content-Digest are gone. Not an unexpected EOF, which is a cut connection.',
  fix: 'Have the proxy hand all headers on, or name the registry in NO_PROXY.',
  symptoms: ['invalid checksum digest format', 'docker push Retrying in 5 seconds EOF'],
  find: (picture) => {
    const failures = failuresOfKind(picture, 'bad-digest', 'push-ended').filter(
      (each) =>
        each.kind === 'bad-digest' ||
        (!/unexpected/.test(each.text) &&
          near(picture, each, 80, 0).some(({ text }) => /Retrying in \d+ second/.test(text))),
    );
    return firstOf(failures).map((failure) =>
      onLine(
        failure,
        'docker push does not find what it needs in the answers of the registry: the proxy took headers out of them (Location, Range, Docker-Upload-UUID, Docker-Content-Digest).',
        'Have the proxy hand on all headers of the registry, or name the registry in NO_PROXY of the daemon that pushes.',
      ),
    );
  },
};
