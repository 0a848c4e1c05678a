import type { Picture } from '../../picture/picture.ts';
import { firstOf } from '../_first.ts';
import { proxiesOfWho } from '../_log.ts';
import type { Cause } from '../cause.ts';

/** What nginx says to whoever shows no certificate; the runner's log has the status alone. */
const SAID = /No required SSL certificate was sent/;
const REFUSED = /Checking for jobs\.\.\. ?failed.*\b(400 Bad Request)/;

export const clientCertificateLostCause: Cause = {
  id: 'tls/client-certificate-lost',
  severity: 'error',
  title: "A proxy that opens TLS stands between GitLab and the runner's own certificate.",
  seen: '“No required SSL certificate was sent”, or “Checking for jobs... failed” with 400 Bad Request, of a runner that has tls-cert-file and a proxy for GitLab. Without a proxy, or with GitLab in NO_PROXY, it is the certificate itself.',
  fix: "Have the proxy leave GitLab's host as it is, or name that host in NO_PROXY of gitlab-runner.service where it can be reached without the proxy.",
  symptoms: ['400 No required SSL certificate was sent', 'Checking for jobs... failed status=400 Bad Request'],
  find: (picture) => {
    const host = proxiedHost(picture);
    if (host === undefined) return [];
    const refused = picture.lines.filter(({ text }) => SAID.test(text) || REFUSED.test(text));
    return firstOf(refused, ({ file }) => file).map(({ file, line, text }) => ({
      file,
      line,
      at: SAID.exec(text)?.[0] ?? REFUSED.exec(text)?.[1] ?? text,
      says: SAID.test(text)
        ? `${host} wants a certificate and sees none, although the runner has tls-cert-file: a proxy that opens TLS shows ${host} a connection of its own, without the runner's key.`
        : `${host} answers 400 to a runner that has tls-cert-file and a proxy, as nginx does to whoever shows no certificate, or one that it does not take: a proxy that opens TLS cannot hand the runner's on.`,
      remedy: {
        says: `Have the proxy leave ${host} as it is, or name it in NO_PROXY of gitlab-runner.service where it can be reached without the proxy. \`curl -v --cert FILE --key FILE https://${host}/\` says which it is: the issuer that it prints is the proxy's where TLS is opened.`,
      },
    }));
  },
};

/** The host of an https GitLab that a runner with a certificate asks by a proxy. */
function proxiedHost(picture: Picture): string | undefined {
  const hasCertificate = picture.documents.some(
    (each) => each.kind === 'config-toml' && each.keys.some(({ key }) => key.toLowerCase() === 'tls-cert-file'),
  );
  if (!hasCertificate || proxiesOfWho(picture, 'runner').length === 0) return undefined;
  return picture.runners
    .flatMap(({ url = '' }) => /^https:\/\/(?:[^/@]*@)?([^/:]+)/i.exec(url)?.[1] ?? [])
    .find((host) => !picture.excepts(picture.effective('service'), host));
}
