import { splitUrl } from '../../url/index.ts';
import type { Addressee } from './failure.ts';

/** The host and port that a URL names; undefined for what is none. */
export function targetOf(url: string): Addressee | undefined {
  const { scheme = '', host, port } = splitUrl(url);
  if (!/^https?$/.test(scheme) || !/^[\w.:-]+$/.test(host)) return undefined;
  const given = port !== undefined && /^\d+$/.test(port) ? Number(port) : undefined;
  return { scheme, host: host.toLowerCase(), port: given ?? (scheme === 'https' ? 443 : 80) };
}

/** The first URL in a text, or undefined. */
export const urlIn = (text: string): string | undefined => /\bhttps?:\/\/[^\s"'\\<>)]+/.exec(text)?.[0];
