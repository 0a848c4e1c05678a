/** Negotiate flags ([MS-NLMP] section 2.2.2.5). */
export const FLAGS = {
  unicode: 0x1,
  oem: 0x2,
  requestTarget: 0x4,
  sign: 0x10,
  seal: 0x20,
  ntlm: 0x200,
  domainSupplied: 0x1000,
  workstationSupplied: 0x2000,
  alwaysSign: 0x8000,
  targetIsDomain: 0x10000,
  extendedSessionSecurity: 0x80000,
  targetInfo: 0x800000,
  version: 0x2000000,
  key128: 0x20000000,
  keyExchange: 0x40000000,
  key56: 0x80000000,
} as const;

/** Whether a set of flags has this one. */
export const has = (flags: number, flag: keyof typeof FLAGS): boolean => (flags & FLAGS[flag]) !== 0;

/** Flags as the unsigned number that goes over the wire. */
export const flagsOf = (...names: readonly (keyof typeof FLAGS)[]): number =>
  names.reduce((flags, name) => flags | FLAGS[name], 0) >>> 0;
