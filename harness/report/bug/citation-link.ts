import { profileNames } from '../../profile/index.ts';

/** Where the pages that requirements cite are, in the repository of gitlab-runner. */
const PAGES: readonly (readonly [title: RegExp, path: string])[] = [
  [/behind a proxy/i, 'docs/configuration/proxy.md'],
  [/certificates/i, 'docs/configuration/tls-self-signed.md'],
  [/Advanced configuration/i, 'docs/configuration/advanced-configuration.md'],
];

/**
 * The page of a citation as it was in that version, at its heading; undefined for a citation of another document, such as a team's.
 * @param citation such as `GitLab Runner 18.11, Running GitLab Runner behind a proxy, “Handling rate limited requests”`
 */
export function citationLink(citation: string): string | undefined {
  const [, version = '', title = '', heading = ''] = /^GitLab Runner ([\d.]+), (.+), “(.+)”$/.exec(citation) ?? [];
  const path = PAGES.find(([of]) => of.test(title))?.[1];
  if (path === undefined || !profileNames.some((name) => name === version)) return undefined;
  const anchor = heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
  return `https://gitlab.com/gitlab-org/gitlab-runner/-/blob/v${version}.0/${path}#${anchor}`;
}
