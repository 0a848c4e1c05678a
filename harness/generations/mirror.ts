import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where a machine of Debian says from where it has its packages, those of the distribution alone. */
const FILES = ['sources.list.d/debian.sources', 'sources.list'];

/** Debian's archive signs its suites with keys that every Debian has here. */
export const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

/**
 * The mirror of Debian that this machine uses, by which other suites can be had as well.
 * @param etc apt's directory
 * @returns its URL; undefined where the machine names none, as on another distribution
 */
export async function debianMirror(etc = '/etc/apt'): Promise<string | undefined> {
  for (const file of FILES) {
    const text = await readFile(join(etc, file), 'utf8').catch(() => '');
    const found = [...text.matchAll(/^(?:URIs:|deb\s+(?:\[[^\]]*\]\s+)?)\s*(\S+)/gm)].map(([, url = '']) => url);
    // The security archive has another layout of suites.
    const mirror = found.find((url) => /\/debian\/?$/.test(url));
    if (mirror) return mirror.replace(/\/$/, '');
  }
  return undefined;
}
