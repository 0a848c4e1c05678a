import { describe, expect, it } from 'vitest';
import { simulatedClock } from '../../harness/clock/index.ts';
import { type EventBody, Ledger, Secrets } from '../../harness/ledger/index.ts';

const UNKNOWN = /^«unknown [0-9a-f]{8}»$/;

/** What the ledger makes of an event when no secret is known. */
function recorded<Body extends EventBody>(body: Body): Body {
  let seq = 0;
  const sink = { nextSeq: () => ++seq, write: () => {} };
  const ledger = new Ledger({ case: 'team/fields', clock: simulatedClock(), secrets: new Secrets(), sink });
  return JSON.parse(ledger.record('harness', body).line) as Body;
}

const made = (inspect: { env?: string[]; command?: string[]; labels?: Record<string, string> }) =>
  recorded({
    kind: 'container',
    what: 'created',
    container: 'c1',
    name: 'build',
    image: 'debian:12',
    inspect: { env: [], command: [], labels: {}, privileged: false, network: 'bridge', extraHosts: [], ...inspect },
  }).inspect;

describe('a field says how it is redacted', () => {
  it('two variables are no header', () => {
    const [first, second] =
      made({ env: ['HTTP_PROXY=http://bob:hunter22@proxy:3128', 'https_proxy=bob:hun@ter22@proxy:3128'] })?.env ?? [];
    expect(first).toMatch(/^HTTP_PROXY=http:\/\/«unknown [0-9a-f]{8}»@proxy:3128$/);
    expect(second).toMatch(/^https_proxy=«unknown [0-9a-f]{8}»@proxy:3128$/);
  });

  it('the name of a variable says that it is a secret', () => {
    for (const name of ['CI_JOB_TOKEN', 'DB_PASSWORD', 'AWS_SECRET_ACCESS_KEY', 'DOCKER_AUTH_CONFIG', 'password']) {
      const [entry = ''] = made({ env: [`${name}=s3cr=t value`] })?.env ?? [];
      expect(entry.slice(0, name.length + 1)).toBe(`${name}=`);
      expect(entry.slice(name.length + 1)).toMatch(UNKNOWN);
    }
    const plain = ['PATH=/usr/bin:/bin', 'CI_JOB_ID=7', 'HTTP_PROXY=http://proxy:3128', 'TOKEN=[MASKED]', 'TOKEN='];
    expect(made({ env: plain })?.env).toEqual(plain);
  });

  it('so does the name of a label or of a field of a log line', () => {
    expect(made({ labels: { 'com.example.token': 'abc1', 'com.example.job': '7' } })?.labels).toEqual({
      'com.example.token': expect.stringMatching(UNKNOWN),
      'com.example.job': '7',
    });
    const fields = { authorization: 'Bearer abc', status: 200, msg: 'ok' };
    expect(recorded({ kind: 'log', stream: 'stdout', line: '', fields }).fields).toEqual({
      ...fields,
      authorization: expect.stringMatching(UNKNOWN),
    });
  });

  it('an option of a command says what it is given', () => {
    const command = [
      'curl',
      '--user',
      'bob:hunter22',
      '--token',
      'abcd',
      '--password=efgh',
      '-o',
      'file',
      'TOKEN=ijkl',
    ];
    expect(recorded({ kind: 'process-start', process: 'p', command }).command.join(' ')).toMatch(
      /^curl --user bob:«[^»]+» --token «[^»]+» --password=«[^»]+» -o file TOKEN=«[^»]+»$/,
    );
    const plain = ['gitlab-runner', 'run', '--config', '/etc/gitlab-runner/config.toml', '--token', '--user', 'bob'];
    expect(recorded({ kind: 'process-start', process: 'p', command: plain }).command).toEqual(plain);
  });

  it('a folded header is a part of the one before it', () => {
    const { headers } = recorded({
      kind: 'tripwire',
      from: 'a',
      to: 'b',
      protocol: 'http',
      detail: 'GET /',
      headers: [
        ['Proxy-Authorization', ''],
        [' Basic Ym9iOmh1bnRlcjIy', ''],
        ['\tYm9iOmh1bnRlcjIy', ''],
        ['Accept', 'text/plain'],
        [' application/json', ''],
      ],
    });
    expect(JSON.stringify(headers)).not.toContain('Ym9i');
    expect(headers?.slice(3)).toEqual([
      ['Accept', 'text/plain'],
      [' application/json', ''],
    ]);
  });
});

it('the user of known credentials may stand at an edge of a line', () => {
  const secrets = new Secrets();
  secrets.addCredentials('proxy-credentials', 'CORP\\alice', 'wonder-land-7');
  for (const line of ['alice', 'login of CORP\\alice', 'CORP\\alice may not'])
    expect(secrets.redactPart(line)).toBe(line);
  expect(secrets.redactPart('CORP\\alice:wonder-')).toBe('CORP\\alice:«cut»');
});
