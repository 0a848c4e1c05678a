import { escapeHtml } from '../../picture/markup.ts';
import type { RunChanges } from '../model/run-changes.ts';
import { changesHtml, changesTitle } from './changes-html.ts';
import type { SitePage } from './site-page.ts';

/** What changed from run to run, the newest first. */
export function changesPage(changes: readonly RunChanges[]): SitePage {
  const parts = changes
    .toReversed()
    .map(
      (each) =>
        `<section class="standing"><h2>${escapeHtml(changesTitle(each))}</h2><p class="cite">${each.at.slice(0, 16).replace('T', ' ')} UTC</p>${changesHtml(each, '')}</section>`,
    );
  return {
    file: 'changes.html',
    title: 'What changed',
    lead: '<p class="cite">Each version against the next older one of the same subject and profile, whichever of the two was run earlier; and each further run of a version against the run before it. The same as <a href="feed.xml">a feed</a>.</p>',
    body: parts.join('\n') || '<p>Nothing yet.</p>',
  };
}
