import { isAscii, LONGEST_ACCOUNT, LONGEST_VALUE } from '../../recipes/cntlm-conf/limits.ts';
import type { CntlmSetting } from '../../recipes/cntlm-conf/read.ts';
import type { Remark } from '../remark.ts';

/** Finds the setting of a name that counts: the first one. */
export type Find = (key: string) => CntlmSetting | undefined;

const HASHES = ['PassNTLMv2', 'PassNT', 'PassLM'] as const;

/**
 * Checks who cntlm logs in as. No remark repeats a password.
 * @param mode the file's permissions, as `stat` tells them
 */
export function checkAccountSettings(find: Find, mode: number | undefined): Remark[] {
  return [...checkNames(find), ...checkPassword(find), ...checkHash(find), ...checkMode(find, mode)];
}

function checkNames(find: Find): Remark[] {
  const remarks: Remark[] = [];
  const [user, domain] = [find('Username'), find('Domain')];
  if (!user) {
    remarks.push({
      level: 'error',
      says: 'There is no Username. cntlm starts all the same, and its parent refuses it with 407.',
      fix: 'Write Username, without the domain.',
    });
  } else if (/[\\@]/.test(user.value)) {
    remarks.push({
      level: 'error',
      line: user.line,
      says: 'Username holds a domain. cntlm sends it as a part of the name, so there is no such user.',
      fix: 'Write the user alone, and the domain in a line of its own: Domain.',
    });
  }
  if (!domain) {
    remarks.push({
      level: 'error',
      says: 'There is no Domain, so cntlm names none, and the hash is made without it.',
      fix: 'Write Domain with the NetBIOS name of the Windows domain.',
    });
  }
  if (user && domain && user.value.length + domain.value.length > LONGEST_ACCOUNT) {
    remarks.push({
      level: 'error',
      line: user.line,
      says: `Username and Domain have more than ${LONGEST_ACCOUNT} characters together, and cntlm hashes no more of them: the parent rejects the password.`,
      fix: 'Use the NetBIOS name of the domain, which has 15 characters at most.',
    });
  }
  return remarks;
}

function checkPassword(find: Find): Remark[] {
  const password = find('Password');
  const hash = HASHES.map(find).find((each) => each !== undefined);
  const inHash = 'Write PassNTLMv2 with its hash.';
  const remarks = (['Username', 'Domain', 'Password'] as const).flatMap((key): Remark[] => {
    const setting = find(key);
    if (!setting) return [];
    const { line, value } = setting;
    const fix = key === 'Password' ? inHash : 'Use an account whose name has none.';
    if (!isAscii(value))
      return [
        {
          level: 'error',
          line,
          says: `${key} has characters that are not ASCII, and cntlm garbles them: the parent refuses it.`,
          fix,
        },
      ];
    if (value.length > LONGEST_VALUE)
      return [
        {
          level: 'error',
          line,
          says: `${key} has ${value.length} characters. cntlm cuts it to ${LONGEST_VALUE} without a word.`,
          fix,
        },
      ];
    return [];
  });
  if (password?.cutAtHash) {
    remarks.push({
      level: 'error',
      line: password.line,
      says: 'The password is cut at its #, which begins a comment.',
      fix: 'Put it in quotation marks, or write PassNTLMv2 with its hash.',
    });
  }
  if (password && hash) {
    remarks.push({
      level: 'warning',
      line: hash.line,
      says: `There are both Password and ${hash.key}. The password counts, whatever the hash is.`,
      fix: 'Take the Password out.',
    });
  }
  if (!password && !hash) {
    remarks.push({
      level: 'error',
      says: 'There is neither Password nor a hash. cntlm starts all the same, and its parent refuses it with 407.',
      fix: 'Write Password, or PassNTLMv2 with what `cntlm -H` prints.',
    });
  }
  return remarks;
}

function checkHash(find: Find): Remark[] {
  const remarks: Remark[] = [];
  const [hash, auth] = [find('PassNTLMv2'), find('Auth')];
  if (hash && !find('Password') && !/^[0-9a-f]{32}$/i.test(hash.value)) {
    remarks.push({
      level: 'error',
      line: hash.line,
      says: 'PassNTLMv2 has not 32 hexadecimal digits, so cntlm ends: “Invalid PassNTLMv2 hash”.',
      fix: 'Write what `cntlm -H -u USER -d DOMAIN` prints for this very user and domain.',
    });
  }
  if (auth && !/^NTLMv2$/i.test(auth.value)) {
    remarks.push({
      level: 'warning',
      line: auth.line,
      says: `Auth ${auth.value} is older than NTLMv2: many domains refuse it, and its hashes are easily broken.`,
      fix: 'Leave Auth out: NTLMv2 is what cntlm takes by itself.',
    });
  }
  return remarks;
}

const READABLE_BY_OTHERS = 0o044;

function checkMode(find: Find, mode: number | undefined): Remark[] {
  const secret = find('Password') ?? HASHES.map(find).find((each) => each !== undefined);
  if (!secret) return [];
  const isPlain = /^password$/i.test(secret.key);
  if (mode !== undefined && (mode & READABLE_BY_OTHERS) !== 0) {
    return [
      {
        level: 'warning',
        line: secret.line,
        says: `Other users of the machine can read this file, and with it ${isPlain ? 'the password' : 'the hash, which is as good as the password at an NTLM proxy'}.`,
        fix: 'chmod 600 /etc/cntlm.conf; the service reads it as root.',
      },
    ];
  }
  if (!isPlain) return [];
  return [
    {
      level: 'note',
      line: secret.line,
      says: 'The password stands here as it is, good for everything that this account may do.',
      fix: 'Write PassNTLMv2 in its place, with what `cntlm -H` prints.',
    },
  ];
}
