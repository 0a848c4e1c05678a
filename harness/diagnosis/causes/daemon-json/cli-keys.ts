import { editing, placeOf, remedy } from '../_editing.ts';
import type { Cause } from '../cause.ts';

const RIGHT: Readonly<Record<string, string>> = {
  httpproxy: 'http-proxy',
  httpsproxy: 'https-proxy',
  noproxy: 'no-proxy',
};

export const cliKeysCause: Cause = {
  id: 'daemon-json/cli-keys',
  severity: 'error',
  title: "daemon.json has keys of the CLI's config.json, and dockerd does not start.",
  seen: 'httpProxy, httpsProxy, noProxy or proxies.default in daemon.json. dockerd knows proxies with http-proxy, https-proxy and no-proxy.',
  fix: 'Write "proxies": { "http-proxy": …, "https-proxy": …, "no-proxy": … }.',
  symptoms: [
    "the following directives don't match any configuration option",
    'unable to configure the Docker daemon with file',
  ],
  find: (picture) =>
    picture.all('daemon-json').flatMap(({ entries }) => {
      const wrong = entries.filter(
        ({ key }) => RIGHT[last(key).toLowerCase()] !== undefined || /^proxies\.default$/i.test(key),
      );
      const [first] = wrong.filter(({ key }) => RIGHT[last(key).toLowerCase()] !== undefined).concat(wrong);
      if (!first) return [];
      const renamed = wrong
        .filter(({ key }) => /^proxies\.[^.]+$/.test(key))
        .flatMap((each) =>
          editing(picture, each, (line) =>
            line.replace(`"${last(each.key)}"`, `"${RIGHT[last(each.key).toLowerCase()] ?? last(each.key)}"`),
          ),
        );
      return [
        {
          ...placeOf(first),
          at: `"${last(first.key)}"`,
          says: `${last(first.key)} is a key of the CLI's config.json. dockerd does not know it and does not start with it.`,
          remedy: remedy('Write "proxies": { "http-proxy": …, "https-proxy": …, "no-proxy": … }.', renamed),
        },
      ];
    }),
};

const last = (key: string): string => key.split('.').at(-1) ?? key;
