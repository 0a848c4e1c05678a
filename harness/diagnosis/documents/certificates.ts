import { X509Certificate } from 'node:crypto';
import { nameIn } from './distinguished-name.ts';
import type { CertificatesDocument, Piece, Reader } from './document.ts';

const BEGIN = '-----BEGIN CERTIFICATE-----';
const END = '-----END CERTIFICATE-----';
/** A chain that `openssl s_client` shows, or what `openssl x509` prints of one certificate. */
const SHOWN = /^Certificate chain\r?\n\s*0 s:|^(?:subject|issuer)\s*=\s*\S.*\r?\n(?:subject|issuer)\s*=\s*\S/m;
/** Far more certificates than a chain or a store of a distribution has. */
const MOST = 500;

/** Certificates in PEM, and chains as `openssl s_client` shows them. */
export const certificatesReader: Reader = {
  title: 'certificates',
  knows: ({ text }) => (text.includes(BEGIN) || SHOWN.test(text.slice(0, 64 * 1024)) ? 2 : 0),
  read: (piece) => [document(piece)],
};

function document(piece: Piece): CertificatesDocument {
  const texts = piece.text.split(/\r?\n/);
  const lines = texts.map((text, index) => ({ file: piece.file, line: piece.skipped + index + 1, text }));
  return { kind: 'certificates', piece, lines, certificates: certificatesIn(lines) };
}

function certificatesIn(lines: CertificatesDocument['lines']): CertificatesDocument['certificates'] {
  const found: CertificatesDocument['certificates'][number][] = [];
  for (let from = 0; from < lines.length && found.length < MOST; from += 1) {
    if (lines[from]?.text.trim() !== BEGIN) continue;
    const end = lines.findIndex(({ text }, index) => index > from && text.trim() === END);
    if (end < 0) break;
    const pem = lines.slice(from, end + 1).map(({ text }) => text.trim());
    const read = certificate(pem.join('\n'));
    const { file = '', line = 0 } = lines[from] ?? {};
    if (read) found.push({ file, line, ...read });
    from = end;
  }
  return found;
}

function certificate(pem: string): { readonly subject: string; readonly isAuthority: boolean } | undefined {
  try {
    const { subject, ca } = new X509Certificate(pem);
    return { subject: nameIn(subject), isAuthority: ca };
  } catch {
    // A certificate that was cut, or edited: nothing can be said of it.
    return undefined;
  }
}
