import { percentDecode } from './percent.ts';

/** A text before its last @, and behind it; people forget to encode one in a password. Undefined where it has none. */
export function splitAtLast(text: string): readonly [before: string, behind: string] | undefined {
  const at = text.lastIndexOf('@');
  return at < 0 ? undefined : [text.slice(0, at), text.slice(at + 1)];
}

/** User and password: both as they stand in a URL, or both decoded. */
export interface UserAndPassword {
  readonly user: string;
  readonly password: string;
}

/**
 * Splits userinfo at its first colon, as it stands: a user name cannot hold one, a password can (RFC 3986 section 3.2.1,
 * RFC 7617 section 2). Without a colon the password is empty.
 */
export function splitUserinfo(userinfo: string): UserAndPassword {
  const colon = userinfo.indexOf(':');
  if (colon < 0) return { user: userinfo, password: '' };
  return { user: userinfo.slice(0, colon), password: userinfo.slice(colon + 1) };
}

/** User and password that userinfo stands for: split first and decoded then, so that `%3A` separates nothing. */
export function decodeUserinfo(userinfo: string): UserAndPassword {
  const { user, password } = splitUserinfo(userinfo);
  return { user: percentDecode(user), password: percentDecode(password) };
}
