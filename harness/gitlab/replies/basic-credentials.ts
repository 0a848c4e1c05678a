/** User and password of an `Authorization` header of the Basic scheme (RFC 7617); empty when it has none. */
export function credentialsOf(authorization: string): [user?: string, password?: string] {
  const encoded = /^Basic +([A-Za-z0-9+/=]+)$/i.exec(authorization)?.[1];
  if (encoded === undefined) return [];
  const pair = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  return colon === -1 ? [pair] : [pair.slice(0, colon), pair.slice(colon + 1)];
}
