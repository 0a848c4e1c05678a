import { failuresOfKind, firstOf, onLine, settingsOfWho } from '../_log.ts';
import { hostPlaceOf } from '../_place.ts';
import type { Cause } from '../cause.ts';
import { hasProxy } from './_near.ts';

export const blockPageCause: Cause = {
  id: 'body/block-page',
  severity: 'error',
  title: 'The proxy answers 200 with a page of its own in place of what was asked for.',
  seen: "“failed … status=200 OK”, “server gave HTTP response to HTTPS client” for port 443 behind a proxy, “invalid character '<'”, JSON parse errors with HTML. Not a registry that does speak http, on a port of its own.",
  fix: 'Have the host allowed, or name it in NO_PROXY where it is your own.',
  symptoms: [
    "invalid character '<' looking for beginning of value",
    'server gave HTTP response to HTTPS client',
    'status=200 OK',
  ],
  find: (picture) => {
    const failures = failuresOfKind(picture, 'block-page').filter((each) => {
      // The docker CLI's way to its daemon is another cause's.
      if (hostPlaceOf(picture, each) === 'service' || (each.who === 'dind' && !each.target)) return false;
      if (!/HTTP response to HTTPS client/.test(each.text)) return true;
      if (each.target?.port !== 443) return false;
      const { host } = each.target;
      if (picture.excepts(settingsOfWho(picture, each.who), host)) return false;
      return !picture.isInternal(host) || hasProxy(picture);
    });
    return firstOf(failures).map((failure) =>
      onLine(
        failure,
        'The answer is a page of the proxy, with status 200, and not what was asked for: a filter stands in between.',
        'Fetch the same URL with curl through the proxy and read the page; have the host allowed, or name it in NO_PROXY where it is your own.',
      ),
    );
  },
};
