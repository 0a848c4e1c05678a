import { type Reproduction, withTheirAddresses } from '../../reproduce/index.ts';
import { percentEncode } from '../../url/index.ts';
import { type Mask, maskOf } from '../diagnosis/mask.ts';

/**
 * Masks what the files of a case hold of secrets, and the account of its proxy, which may have been set beside them; and gives the customer's
 * own addresses back where others stood for them.
 */
export function maskOfCase({ diagnosis, plan: { auth, mapped = [] } }: Pick<Reproduction, 'diagnosis' | 'plan'>): Mask {
  const hide = maskOf(diagnosis, auth.password === '' ? [] : spellings(auth));
  return mapped.length === 0 ? hide : (text) => withTheirAddresses(hide(text), mapped);
}

function spellings({ user, password }: Reproduction['plan']['auth']): readonly string[] {
  const encoded = percentEncode(password);
  const userinfo = [`${user}:${password}`, `${percentEncode(user)}:${encoded}`];
  return [
    password,
    encoded,
    encoded.replaceAll('%', '%%'),
    ...userinfo.map((each) => Buffer.from(each).toString('base64')),
  ];
}
