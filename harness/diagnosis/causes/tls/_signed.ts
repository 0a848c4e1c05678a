import type { Failure } from '../../failures/failure.ts';
import { type IssuerSeen, issuersOf } from '../../issuers/issuers.ts';
import type { Picture } from '../../picture/picture.ts';

/**
 * Who signed the certificate that was rejected, where the customer's files show it: for that host, or a gateway that opened the TLS of another.
 */
export function signerOf(picture: Picture, { target }: Pick<Failure, 'target'>): IssuerSeen | undefined {
  const seen = issuersOf(picture);
  return (
    seen.find(({ host }) => host !== undefined && host === target?.host) ?? seen.find(({ kind }) => kind === 'gateway')
  );
}

/** A sentence about the signer, with a space before it; nothing where no file shows one. */
export function signedBy(picture: Picture, failure: Pick<Failure, 'target'>): string {
  const signer = signerOf(picture, failure);
  if (!signer) return '';
  const { issuer, file, line, kind, host } = signer;
  const whose = host === failure.target?.host || host === undefined ? 'It' : `That of ${host}`;
  return ` ${whose} was signed by “${issuer}” (${file}:${line})${kind === 'gateway' ? ', a gateway that opens TLS' : ''}.`;
}

/** A sentence that says where a signer's own certificate is, with a space before it; nothing where no file has it. */
export function whereIsCa(picture: Picture, signer: IssuerSeen | undefined): string {
  const ca = picture
    .all('certificates')
    .flatMap(({ certificates }) => certificates)
    .find(({ subject, isAuthority }) => isAuthority && subject === signer?.issuer);
  return ca ? ` That CA is the certificate in ${ca.file}:${ca.line}.` : '';
}
