import type { ClientId } from '../models/index.ts';
import { isTarget } from '../target.ts';

/** What somebody typed for a URL, as clients would ask for it. */
export interface Typed {
  /** A URL with http or https; undefined where no client of the table asks for it. */
  readonly url: string | undefined;
  /** Who asks for such a thing; everybody where undefined. */
  readonly only?: readonly ClientId[];
  /** What was made of it: a sentence. */
  readonly says?: string;
}

/** Ports where plain http is spoken. */
const PLAIN = /:(?:80|2375|3128|5000|8080|8081)$/;
const SSH = /^ssh:\/\/|^[\w.-]+@[\w.-]+:(?!\d+(?:\/|$))/i;

/** Takes what people type: a URL, DOCKER_HOST, git's address by ssh, or a bare name. */
export function typed(text: string): Typed {
  if (SSH.test(text)) {
    return {
      url: undefined,
      says: 'ssh reads none of these variables and goes direct: give it a ProxyCommand, or use altssh.gitlab.com:443 or https.',
    };
  }
  const tcp = /^tcp:\/\/(.+)$/i.exec(text)?.[1];
  if (tcp !== undefined) {
    const url = `${/:2376\/?$/.test(tcp) ? 'https' : 'http'}://${tcp}`;
    return { url, only: ['docker'], says: 'This is a DOCKER_HOST: the docker command alone asks for it.' };
  }
  if (/^[\w.-]+(?::\d+)?$|^\[[\da-f:.]+\](?::\d+)?$/i.test(text)) {
    const url = `${PLAIN.test(text) ? 'http' : 'https'}://${text}/`;
    if (isTarget(url)) return { url, says: `Taken for ${url}` };
  }
  return { url: text };
}
