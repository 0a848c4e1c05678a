import { failuresOfKind, firstOf, onLine } from '../_log.ts';
import type { Cause } from '../cause.ts';
import { near } from './_near.ts';

export const tooLargeCause: Cause = {
  id: 'body/too-large',
  severity: 'error',
  title: 'The proxy answers 413 to a body above its limit.',
  seen: '413 on a push, an artifact or a layer. GitLab and its nginx have limits of their own: where the body, the Server header or squid’s log (TCP_MISS/413) names them, it is not the proxy.',
  fix: 'Have the limit raised (request_body_max_size of squid), or keep these requests off the proxy by NO_PROXY.',
  symptoms: ['413 Request Entity Too Large', 'too large', 'HTTP 413'],
  find: (picture) => {
    const passedOn = picture
      .all('squid-log')
      .some(({ requests }) => requests.some(({ status, result }) => status === 413 && /MISS|HIT/.test(result)));
    if (passedOn) return [];
    const failures = failuresOfKind(picture, 'too-large').filter(
      (each) => !near(picture, each, 4, 8).some(({ text }) => /nginx|server: ?gitlab|openresty/i.test(text)),
    );
    return firstOf(failures, () => '').map((failure) =>
      onLine(
        failure,
        'A request is refused with 413, as its body is larger than the proxy lets through.',
        "Have the proxy's limit raised, or name the host in NO_PROXY where it is your own. GitLab has a limit, too: compare the Server header of the answer.",
        failure.bySquid ? undefined : /413/.exec(failure.text)?.[0],
      ),
    );
  },
};
