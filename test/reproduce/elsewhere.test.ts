import { describe, expect, it } from 'vitest';
import { diagnose } from '../../harness/diagnosis/index.ts';
import { remedyText } from '../../harness/report/reproduction/remedy/index.ts';
import { readCase, readOverrides } from '../../harness/reproduce/index.ts';
import { withUpgrade } from '../../harness/reproduce/machine/upgrade.ts';
import { networkOf } from '../../harness/reproduce/plan/network.ts';
import { planOf } from '../../harness/reproduce/plan/read.ts';
import { planBeyond, upgrades } from '../../harness/reproduce/prove/beyond.ts';
import { lineCandidates } from '../../harness/reproduce/prove/by-line.ts';
import { candidatesFor } from '../../harness/reproduce/prove/candidates.ts';
import { bundle, CONFIG } from './_bundle.ts';

const LOST =
  'WARNING: Checking for jobs... failed                runner=Zx81bQpW status=couldn\'t execute POST against https://gitlab.corp.example/api/v4/jobs/request: Post "https://gitlab.corp.example/api/v4/jobs/request": http: ContentLength=669 with Body length 0\n';
const ELSEWHERE = { silentFor: ['registry.corp.example'], limits: { times: 4, resetSeconds: 1 } };

const diagnosis = diagnose(bundle({ 'etc/gitlab-runner/config.toml': CONFIG, 'runner.log': LOST }));
const plan = planOf(diagnosis.picture, { elsewhere: ELSEWHERE });

describe('what no file of a machine shows', () => {
  it('is read from a case, and refused in a sentence where it is not as it should be', () => {
    const text = (limits: string) => `proxyproof: 1\nelsewhere:\n  limits: ${limits}\nfiles:\n  runner.log: x\n`;
    const read = readCase(bundle({ 'case.yaml': text('{ times: 4, resetSeconds: 1 }') }));
    expect(read?.elsewhere).toEqual({ limits: ELSEWHERE.limits });
    expect(() => readCase(bundle({ 'case.yaml': text('{ times: 40 }') }))).toThrow(/times/);
  });

  it('is said, and can be changed by whose it is', () => {
    expect(plan.assumptions.map(({ says }) => says).join('\n')).toContain('never answers for registry.corp.example');
    const found = candidatesFor(diagnosis, plan);
    const [silent, limit] = ['elsewhere/proxy-is-silent', 'elsewhere/limit'].map((cause) =>
      found.filter((each) => each.cause === cause),
    );
    expect(planBeyond(plan, silent ?? []).elsewhere).toEqual({ limits: ELSEWHERE.limits });
    expect(planBeyond(plan, limit ?? []).elsewhere).toEqual({ silentFor: ELSEWHERE.silentFor });
    expect(planBeyond(plan, [...(silent ?? []), ...(limit ?? [])]).elsewhere).toEqual({});
  });
});

const JOB = 'Running with gitlab-runner 17.11.4 (cc77edaf)\n  on ci w9kP3xZqL\nGetting source from Git repository\n';
const SCRIPT = `${JOB}Checking out 1ecfd275 as detached HEAD (ref is main)...\nExecuting "step_script" stage of the job script\n`;
const POLL = 'WARNING: Checking for jobs... failed                runner=Zx81bQpW status=';
const ASKED =
  'couldn\'t execute POST against https://gitlab.corp.example/api/v4/jobs/request: Post "https://gitlab.corp.example/api/v4/jobs/request": ';

/** Logs, what they show of proxy and GitLab, and by which cause what is changed there. */
const SHOWN: readonly (readonly [
  what: string,
  files: Readonly<Record<string, string>>,
  elsewhere: object,
  cause: string,
])[] = [
  [
    'a limit without a header',
    { 'runner.log': `${POLL}429 Too Many Requests\n` },
    { limits: {} },
    'rate-limit/no-usable-header',
  ],
  ['a lost body', { 'runner.log': LOST }, { limits: { times: 4, resetSeconds: 1 } }, 'elsewhere/limit'],
  [
    "the proxy's own limit",
    { 'runner.log': `${POLL}${ASKED}Too Many Requests\n` },
    { refuses: [{ host: 'gitlab.corp.example', status: 429 }] },
    'rate-limit/proxy-sends-429',
  ],
  [
    'a host that is refused',
    {
      'job.log': `${SCRIPT}$ curl -sSfO https://downloads.vendor.example/a.tgz\ncurl: (56) CONNECT tunnel failed, response 403\n`,
    },
    { refuses: [{ host: 'downloads.vendor.example', status: 403 }] },
    'auth/denied-by-policy',
  ],
  [
    'a body that is too large',
    {
      'etc/gitlab-runner/config.toml': CONFIG.replace('https://gitlab', 'http://gitlab'),
      'job.log': `${SCRIPT}Uploading artifacts for successful job\nERROR: Uploading artifacts as "archive" to coordinator... 413 Request Entity Too Large  id=4711 responseStatus=413 Request Entity Too Large status=413\n`,
    },
    { bodyLimitBytes: 200_000 },
    'body/too-large',
  ],
  [
    'a proxy that is not there',
    {
      'etc/gitlab-runner/config.toml': CONFIG.replaceAll('proxy.corp.example', '10.0.0.41'),
      'runner.log': `${POLL}${ASKED}proxyconnect tcp: dial tcp 10.0.0.41:8080: connect: connection refused\n`,
    },
    { proxyIsDown: true },
    'value/proxy-refuses-connection',
  ],
];

