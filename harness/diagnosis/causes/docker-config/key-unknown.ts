import { distance } from 'fastest-levenshtein';
import { editing, isAboutProxy, placeOf, remedy } from '../_editing.ts';
import type { Cause } from '../cause.ts';

const KNOWN = ['httpProxy', 'httpsProxy', 'noProxy', 'ftpProxy', 'allProxy'];

export const keyUnknownCause: Cause = {
  id: 'docker-config/key-unknown',
  severity: 'error',
  title: 'The CLI does not know this key below proxies, and ignores it.',
  seen: 'http_proxy, http-proxy, HTTP_PROXY or proxy in place of httpProxy. Capitals alone make no difference.',
  fix: 'Write httpProxy, httpsProxy and noProxy.',
  symptoms: ['containers started by docker run have no proxy'],
  find: (picture) =>
    picture.all('docker-cli').flatMap(({ proxies, keys }) => [
      ...proxies
        .flatMap(({ entries }) => entries)
        .filter(({ key }) => !isKnown(key))
        .map((each) => {
          const right = nearest(each.key);
          return {
            ...placeOf(each),
            at: `"${each.key}"`,
            says: `The CLI does not know ${each.key} and ignores it.`,
            remedy: remedy(
              `Write ${right ?? 'httpProxy, httpsProxy or noProxy'}.`,
              right ? editing(picture, each, (line) => line.replace(`"${each.key}"`, `"${right}"`)) : [],
            ),
          };
        }),
      ...keys
        .filter(({ key }) => isKnown(key) || (isAboutProxy(key) && key.toLowerCase() !== 'proxies'))
        .map((each) => ({
          ...placeOf(each),
          at: `"${each.key}"`,
          says: `The CLI reads proxies below "proxies" and ignores ${each.key} here.`,
          remedy: remedy('Write "proxies": { "default": { "httpProxy": …, "httpsProxy": …, "noProxy": … } }.'),
        })),
    ]),
};

const isKnown = (key: string): boolean => KNOWN.some((known) => known.toLowerCase() === key.toLowerCase());

function nearest(key: string): string | undefined {
  const bare = key.toLowerCase().replace(/[^a-z]/g, '');
  return KNOWN.find((known) => distance(known.toLowerCase(), bare) <= 1 && isAboutProxy(bare)) ?? undefined;
}
