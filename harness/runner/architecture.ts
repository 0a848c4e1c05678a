/** What Go, and with it GitLab's files, call the processors that Node calls otherwise. */
const NAMES: Readonly<Record<string, string>> = {
  x64: 'amd64',
  ia32: '386',
  arm64: 'arm64',
  arm: 'arm',
  s390x: 's390x',
  ppc64: 'ppc64le',
  riscv64: 'riscv64',
};

/** An operating system and a processor, in Node's words. */
export interface Platform {
  readonly os: string;
  readonly arch: string;
}

export const thisPlatform: Platform = { os: process.platform, arch: process.arch };

/** Go's name of a processor. @param arch Node's */
export const goArchitecture = (arch: string): string | undefined => NAMES[arch];
