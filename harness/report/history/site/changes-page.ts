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
        `<section class="standing"><h2>${escapeHtml(changesTitle(each))}</h2><p class="cite">${each.run.startedAt.slice(0, 16).replace('T', ' ')} UTC</p>${changesHtml(each, '')}</section>`,
    );
  return {
    file: 'changes.html',
    title: 'What changed',
    lead: '<p class="cite">Each run against the run before it of the same subject and profile, or, where there is none, against the version before. The same as <a href="feed.xml">a feed</a>.</p>',
    body: parts.join('\n') || '<p>Nothing yet.</p>',
  };
}
