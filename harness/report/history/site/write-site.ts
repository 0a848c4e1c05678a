import { rm } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { writeText } from '../../files.ts';
import { buildModel } from '../model/build-model.ts';
import { runChanges } from '../model/run-changes.ts';
import { readHistory } from '../store/read-history.ts';
import { textIfThere } from '../store/text-if-there.ts';
import { badgesOf } from './badges.ts';
import { bugsPage } from './bugs-page.ts';
import { changesPage } from './changes-page.ts';
import { feedXml } from './feed.ts';
import { indexPage } from './index-page.ts';
import { requirementPage } from './requirement-page.ts';
import { requirementsPage } from './requirements-page.ts';
import { siteLinks } from './site-links.ts';
import { sitePageHtml } from './site-page.ts';
import { subjectPage } from './subject-page.ts';
import { subjectsPage } from './subjects-page.ts';
import { trendPages } from './trend-pages.ts';

/** What a site came to. */
export interface WrittenSite {
  readonly runs: number;
  readonly files: number;
  readonly bytes: number;
}

/** Names the files of a site, so that the next one takes away what it has no more. */
const FILES = 'site-files.json';

/**
 * Makes a static site of a history: plain files that open from a folder as well as from any web server.
 * @param folder of the history
 * @param dir where the site goes; files there that are none of a site stay
 * @param url where it will be, for what refers to it from elsewhere: badges, feed
 * @throws ReportError when the history cannot be read, or a file not be written
 */
export async function writeSite(folder: string, dir: string, url = ''): Promise<WrittenSite> {
  const runs = await readHistory(folder);
  const files = siteFiles(runs, url === '' || url.endsWith('/') ? url : `${url}/`);
  const list = [...files.keys()].toSorted();
  await removeStale(dir, list);
  await Promise.all([...files].map(([file, text]) => writeText(join(dir, file), text)));
  const bytes = [...files.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  await writeText(join(dir, FILES), `${JSON.stringify(list, null, 1)}\n`);
  return { runs: runs.length, files: files.size, bytes };
}

/** Every file of a site with its text. */
function siteFiles(runs: Parameters<typeof buildModel>[0], url: string): Map<string, string> {
  const model = buildModel(runs);
  const links = siteLinks(model.data);
  const changes = runChanges(runs);
  const subjects = Map.groupBy(model.data.columns.keys(), (index) => links.subjects[index] ?? '');
  const pages = [
    indexPage(model, links),
    subjectsPage(model, links),
    requirementsPage(model),
    ...trendPages(model),
    bugsPage(model, links),
    changesPage(changes),
    ...model.data.scenarios.map((_, index) => requirementPage(model, links, index)),
    ...[...subjects.values()].map((columns) => subjectPage(model, links, columns, url)),
  ];
  return new Map([
    ...pages.map((page) => [page.file, sitePageHtml(page)] as const),
    ...[...badgesOf(model, links)].map(([file, badge]) => [file, `${JSON.stringify(badge)}\n`] as const),
    ['feed.xml', feedXml(changes, url)],
  ]);
}

/** Removes what an earlier site has left here, and nothing else. */
async function removeStale(dir: string, wanted: readonly string[]): Promise<void> {
  const text = await textIfThere(join(dir, FILES));
  if (text === undefined) return;
  let earlier: unknown;
  try {
    earlier = JSON.parse(text);
  } catch {
    return;
  }
  const keep = new Set(wanted);
  for (const file of Array.isArray(earlier) ? earlier : []) {
    if (typeof file !== 'string' || keep.has(file)) continue;
    const way = relative(resolve(dir), resolve(dir, file));
    if (way === '' || way === '..' || way.startsWith(`..${sep}`)) continue;
    await rm(join(dir, way), { force: true });
  }
}
