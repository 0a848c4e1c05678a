import type { Picture } from '../../picture/picture.ts';
import { proxyValues, replacing, runnerOf } from '../_values.ts';
import type { Cause } from '../cause.ts';

const LOGGED =
  /proxyconnect tcp: (?:tls: first record does not look like a TLS handshake|net\/http: TLS handshake timeout|EOF)|(?:wrong version number|packet length too long|record overflow)/i;
/** What people set for a proxy that does speak TLS. */
const FOR_TLS = /^(?:GIT_PROXY_SSL_CAINFO|CURL_PROXY_CACERT|PROXY_CACERT)$/i;

export const httpsSchemeForPlainProxyCause: Cause = {
  id: 'value/https-scheme-for-plain-proxy',
  severity: 'error',
  title: 'https:// makes clients speak TLS to the proxy, and this one speaks plain HTTP.',
  seen: 'An https:// value, and the same host and port with http:// elsewhere or a log of a failed TLS handshake with the proxy. Not a proxy with a TLS port of its own.',
  fix: 'Write http:// in HTTPS_PROXY, too: the scheme is of the way to the proxy.',
  symptoms: ['first record does not look like a TLS handshake', 'wrong version number', 'TLS handshake timeout'],
  find: (picture) => {
    if (speaksTls(picture)) return [];
    const logged = picture.lines.find(({ text }) => LOGGED.test(text) && /proxy|wrong version number/i.test(text));
    const proxies = new Map(picture.proxies.map((each) => [each.setting, each]));
    const inPlain = new Set(
      picture.proxies.flatMap(({ scheme, host, port }) => (scheme.toLowerCase() === 'http' ? `${host} ${port}` : [])),
    );
    const found = proxyValues(picture).flatMap((each) => {
      const seen = proxies.get(each.setting);
      if (seen?.scheme.toLowerCase() !== 'https') return [];
      const plain = inPlain.has(`${seen.host} ${seen.port}`);
      if (!plain && !logged) return [];
      const { file, line, name } = each.setting;
      const edits = replacing(picture, each.settings, each.value.replace(/^https/i, 'http'));
      return [
        {
          file,
          line,
          at: 'https://',
          says: `${name} has https://, so clients begin to speak TLS with the proxy, which ${plain ? 'other settings name with http://' : 'answers in plain HTTP (see the log)'}.`,
          remedy: {
            says: 'Write http:// here, too: the scheme is that of the way to the proxy.',
            ...(edits.length > 0 ? { edits } : {}),
          },
          ...runnerOf(each.scope, picture),
        },
      ];
    });
    if (found.length > 0 || !logged || !/proxyconnect/.test(logged.text)) return found;
    return [
      {
        file: logged.file,
        line: logged.line,
        says: 'A client speaks TLS to the proxy, and the proxy answers in plain HTTP: a proxy variable has https:// where http:// is right.',
        remedy: { says: 'Write http:// in HTTPS_PROXY.' },
      },
    ];
  },
};

const speaksTls = (picture: Picture): boolean =>
  picture.documents.some(
    (each) =>
      (each.kind === 'unit' || each.kind === 'env-file') && each.assignments.some(({ name }) => FOR_TLS.test(name)),
  ) || picture.runners.some(({ environment }) => environment.some(({ name }) => FOR_TLS.test(name)));
