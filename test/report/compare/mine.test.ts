import { describe, expect, it } from 'vitest';
import { bundleOf, diagnose } from '../../../harness/diagnosis/index.ts';
import { compareRuns } from '../../../harness/report/compare/comparison.ts';
import { concernsOf, readSetUp, setUpOf, setUpWords } from '../../../harness/report/compare/mine/index.ts';
import { holds, runOf } from './_runs.ts';

const ALL = [
  'git/clone[executor=docker][proxy=basic]',
  'git/clone[executor=docker][proxy=squid]',
  'git/clone[executor=shell][proxy=squid]',
  'git/limited[proxy=basic]',
  'cntlm/wrong-password',
  'containers/build-container',
  'docker/push-through-proxy',
  'rate-limit/herd',
  'tls/trusts',
].map((id) => holds(id));

/** The ids that are compared for a set-up, and why the others are not. */
function comparedFor(typed: string) {
  const concerns = concernsOf(readSetUp(typed, ALL), ALL);
  const { leftOut, compared } = compareRuns(runOf('1.0.0', ALL), runOf('2.0.0', ALL), { concerns });
  return { ids: ALL.filter((each) => concerns(each) === undefined).map(({ id }) => id), leftOut, compared };
}

describe('what cannot concern a set-up', () => {
  it('is another value of an axis, where the same scenario has ours', () => {
    const { ids, leftOut, compared } = comparedFor('proxy=squid,executor=docker');
    expect(ids).not.toContain('git/clone[executor=docker][proxy=basic]');
    expect(ids).not.toContain('git/clone[executor=shell][proxy=squid]');
    // What was tried behind one proxy alone may hold behind all.
    expect(ids).toContain('git/limited[proxy=basic]');
    expect(leftOut).toEqual([
      { because: 'your proxy is squid', cases: 1 },
      { because: 'your executor is docker', cases: 1 },
    ]);
    expect(compared).toBe(7);
  });

  it.each([
    ['executor=shell', ['containers/build-container', 'docker/push-through-proxy']],
    ['cntlm=no', ['cntlm/wrong-password']],
    ['interception=no', ['tls/trusts']],
    ['rate-limit=no', ['rate-limit/herd']],
    ['dind=no', ['docker/push-through-proxy']],
    ['executor=shell,executor=docker', []],
    ['cntlm=yes', []],
  ])('follows from %s', (typed, without) => {
    const { ids } = comparedFor(typed);
    expect(without.filter((id) => ids.includes(id))).toEqual([]);
    if (without.length === 0) expect(ids).toHaveLength(ALL.length);
  });

  it.each([
    ['proxy', '"proxy" is neither'],
    ['colour=red', '--mine knows no colour. What can be said of a set-up: auth, cntlm, dind, executor'],
    ['executor=kubernetes', '--mine knows no executor=kubernetes. It can be docker, shell.'],
  ])('is not told by %s', (typed, message) => {
    expect(() => readSetUp(typed, ALL)).toThrow(message);
  });
});

describe('what files say of a set-up', () => {
  const of = async (files: Readonly<Record<string, string>>) => {
    const bundles = await Promise.all(Object.entries(files).map(([name, text]) => bundleOf(name, Buffer.from(text))));
    const bundle = { files: bundles.flatMap((each) => each.files), unread: [] };
    return setUpWords(setUpOf(diagnose(bundle)));
  };
  const config = (executor: string, more = '') =>
    `[[runners]]\n  name = "one"\n  url = "https://gitlab.corp.example/"\n  executor = "${executor}"\n${more}`;
  const DROP_IN = '[Service]\nEnvironment="HTTPS_PROXY=http://user:secret@proxy.corp.example:3128"\n';

  it('tells executor and scheme, the way to log in, and that there is no cntlm', async () => {
    const said = await of({ 'config.toml': config('docker'), 'gitlab-runner.service.d/http-proxy.conf': DROP_IN });
    expect(said).toBe('executor=docker,scheme=https,cntlm=no,auth=basic');
  });

  it('tells a cntlm, by its file or by its address', async () => {
    expect(await of({ 'cntlm.conf': 'Username me\nDomain CORP\nProxy proxy.corp.example:8080\nListen 3128\n' })).toBe(
      'cntlm=yes',
    );
    const local = DROP_IN.replace('user:secret@proxy.corp.example', '127.0.0.1');
    expect(await of({ 'gitlab-runner.service.d/http-proxy.conf': local })).toBe('cntlm=yes');
  });

  it('tells Docker in Docker, limits and a CA of its own; and nothing of an executor that no case has', async () => {
    const said = await of({
      'config.toml': config('kubernetes', '  tls-ca-file = "/etc/ca.pem"\n'),
      '.gitlab-ci.yml': 'job:\n  image: docker:24\n  services: [docker:24-dind]\n  script: [docker build .]\n',
      'runner.log': 'WARNING: Checking for jobs... failed  runner=abc status="429 Too Many Requests"\n',
    });
    expect(said).toBe('scheme=https,interception=yes,dind=yes,rate-limit=yes');
  });
});
