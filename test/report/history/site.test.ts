import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { convert } from 'xmlbuilder2';
import { writeSite } from '../../../harness/report/history/site/write-site.ts';
import type { HistoryRun } from '../../../harness/report/history/store/history-run.ts';
import { temporaryDirectory } from '../temporary.ts';
import { writtenHistory } from './made-site.ts';
import { known, measured, oneRun } from './made-standings.ts';

const BUG = 'https://bugs.example/7';

const RUNS = [
  oneRun('17.11.4', 1, {
    'a/one': 'pass',
    'a/two': 'fail',
    'b/three': 'warn',
    'checks/x': measured('Again after 60.0 s.'),
  }),
  oneRun('18.3.1', 2, { 'a/one': 'fail', 'a/two': known(BUG), 'checks/x': measured('Again after 0.10 s.') }),
  oneRun(
    '18.3.1',
    3,
    { 'a/one': 'pass', 'a/two': known(BUG) },
    { profile: '18.3', report: 'https://ci.example/report.html' },
  ),
  oneRun('18.11.4', 4, { 'a/one': known(), 'a/two': 'pass' }),
];

const URL_OF_SITE = 'https://group.gitlab.io/project';

async function site(
  runs: readonly HistoryRun[] = RUNS,
  dir?: string,
): Promise<{ dir: string; read: (file: string) => Promise<string> }> {
  const folder = await temporaryDirectory();
  await writtenHistory(folder, runs);
  const where = dir ?? (await temporaryDirectory());
  await writeSite(folder, where, URL_OF_SITE);
  return { dir: where, read: (file) => readFile(join(where, file), 'utf8') };
}

