import { nameIn } from '../documents/distinguished-name.ts';
import type { Place } from '../documents/document.ts';
import { kept } from '../kept.ts';
import { isPublic } from '../picture/hosts.ts';
import type { Picture } from '../picture/picture.ts';
import { isGatewayName, isPublicAuthority } from './names.ts';

/** Who signed the certificate that somebody was shown for a host. */
export interface IssuerSeen extends Place {
  /** Undefined where no line before tells whom was asked. */
  readonly host: string | undefined;
  /** The signer's name, as the line has it. */
  readonly issuer: string;
  /**
   * `gateway`: it opens TLS, by its name, or since a host of the open internet has another authority. `public`: an authority that every
   * store has, so nobody opens TLS. `private`: an authority of somebody's own, be it a gateway's or GitLab's.
   */
  readonly kind: 'gateway' | 'public' | 'private';
}

/** Who signed the certificates that logs and `openssl` show, each signer once a host. */
export const issuersOf = kept((picture: Picture): readonly IssuerSeen[] => {
  const texts = [...picture.all('certificates'), ...picture.all('log')].flatMap(({ lines }) => inLines(lines));
  return [...Map.groupBy(texts, ({ host, issuer }) => `${host} ${issuer}`).values()].flatMap((each) => each[0] ?? []);
});

/** Whom a command or a client's own words say that it asks. */
const ASKED =
  /openssl\s+s_client\b.*?-(?:servername|connect)[ =]([\w.-]+)|\bCONNECT ([\w.-]+):\d+|tunnel to ([\w.-]+):\d+|\bcurl\b.*?https:\/\/([\w.-]+)|cannot verify ([\w.-]+?)'s certificate|Connected to ([\w.-]+) \(/;
/** Of whom a certificate is, and who signed it: of a chain the first alone, which is the server's. */
const SUBJECT = /^\s*0 s:\s*(.+)|^subject\s*=\s*(.+)|^[*=\w :]*\bsubject: (.+)/;
const ISSUER =
  /^\s+i:\s*(.+)|^issuer\s*=\s*(.+)|^[*=\w :]*\bissuer: (.+)|'s certificate, issued by ['‘“"](.+?)['’”"]|candidate authority certificate "([^"]+)"/;

function inLines(lines: readonly (Place & { readonly text: string })[]): IssuerSeen[] {
  const seen: IssuerSeen[] = [];
  let asked: string | undefined;
  let subject: string | undefined;
  let isServers = true;
  for (const { file, line, text } of lines) {
    if (text.length > 4_000) continue;
    asked = firstIn(ASKED, text)?.toLowerCase() ?? asked;
    // Further certificates of a chain are authorities'.
    if (/^\s*\d+ s:/.test(text)) isServers = /^\s*0 s:/.test(text);
    const of = firstIn(SUBJECT, text);
    if (of !== undefined) subject = hostIn(nameIn(of));
    const by = firstIn(ISSUER, text);
    if (by === undefined || (/^\s+i:/.test(text) && !isServers)) continue;
    const host = /https?:\/\/([\w.-]+)/.exec(text)?.[1]?.toLowerCase() ?? asked ?? subject;
    const issuer = nameIn(by);
    seen.push({ file, line, host, issuer, kind: kindOf(host, by) });
  }
  return seen;
}

function kindOf(host: string | undefined, issuer: string): IssuerSeen['kind'] {
  if (isGatewayName(issuer)) return 'gateway';
  if (isPublicAuthority(issuer)) return 'public';
  return host !== undefined && isPublic(host) ? 'gateway' : 'private';
}

const firstIn = (pattern: RegExp, text: string): string | undefined =>
  pattern
    .exec(text)
    ?.slice(1)
    .find((each) => each !== undefined);

const hostIn = (name: string): string | undefined =>
  /^(?:\*\.)?[\w-]+(?:\.[\w-]+)+$/.test(name) ? name.toLowerCase() : undefined;
