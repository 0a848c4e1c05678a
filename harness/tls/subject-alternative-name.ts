import { isIP } from 'node:net';
import { type JsonGeneralNames, SubjectAlternativeNameExtension } from '@peculiar/x509';

/** The names a certificate is good for: an IP address as an address, for clients match it as nothing else. */
export function subjectAlternativeName(hosts: readonly string[]): SubjectAlternativeNameExtension {
  const names: JsonGeneralNames = [...new Set(hosts)].map((host) => ({ type: isIP(host) ? 'ip' : 'dns', value: host }));
  return new SubjectAlternativeNameExtension(names);
}