describe('the site of a history', () => {
  it('has no link that leads nowhere, and none that needs a server', async () => {
    const { dir, read } = await site();
    const pages = (await readdir(dir, { recursive: true })).filter((name) => name.endsWith('.html'));
    expect(pages).toHaveLength(6 + 2 + 4 + 3);
    for (const page of pages) {
      const html = (await read(page)).replace(/<script>[\s\S]*<\/script>/, '');
      for (const [, link = ''] of html.matchAll(/href="([^"]+)"/g)) {
        if (/^https:/.test(link) || link.startsWith('#q=')) continue;
        const [file = '', anchor = ''] = link.split('#');
        const target = file === '' ? page : join(dirname(page), file);
        expect(existsSync(join(dir, target)), `${page} → ${link}`).toBe(true);
        if (anchor !== '' && !anchor.startsWith('q='))
          expect(await read(target), `${page} → ${link}`).toContain(`id="${anchor}"`);
      }
    }
  });

  it('lists failures without a bug apart from those that have one', async () => {
    const html = await (await site()).read('bugs.html');
    const [without = '', bugs = ''] = html.split('id="known"');
    expect(without).toMatch(/Failures without a bug’s link <small>4</);
    expect(without).toMatch(/requirements\/a\/one\.html[\s\S]*1 expected, without a link/);
    expect(without).toContain('requirements/b/three.html');
    expect(bugs).toContain(`<a href="${BUG}" rel="noreferrer">${BUG}</a>`);
    expect(bugs).toMatch(/gitlab-runner, profile 18\.3: <a [^>]*>18\.3\.1<\/a> 1 fail/);
  });

  it('says on a requirement’s page how every subject stands to it, with its bug and its run’s report', async () => {
    const html = await (await site()).read('requirements/a/two.html');
    expect(html).toMatch(/gitlab-runner 17\.11\.4[\s\S]*gitlab-runner 18\.3\.1[\s\S]*gitlab-runner 18\.11\.4/);
    expect(html).toContain(`Known deviation: a bug <a href="${BUG}"`);
    expect(html).toContain('changed from fail since 18.3.1');
    expect(html).toContain('href="https://ci.example/report.html"');
  });

  it('says on a subject’s page what does not hold and what changed', async () => {
    const html = await (await site()).read('subjects/gitlab-runner-18.3.1.html');
    expect(html).toMatch(
      /What changed<\/h3>[\s\S]*a\/one[\s\S]*changed from pass since 17\.11\.4 <span class="word fail">worse/,
    );
    expect(html).toContain(encodeURIComponent(`${URL_OF_SITE}/badges/gitlab-runner-18.3.1-profile-14.10.json`));
  });

  it('draws outcomes and measured values over runs', async () => {
    const { read } = await site();
    expect(await read('trends.html')).toContain('aria-label="fail: 1 to 2, newest 1"');
    expect(await read('trends/gitlab-runner-profile-14.10.html')).toMatch(
      /aria-label="checks\/x, Again after: 0\.1 to 60 s, newest none"/,
    );
  });

  it.each([
    ['17.11.4-profile-14.10', { message: '1 fail, 1 recommended missed', color: 'red' }],
    ['18.3.1-profile-18.3', { message: '1 known', color: 'yellow' }],
    ['18.11.4-profile-14.10', { message: '1 known', color: 'yellow' }],
  ])('has a badge for %s', async (name, wanted) => {
    const badge: unknown = JSON.parse(await (await site()).read(`badges/gitlab-runner-${name}.json`));
    expect(badge).toMatchObject({ schemaVersion: 1, label: expect.stringContaining('gitlab-runner'), ...wanted });
  });

  it('has a badge that is green where all holds', async () => {
    const { read } = await site([oneRun('17.0.0', 1, { 'a/one': 'pass', 'a/two': 'pass' })]);
    expect(JSON.parse(await read('badges/gitlab-runner-17.0.0-profile-14.10.json'))).toEqual({
      schemaVersion: 1,
      label: 'gitlab-runner 17.0.0, profile 14.10',
      message: '2 hold',
      color: 'brightgreen',
    });
  });

  it('has a feed of changes, the newest first, with ids that stay', async () => {
    const feedOf = async (runs: readonly HistoryRun[]): Promise<Entry[]> => {
      const xml = convert(await (await site(runs)).read('feed.xml'), { format: 'object' }) as unknown as Feed;
      expect(xml.feed['@xmlns']).toBe('http://www.w3.org/2005/Atom');
      return [xml.feed.entry].flat();
    };
    const before = await feedOf(RUNS);
    expect(before.map(({ title }) => title)).toEqual([
      'gitlab-runner 18.11.4, profile 14.10: 1 case got better since 18.3.1',
      'gitlab-runner 18.3.1, profile 18.3: the first run',
      'gitlab-runner 18.3.1, profile 14.10: 1 case got worse, 1 case changed otherwise since 17.11.4',
      'gitlab-runner 17.11.4, profile 14.10: the first run',
    ]);
    expect(before[0]?.content['#']).toContain(`href="${URL_OF_SITE}/requirements/a/two.html"`);
    const after = await feedOf([...RUNS, oneRun('19.0.0', 9, { 'a/one': 'fail' })]);
    expect(after.slice(1).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  });

  it('takes away what it has no more, and nothing that is not its own', async () => {
    const { dir } = await site();
    await writeFile(join(dir, 'CNAME'), 'history.example\n');
    await site(RUNS.slice(0, 1), dir);
    expect(existsSync(join(dir, 'subjects/gitlab-runner-17.11.4.html'))).toBe(true);
    expect(existsSync(join(dir, 'subjects/gitlab-runner-18.3.1.html'))).toBe(false);
    expect(existsSync(join(dir, 'CNAME'))).toBe(true);
  });

  it('takes nothing away that a changed list of files names elsewhere', async () => {
    const { dir } = await site();
    const outside = join(await temporaryDirectory(), 'kept.txt');
    await writeFile(outside, 'kept');
    await writeFile(join(dir, 'site-files.json'), JSON.stringify([outside, '../../etc/x', `../${outside}`]));
    await site(RUNS, dir);
    expect(existsSync(outside)).toBe(true);
  });

  it('shows what is written in a run as text, never as HTML', async () => {
    const evil = '<img src=x onerror=alert(1)>';
    const run = oneRun(`1.0.0${evil}`, 1, {
      'a/one': {
        outcome: 'fail',
        wrong: [[evil, evil]],
        evidence: [evil],
        known: { outcome: 'fail', reason: evil, link: `javascript:alert(1)//${evil}` },
      },
      [`a/one[x=${evil}]`]: measured(evil),
    });
    const { dir, read } = await site([
      { ...run, report: `javascript:${evil}` },
      { ...run, startedAt: '2026-02-01T00:00:00.000Z' },
    ]);
    for (const page of (await readdir(dir, { recursive: true })).filter((name) => /\.(html|xml)$/.test(name))) {
      const html = await read(page);
      expect(html, page).not.toContain(evil);
      expect(html, page).not.toContain('href="javascript:');
    }
  });
});

interface Entry {
  readonly id: string;
  readonly title: string;
  readonly content: { readonly '#': string };
}

interface Feed {
  readonly feed: { readonly '@xmlns': string; readonly entry: Entry | Entry[] };
}
