import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readable } from '../report/packs.ts';
import { REPORT_FILES } from '../report/report-files.ts';
import { expectFailed } from './_failed.ts';
import { fileAt } from './_system.ts';
import { teamScenario } from './_team.ts';
import { type Done, scratch, tool } from './_tool.ts';

const AUTH = { scheme: 'basic', user: 'CORP\\plänted user', password: `p@ss:w/ü#%"'$ planted` };

/** A job that shows its token, through a proxy with a password; what was secret is written beside the run. */
async function plant(dir: string, ...options: string[]): Promise<Done & { secrets: string[] }> {
  const side = join(dir, 'job-token');
  await teamScenario(join(dir, 'team'), {
    name: 'secrets',
    world: `{
    proxy: { kind: 'keep-alive', auth: ${JSON.stringify(AUTH)} },
    gitlab: { jobs: [{ script: ['printf %s "$CI_JOB_TOKEN" > ${side}', 'echo "token $CI_JOB_TOKEN"', 'env'] }] },
  }`,
    act: `
  const proxy = world.proxy.url;
  const { tokens } = world.gitlab;
  (await import('node:fs')).writeFileSync(${JSON.stringify(`${side}s`)}, JSON.stringify([...Object.values(tokens), proxy]));
  const env = { HTTP_PROXY: proxy, HTTPS_PROXY: proxy };
  await subject.run({
    url: world.gitlabUrl, token: tokens.runner, env, checkInterval: 1, environment: ['HTTP_PROXY=' + proxy],
  });
  await world.until('the end of the job', (seen) => seen.of('job').some(({ what }) => what === 'finished'), 60_000);`,
    judge: `
  const seen = evidence.of('job').find(({ what }) => what === 'finished').trace.text;
  return [{ verdict: 'fails', expected: 'a quiet job', observed: seen, evidence: evidence.events.map(({ seq }) => seq) }];`,
  });
  const done = await tool(dir, 'run', 'team/secrets', '--scenarios', 'team', '--report', 'report', ...options);
  const [tokens, jobToken] = await Promise.all([fileAt(`${side}s`), fileAt(side)]);
  const known = [...(JSON.parse(tokens) as string[]), jobToken, AUTH.password, `${AUTH.user}:${AUTH.password}`];
  return { ...done, secrets: known };
}

/** Everything a secret may look like. */
function formsOf(secret: string): string[] {
  const base64 = Buffer.from(secret).toString('base64').replace(/=+$/, '');
  const quoted = JSON.stringify(secret).slice(1, -1);
  const entities = secret.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
  const url = encodeURIComponent(secret);
  return [
    secret,
    url,
    url.toLowerCase(),
    encodeURI(secret),
    base64,
    quoted,
    JSON.stringify(quoted).slice(1, -1),
    entities,
  ];
}

test.each([
  ['the reference runner', []],
  ['a runner that prints the token', ['--runner', 'reference:prints-token-in-trace']],
  ['a runner that prints the proxy password', ['--runner', 'reference:prints-proxy-password-in-trace']],
])('with %s, no secret is in any artifact nor on the terminal', async (_, options) => {
  await using place = await scratch();
  const planted = await plant(place.dir, ...options);
  expectFailed(planted);
  const { secrets, out, err } = planted;
  expect(secrets).toHaveLength(7);
  for (const secret of secrets) expect(secret.length).toBeGreaterThan(8);
  const artifacts = readdirSync(join(place.dir, 'report')).toSorted();
  expect(artifacts).toEqual(REPORT_FILES);
  const texts = artifacts.map(
    (name) => [name, readable(name, readFileSync(join(place.dir, 'report', name), 'utf8'))] as const,
  );
  // The secrets were on the wire and in the trace, or the search proves nothing.
  const ledger = texts.find(([name]) => name === 'ledger.ndjson')?.[1] ?? '';
  expect(ledger).toMatch(/"Proxy-Authorization","Basic «[^»]+»"/i);
  expect(ledger).toContain('token ');
  for (const [name, text] of [...texts, ['the terminal', out + err] as const]) {
    const found = secrets.flatMap(formsOf).filter((form) => text.includes(form));
    expect(found, name).toEqual([]);
  }
});
