import { isAscii, LONGEST_VALUE } from './limits.ts';
import { type CntlmAccount, checkAccount, passNtlmv2 } from './pass-ntlmv2.ts';

/** A cntlm.conf, in the words of the page. */
export interface CntlmConf extends CntlmAccount {
  /** How the password is kept: as it is, as on the page (the default), or as its hash. */
  readonly keep?: 'Password' | 'PassNTLMv2';
  /** The parent proxies, `host:port` each, in the order in which they are tried. */
  readonly proxies: readonly string[];
  /** Where it listens: the address of docker0 with a port. */
  readonly listen: string;
  /** Lets the whole world in where `listen` has no address; left out by default. */
  readonly gateway?: boolean;
}

/**
 * Writes a cntlm.conf.
 * Source: “Make CNTLM listen to the docker0 interface”; cntlm(1), “Configuration”.
 * @throws RangeError when cntlm could not read a value as it is meant
 */
export function cntlmConf(conf: CntlmConf): string {
  checkAccount(conf);
  if (conf.proxies.length === 0) throw new RangeError('cntlm.conf needs a Proxy: without one cntlm does not start.');
  const bare = conf.proxies.find((proxy) => !/^[^\s:]+:\d+$/.test(proxy));
  if (bare !== undefined) throw new RangeError(`Proxy in cntlm.conf is ${bare}, but must be a host with a port.`);
  const lines: [string, string][] = [
    ['Username', conf.username],
    ['Domain', conf.domain],
    conf.keep === 'PassNTLMv2' ? ['PassNTLMv2', passNtlmv2(conf)] : ['Password', plain(conf.password)],
    ...conf.proxies.map((proxy): [string, string] => ['Proxy', proxy]),
    ...(conf.gateway === undefined ? [] : [['Gateway', conf.gateway ? 'yes' : 'no'] as [string, string]]),
    ['Listen', conf.listen],
  ];
  // The line break at the end counts: cntlm does not see a line without one.
  return lines.map(([key, value]) => `${key.padEnd(12)} ${written(key, value)}\n`).join('');
}

function plain(password: string): string {
  const instead = 'Keep it as PassNTLMv2.';
  if (!isAscii(password))
    throw new RangeError(`The password has characters that are not ASCII, and cntlm garbles them. ${instead}`);
  if (password.length > LONGEST_VALUE)
    throw new RangeError(`The password has more than the ${LONGEST_VALUE} characters that cntlm keeps. ${instead}`);
  if (password === '') throw new RangeError('The password is empty, which cntlm cannot be told.');
  return password;
}

/** A value as cntlm reads it back: in quotation marks where it would be cut or trimmed otherwise. */
function written(key: string, value: string): string {
  if (value !== '' && !/^[";\s]|#|\s$/.test(value)) return value;
  if (value !== '' && !value.includes('"')) return `"${value}"`;
  throw new RangeError(
    `${key} in cntlm.conf can be neither written as it is nor in quotation marks, for which cntlm knows no escape.`,
  );
}
