import { failuresOfKind, firstOf, onLine } from '../_log.ts';
import type { Cause } from '../cause.ts';
import { flawsOf } from './_flaws.ts';

export const proxyNameUnknownCause: Cause = {
  id: 'value/proxy-name-unknown',
  severity: 'error',
  title: "The proxy's name does not resolve where it is asked for.",
  seen: '“Could not resolve proxy: NAME”, or “proxyconnect tcp: dial tcp: lookup NAME: no such host”. A name that is a piece of the password, or “http”, comes of a malformed value instead.',
  fix: "Correct the name, or name the address; look at the containers' DNS.",
  symptoms: ['Could not resolve proxy', 'proxyconnect tcp: dial tcp: lookup', 'no such host'],
  find: (picture) => {
    const failures = failuresOfKind(picture, 'proxy-name').filter(({ peer }) => /^[\w.-]+$/.test(peer?.host ?? ''));
    return firstOf(failures, ({ peer }) => peer?.host ?? '').flatMap((failure) => {
      const name = (failure.peer?.host ?? '').toLowerCase().replace(/\.$/, '');
      const seen = picture.proxies.find(({ host, setting }) => setting.effective && host === name);
      const isHost = /\./.test(name) || /proxy|gateway|cache|squid|web|fw/.test(name);
      if (/^https?$/.test(name)) return [];
      // Where a value is malformed the name is a piece of it.
      const isSpoilt = picture.settings.some(
        ({ variable, value }) =>
          variable !== 'NO_PROXY' &&
          flawsOf(value).some(
            ({ kind }) => kind !== 'scheme-missing' && kind !== 'port-missing' && kind !== 'socks-for-some',
          ) &&
          value.toLowerCase().includes(name),
      );
      if (isSpoilt || (!seen && !isHost)) return [];
      const remedy =
        "Correct the name, or write the proxy's address; in containers look at their DNS (dns in daemon.json or config.toml).";
      if (!seen) return [onLine(failure, `The proxy's name ${name} does not resolve here.`, remedy, name)];
      const { file, line } = seen;
      return [
        {
          file,
          line,
          at: seen.host,
          says: `The proxy's name ${name} does not resolve where it is asked for (${failure.file}:${failure.line}).`,
          remedy: { says: remedy },
        },
      ];
    });
  },
};
