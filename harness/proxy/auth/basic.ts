import { type AuthScheme, type Credentials, REALM, type RightCredentials } from './scheme.ts';

/** Basic authentication, in UTF-8 (RFC 7617). */
export function basicAuthentication(right: RightCredentials): AuthScheme {
  const challenges = [`Basic realm="${REALM}", charset="UTF-8"`];
  return {
    name: 'basic',
    challenges: () => challenges,
    converse: () => ({
      next: ({ authorization }) =>
        isRight(right(), authorization) ? { granted: true } : { granted: false, challenges },
    }),
  };
}

/** Whether a value of `Proxy-Authorization` carries these credentials. */
export function isRight(right: Credentials | undefined, authorization: string | undefined): boolean {
  const encoded = /^basic +([A-Za-z0-9+/=]+) *$/i.exec(authorization ?? '')?.[1];
  if (!right || encoded === undefined) return false;
  return Buffer.from(encoded, 'base64').toString('utf8') === `${right.user}:${right.password}`;
}