describe('what logs show of proxy and GitLab', () => {
  it.each(SHOWN)('%s', (_, files, elsewhere, cause) => {
    const shown = diagnose(bundle(files));
    const found = planOf(shown.picture);
    expect(found.elsewhere).toEqual(elsewhere);
    expect(found.assumptions.some(({ says }) => says.endsWith('as the logs show.'))).toBe(true);
    const mends = candidatesFor(shown, found).filter(({ beyond }) => beyond !== undefined);
    expect(mends.map((each) => each.cause)).toContain(cause);
    expect(planBeyond(found, mends).elsewhere).toEqual({});
  });

  it('counts less than what a case says', () => {
    const { picture } = diagnose(bundle({ 'runner.log': `${POLL}429 Too Many Requests\n` }));
    expect(planOf(picture, { elsewhere: { limits: { times: 2 } } }).elsewhere).toEqual({ limits: { times: 2 } });
  });

  it('a job downloads, and uploads, where a log tells that it failed', () => {
    const of = (files: Readonly<Record<string, string>>) => planOf(diagnose(bundle(files)).picture).job;
    expect(of(SHOWN[3]?.[1] ?? {}).downloads).toEqual([{ host: 'downloads.vendor.example', port: 443 }]);
    expect(of(SHOWN[4]?.[1] ?? {}).uploads).toBe(true);
    expect(of(SHOWN[0]?.[1] ?? {})).not.toHaveProperty('downloads');
  });

  it('a file that is not in the bundle names the address that nobody answered at', () => {
    const files = {
      'runner.log': `${POLL}${ASKED}proxyconnect tcp: dial tcp 10.0.0.41:3128: connect: connection refused\n`,
    };
    const found = planOf(diagnose(bundle(files)).picture);
    expect(found.elsewhere).toEqual({});
    const [outdated] = found.outdated;
    expect(outdated).toMatchObject({ name: 'runner' });
    expect(outdated?.content).not.toContain('10.0.0.41');
    expect(found.fromPage.find(({ name }) => name === 'runner')?.content).toContain('http://10.0.0.41:3128');
    expect(found.fromPage.find(({ name }) => name === 'docker')?.content).not.toContain('10.0.0.41');
    const [first] = candidatesFor(diagnose(bundle(files)), found);
    expect(first?.cause).toBe('value/proxy-refuses-connection');
    expect([...(first?.adds ?? [])]).toEqual([[outdated?.path, outdated?.content]]);
  });
});

describe('who rejects a certificate', () => {
  const of = (job: string, files: Readonly<Record<string, string>> = {}) => {
    const shown = diagnose(bundle({ ...files, 'job.log': job }));
    const found = planOf(shown.picture);
    return { found, candidates: candidatesFor(shown, found) };
  };
  const CLONE = `${JOB}Fetching changes with git depth set to 20...\nfatal: unable to access 'https://gitlab.corp.example/group/app.git/': SSL certificate problem: self-signed certificate in certificate chain\n`;
  const NPM = `${SCRIPT}$ npm ci\nnpm error code SELF_SIGNED_CERT_IN_CHAIN\n`;

  it('git in the helper, where the runner goes without the proxy', () => {
    const { found, candidates } = of(CLONE);
    expect(found).toMatchObject({ intercepts: true, distrusting: 'helper' });
    expect(found.leftOut.map(({ name }) => name)).toEqual(['runner']);
    const mends = candidates.find(({ cause }) => cause === 'tls/interceptor-ca-not-in-helper');
    expect([...(mends?.adds.keys() ?? [])]).toEqual(['/etc/gitlab-runner/certs/gitlab.corp.example.crt']);
  });

  it('a program of the script, which gets the CA by its variables', () => {
    const { found, candidates } = of(NPM, { 'etc/gitlab-runner/config.toml': CONFIG });
    expect(found).toMatchObject({ intercepts: true, distrusting: 'job' });
    const mends = candidates.find(({ cause }) => cause === 'tls/interceptor-ca-not-in-job-tools');
    expect(mends?.edits[0]?.to).toContain('NODE_EXTRA_CA_CERTS=');
    const own = CONFIG.replace('  executor', '  pre_build_script = "true"\n  executor');
    const { candidates: others } = of(NPM, { 'etc/gitlab-runner/config.toml': own });
    expect(others.some(({ cause }) => cause === 'tls/interceptor-ca-not-in-job-tools')).toBe(false);
  });
});

