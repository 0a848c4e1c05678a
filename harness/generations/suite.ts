import { readFile } from 'node:fs/promises';
import { debianMirror, KEYRING } from './mirror.ts';
import { GENERATIONS, type Generation, type ProgramSource } from './rows.ts';

/** A suite of Debian that is not the machine's own, as images are made of it. */
export interface ForeignSuite {
  readonly name: string;
  /** Where its packages are, as apt takes it. */
  readonly source: string;
  /** Settings of apt without which they cannot be had. */
  readonly settings: readonly string[];
}

/** The machine's own suite, such as `bookworm`; undefined where it does not say. */
export async function ownSuite(): Promise<string | undefined> {
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return /^VERSION_CODENAME="?([\w-]+)"?$/m.exec(release)?.[1];
}

/** The name of a source's suite, where that is not the machine's own anyway. */
export async function foreignSuite(source: ProgramSource): Promise<string | undefined> {
  if (source === 'host') return undefined;
  const { suite } = GENERATIONS[source];
  return suite === (await ownSuite()) ? undefined : suite;
}

/**
 * How packages of a suite are had on this machine.
 * @param name as `foreignSuite` gives it
 * @throws Error where the machine names no mirror of Debian, as half a sentence
 */
export async function suiteSource(name: string): Promise<ForeignSuite> {
  const mirror = await debianMirror();
  if (!mirror) throw new Error('the package sources of this machine name no mirror of Debian');
  const row: Generation | undefined = Object.values(GENERATIONS).find(({ suite }) => suite === name);
  const settings = row?.agesUnnoticed ? ['Acquire::Check-Valid-Until "false"'] : [];
  return { name, source: `deb [signed-by=${KEYRING}] ${mirror} ${name} main`, settings };
}
