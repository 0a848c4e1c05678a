import { basicAuthentication } from './basic.ts';
import { digestAuthentication, type Random } from './digest.ts';
import { noAuthentication } from './none.ts';
import type { AuthScheme, RightCredentials } from './scheme.ts';

export { isRight as isRightBasic } from './basic.ts';
export type { Random } from './digest.ts';
export { type AuthScheme, type Claim, type Conversation, type Credentials, REALM, type Verdict } from './scheme.ts';

/** The scheme of a name. */
export function authScheme(name: 'none' | 'basic' | 'digest', right: RightCredentials, random: Random): AuthScheme {
  if (name === 'none') return noAuthentication();
  return name === 'basic' ? basicAuthentication(right) : digestAuthentication(right, random);
}
