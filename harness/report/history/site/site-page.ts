import { documentHead } from '../../html/document-head.ts';
import { escapeHtml } from '../../picture/markup.ts';
import { siteStyle } from './site-style.ts';

/** A page of the site. */
export interface SitePage {
  /** Its file, from the site's folder on: `requirements/rate-limit/herd.html`. */
  readonly file: string;
  readonly title: string;
  /** HTML: what stands in the page's main part, which begins with no heading. */
  readonly body: string;
  /** HTML below the heading. */
  readonly lead?: string;
  /** Data and script for the end of the page; without them nothing runs in it. */
  readonly data?: string;
  readonly script?: string;
}

/** The pages that every page leads to. */
const NAVIGATION = [
  ['index.html', 'Matrix'],
  ['subjects.html', 'Subjects'],
  ['requirements.html', 'Requirements'],
  ['trends.html', 'Trends'],
  ['bugs.html', 'Bugs'],
  ['changes.html', 'Changes'],
] as const;

/** A page as a file: it needs no network, and only its own script may run in it. */
export function sitePageHtml({ file, title, body, lead = '', data = '', script }: SitePage): string {
  const top = '../'.repeat(file.split('/').length - 1);
  const ways = NAVIGATION.map(
    ([page, name]) => `<a href="${top}${page}"${page === file ? ' aria-current="page"' : ''}>${name}</a>`,
  );
  const head = documentHead({
    title: `${title} · Proxyproof history`,
    style: siteStyle,
    script,
    links: `<link rel="alternate" type="application/atom+xml" title="Changes" href="${top}feed.xml">`,
  });
  return `${head}
<body>
<a class="skip-link" href="#content">Skip to the content</a>
<header><p class="suite">Proxyproof history</p><nav class="site" aria-label="Site">${ways.join('')}</nav><h1>${escapeHtml(title)}</h1>${lead}</header>
<main id="content" tabindex="-1">
${body}
</main>
${data}${script === undefined ? '' : `<script>${script}</script>`}
</body>
</html>
`;
}
