import { createHash, createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { SignJWT } from 'jose';
import type { IssuedCertificate } from '../../tls/index.ts';

/** What a token lets its bearer do with one thing of a registry. */
export interface Access {
  readonly type: string;
  readonly name: string;
  readonly actions: readonly string[];
}

/** What a token says. */
export interface TokenClaims {
  readonly issuer: string;
  readonly audience: string;
  /** Who asked; empty for whoever has no name. */
  readonly subject: string;
  readonly access: readonly Access[];
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly id: string;
}

/** How long a token is good for, in seconds: GitLab's `container_registry_token_expire_delay` of five minutes. */
export const TOKEN_SECONDS = 300;
/** How far a registry's clock may be behind, in seconds, as GitLab allows for it. */
const CLOCK_SKEW_SECONDS = 5;

/**
 * Signs tokens for a registry, as distribution's token authentication has it: a JWT whose header names the key by
 * libtrust's fingerprint. GitLab signs with RS256; the private authority's keys are P-256, which distribution takes as
 * well (ES256).
 * Source: https://distribution.github.io/distribution/spec/auth/jwt/
 */
export class TokenSigner {
  readonly #key: KeyObject;
  readonly #header: { readonly typ: 'JWT'; readonly alg: 'ES256'; readonly kid: string };

  constructor({ key, cert }: IssuedCertificate) {
    this.#key = createPrivateKey(key);
    this.#header = { typ: 'JWT', alg: 'ES256', kid: keyId(new X509Certificate(cert).publicKey) };
  }

  sign({ issuer, audience, subject, access, now, id }: TokenClaims): Promise<string> {
    const seconds = Math.floor(now / 1000);
    return new SignJWT({ access })
      .setProtectedHeader(this.#header)
      .setJti(id)
      .setAudience(audience)
      .setSubject(subject)
      .setIssuer(issuer)
      .setIssuedAt(seconds)
      .setNotBefore(seconds - CLOCK_SKEW_SECONDS)
      .setExpirationTime(seconds + TOKEN_SECONDS)
      .sign(this.#key);
  }
}

const FINGERPRINT_BYTES = 30;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** libtrust's name for a key: 240 bits of the digest of its DER form, in base 32, four letters a group. */
function keyId(key: KeyObject): string {
  const digest = createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest()
    .subarray(0, FINGERPRINT_BYTES);
  const bits = [...digest].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const letters = (bits.match(/.{5}/g) ?? []).map((five) => ALPHABET[Number.parseInt(five, 2)]).join('');
  return (letters.match(/.{4}/g) ?? []).join(':');
}
