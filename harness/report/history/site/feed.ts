import { createHash } from 'node:crypto';
import { create } from 'xmlbuilder2';
import type { RunChanges } from '../model/run-changes.ts';
import { changesHtml, changesTitle } from './changes-html.ts';

/** How many entries a feed has, the newest. */
const ENTRIES = 50;

/**
 * The changes as an Atom feed (RFC 4287).
 * @param changes the oldest first
 * @param url where the site is, with a slash at its end; empty for one that is nowhere yet
 */
export function feedXml(changes: readonly RunChanges[], url: string): string {
  const feed = create({ version: '1.0', encoding: 'UTF-8' }).ele('feed', { xmlns: 'http://www.w3.org/2005/Atom' });
  feed.ele('id').txt(url === '' ? 'urn:proxyproof:history' : url);
  feed.ele('title').txt('Proxyproof history: what changed');
  feed.ele('updated').txt(changes.at(-1)?.at ?? new Date(0).toISOString());
  feed.ele('author').ele('name').txt('Proxyproof');
  feed.ele('link', { rel: 'self', type: 'application/atom+xml', href: `${url}feed.xml` });
  feed.ele('link', { rel: 'alternate', type: 'text/html', href: `${url}changes.html` });
  for (const each of changes.slice(-ENTRIES).toReversed()) {
    const entry = feed.ele('entry');
    entry.ele('id').txt(`urn:sha256:${idOf(each)}`);
    entry.ele('title').txt(changesTitle(each));
    entry.ele('updated').txt(each.at);
    entry.ele('link', { rel: 'alternate', type: 'text/html', href: `${url}changes.html` });
    entry.ele('content', { type: 'html' }).txt(changesHtml(each, url));
  }
  return `${feed.end({ prettyPrint: true })}\n`;
}

/** An entry keeps its id for good, whatever else comes into the history. */
const idOf = ({ run }: RunChanges): string =>
  createHash('sha256')
    .update(JSON.stringify([run.subject, run.profile, run.generations, run.startedAt]))
    .digest('hex');
