import { expect, it } from 'vitest';
import { citationLink } from '../../../harness/report/bug/citation-link.ts';
import { runBug } from '../../../harness/report/index.ts';
import { Recorder, results } from '../builder.ts';
import { tooEarly } from '../stories.ts';
import { BUG_HEADINGS } from './headings.ts';

it('a failure of a run is reported in the form of gitlab-runner, with all that its makers need and no secret', () => {
  const recorder = new Recorder();
  const cites = 'GitLab Runner 14.10, Running GitLab Runner behind a proxy, “Handling rate limited requests”';
  const failed = { ...tooEarly(recorder), citation: cites };
  const text = runBug(results([failed]), failed, recorder.events);
  expect(text.match(/^##.*$/gm)).toEqual(BUG_HEADINGS);
  expect(text).toContain('## Summary\n\ngitlab-runner 14.10.1: It arrived 1.01 s after the 429, 1.99 s too early.');
  expect(text).toContain(
    "./proxyproof run 'rate-limit/reset-time-valid[proxy=basic]' --runner /usr/local/bin/gitlab-runner",
  );
  expect(text).toContain('The request is issued again no earlier than the stated time, 3.00 s after the 429');
  expect(text).toContain(
    `[${cites}](https://gitlab.com/gitlab-org/gitlab-runner/-/blob/v14.10.0/docs/configuration/proxy.md#handling-rate-limited-requests)`,
  );
  expect(text).toMatch(/▸ +0\.413 s {2}gitlab +← 429/);
  expect(text).toContain('### Used GitLab Runner version\n\ngitlab-runner 14.10.1');
  expect(text).toContain('/label ~bug');
  for (const secret of ['p@ss:word', 'p%40ss%3Aword', Buffer.from('alice:p@ss:word').toString('base64')])
    expect(text).not.toContain(secret);
});

it("a citation of another document, such as a team's, has no link", () => {
  expect(citationLink('our handbook')).toBeUndefined();
  expect(citationLink('GitLab Runner 3.1, Running GitLab Runner behind a proxy, “A”')).toBeUndefined();
});
