import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { queryFields, queryFlags } from '../../../harness/report/history/query/fields.ts';
import { parseQuery } from '../../../harness/report/history/query/parse-query.ts';
import { temporaryDirectory } from '../temporary.ts';
import { smallRun, writtenRun } from './stored.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const TEXT = readFileSync(join(ROOT, 'docs/history.md'), 'utf8');
const [gitlab, github] = [...TEXT.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml = '']) => parse(yaml) as Jobs);

interface Jobs {
  readonly history: { readonly script?: readonly string[]; readonly steps?: readonly { readonly run?: string }[] };
}

const shell = promisify(execFile);

/** An empty remote, a run below runs/latest and run, and a shell in which npx finds this checkout. */
async function pipeline(): Promise<{ dir: string; remote: string; run: (script: string) => Promise<string> }> {
  const dir = await temporaryDirectory();
  const remote = join(dir, 'remote.git');
  await shell('git', ['init', '-q', '--bare', '-b', 'proxyproof-history', remote]);
  const { results, events } = smallRun();
  const run = await writtenRun(results, events);
  await shell('bash', ['-c', `mkdir runs && cp -r ${run} runs/latest && cp -r ${run} run`], { cwd: dir });
  const main = join(ROOT, 'harness/cli/main.ts');
  const npx = `npx() { shift; ${process.execPath} --disable-warning=ExperimentalWarning ${main} "$@"; }\n`;
  const env = {
    ...process.env,
    CI_JOB_URL: 'https://gitlab.example/-/jobs/1',
    CI_PAGES_URL: 'https://group.gitlab.example/project',
    CI_COMMIT_SHORT_SHA: 'abc',
    GITHUB_SERVER_URL: 'https://github.example',
    GITHUB_REPOSITORY: 'team/project',
    GITHUB_REPOSITORY_OWNER: 'team',
    GITHUB_RUN_ID: '7',
    GITHUB_SHA: 'abc',
  };
  return {
    dir,
    remote,
    run: async (script) => (await shell('bash', ['-e', '-c', npx + script], { cwd: dir, env })).stdout,
  };
}

const commits = async (remote: string): Promise<number> =>
  Number((await shell('git', ['rev-list', '--count', 'proxyproof-history'], { cwd: remote })).stdout);

describe('docs/history.md', () => {
  it('names every field and word of the search, and no search that cannot be read', () => {
    for (const { name } of queryFields) expect(TEXT).toMatch(new RegExp(`^\\|.*\`${name}:`, 'm'));
    for (const name of Object.keys(queryFlags)) expect(TEXT).toMatch(new RegExp(`^\\|.*\`${name}\``, 'm'));
    const [, block = ''] = /## Searching\n\n((?: {4}.*\n)+)/.exec(TEXT) ?? [];
    const terms = [...TEXT.matchAll(/^\| (`.*`) \|/gm)].flatMap(
      ([, cell = '']) => cell.match(/`([^`]+:[^`]+)`/g) ?? [],
    );
    for (const query of [...block.trim().split('\n'), ...terms.map((each) => each.slice(1, -1))])
      parseQuery(query.trim());
    expect(terms.length).toBeGreaterThan(10);
  });

  it('has a GitLab job whose script keeps a run, and one run only once', async () => {
    const { dir, remote, run } = await pipeline();
    const script = (gitlab?.history.script ?? []).map((line) => line.replace(/^REPOSITORY=.*/, `REPOSITORY=${remote}`));
    expect(await run(script.join('\n'))).toMatch(/Added: gitlab-runner 14\.10\.1/);
    expect(await commits(remote)).toBe(1);
    expect(existsSync(join(dir, 'public/index.html'))).toBe(true);
    expect(await readFile(join(dir, 'public/feed.xml'), 'utf8')).toContain(
      'https://group.gitlab.example/project/feed.xml',
    );
    await run(`rm -rf kept public\n${script.join('\n')}`);
    expect(await commits(remote)).toBe(1);
  });

  it('has a GitHub job whose script does the same', async () => {
    const { dir, remote, run } = await pipeline();
    const script = github?.history.steps?.find((step) => step.run)?.run ?? '';
    await writeFile(join(dir, 'README'), 'a history\n');
    const first =
      'git clone -q remote.git kept 2>&1; cd kept; cp ../README .; git add README; git -c user.name=a -c user.email=a@b commit -qm first; git push -q origin HEAD:proxyproof-history; cd ..';
    await run(first);
    expect(await run(script)).toMatch(/Added: gitlab-runner 14\.10\.1/);
    expect(await commits(remote)).toBe(2);
    expect(await readFile(join(dir, 'public/feed.xml'), 'utf8')).toContain('https://team.github.io/project/feed.xml');
    await run(script);
    expect(await commits(remote)).toBe(2);
  });
});
