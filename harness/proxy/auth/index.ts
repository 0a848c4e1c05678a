import { basicAuthentication } from './basic.ts';
import { digestAuthentication } from './digest.ts';
import { noAuthentication } from './none.ts';
import { type NtlmOptions, ntlmAuthentication } from './ntlm/index.ts';
import type { AuthScheme, RightCredentials } from './scheme.ts';

export { isRight as isRightBasic } from './basic.ts';
export {
  type AuthScheme,
  type Claim,
  type ClaimVerdict,
  type Conversation,
  type Credentials,
  type Random,
  REALM,
  type Told,
} from './scheme.ts';

/** The schemes that our own proxy speaks. */
export type OwnScheme = 'none' | 'basic' | 'digest' | 'ntlm';

/** The scheme of a name. */
export function authScheme(name: OwnScheme, right: RightCredentials, options: NtlmOptions): AuthScheme {
  switch (name) {
    case 'none':
      return noAuthentication();
    case 'basic':
      return basicAuthentication(right);
    case 'digest':
      return digestAuthentication(right, options.random);
    case 'ntlm':
      return ntlmAuthentication(right, options);
  }
}