describe('git that is refused before it is asked for a password', () => {
  it('sends it at once with the hook', () => {
    const config = CONFIG.replaceAll('http://proxy', 'http://job:s3cretPw9@proxy');
    const job = `${JOB}$ curl -sS -o /dev/null https://gitlab.corp.example/group/app.git/info/refs\n401\nFetching changes with git depth set to 20...\nfatal: unable to access 'https://gitlab.corp.example/group/app.git/': CONNECT tunnel failed, response 403\n`;
    const shown = diagnose(bundle({ 'etc/gitlab-runner/config.toml': config, 'job.log': job }));
    const found = planOf(shown.picture);
    expect(found.elsewhere).toEqual({ refusesAnonymous: true });
    const mends = candidatesFor(shown, found).find(({ cause }) => cause === 'git/proxy-denies-before-challenge');
    expect(mends?.edits[0]?.to).toContain('pre_get_sources_script = "git config --global http.proxyAuthMethod basic"');
  });
});

describe('a change for the customer', () => {
  it('lets cntlm take what the machine itself sends, and leaves out no line that guards it', () => {
    const conf =
      'Username svc\nDomain CORP\nPassword Summer\nProxy 10.0.0.41:8080\nListen 3128\nGateway yes\nAllow 172.16.0.0/12\nDeny 0/0\n';
    const shown = diagnose(bundle({ 'etc/cntlm.conf': conf }));
    const found = planOf(shown.picture);
    const allows = candidatesFor(shown, found).find(({ cause }) => cause === 'page/cntlm-denies-the-machine');
    expect(allows?.edits).toEqual([{ file: 'etc/cntlm.conf', line: 8, to: 'Allow 10.76.0.0/24\nDeny 0/0' }]);
    const removed = lineCandidates(shown.picture, { page: [] }, 'etc/cntlm.conf').map(({ line }) => line);
    expect(removed).toEqual([1, 2, 3, 4, 5]);
    const { diff, commands } = remedyText(shown, allows ? [allows] : [], (text) => text);
    expect(diff).toContain('+Allow YOUR-MACHINES-ADDRESS');
    expect(diff).not.toContain('10.76.0.0');
    expect(commands[0]).toBe(
      "# Write the machine's own network address where YOUR-MACHINES-ADDRESS stands in remedy.patch first.",
    );
  });

  it('says where the customer has to name a proxy, and spares what jobs reached without one', () => {
    const config = CONFIG.replace(/ {2}environment.*\n/, '');
    const shown = diagnose(
      bundle({
        'etc/gitlab-runner/config.toml': config,
        'job.log': `${SCRIPT}$ docker pull alpine\nError response from daemon: Get "https://registry-1.docker.io/v2/": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)\n`,
      }),
    );
    const found = planOf(shown.picture);
    expect(networkOf(shown.picture, found).isOpen('gitlab.corp.example')).toBe(true);
    const adds = candidatesFor(shown, found).find(({ cause }) => cause === 'page/no-environment');
    const { diff } = remedyText(shown, adds ? [adds] : [], (text) => text);
    expect(diff).toMatch(/"HTTP_PROXY=http:\/\/YOUR-PROXY:PORT".*"NO_PROXY=gitlab\.corp\.example"/);
    expect(diff).not.toContain('customer.test');
  });

  it('is never a proxy on the machine itself', () => {
    expect(() => readOverrides({ 'proxy.url': 'http://172.17.0.1:3128' })).toThrow(/not cntlm on the machine itself/);
  });
});

describe('another runner', () => {
  const isUpgrade = (upgrade?: string): boolean =>
    upgrades(candidatesFor(diagnosis, { ...plan, ...(upgrade === undefined ? {} : { upgrade }) }));

  it('is a remedy where one is at hand', () => {
    expect(isUpgrade('gitlab-runner 17.11.4')).toBe(true);
    expect(isUpgrade()).toBe(false);
  });

  it('waits beside the one that runs', () => {
    const own = { volumes: ['/a/gitlab-runner:/usr/local/bin/gitlab-runner:ro'] };
    expect(
      withUpgrade(own, {
        volumes: ['/b/gitlab-runner:/usr/local/bin/gitlab-runner:ro', '/src:/src:ro'],
        programs: { '/usr/local/bin/gitlab-runner': 'script' },
      }),
    ).toEqual({
      volumes: [...own.volumes, '/b/gitlab-runner:/opt/upgrade/gitlab-runner:ro', '/src:/src:ro'],
      programs: { '/opt/upgrade/gitlab-runner': 'script' },
    });
    expect(withUpgrade(own, undefined)).toBe(own);
  });
});
