import { createHash } from 'node:crypto';
import type { CaseOutcome, Results } from '../../harness/conformance/outcome.ts';
import type { LedgerEvent } from '../../harness/ledger/index.ts';
import { outcome, Recorder, results, type Story } from './builder.ts';

const SCENARIOS = [
  'rate-limit/reset-time',
  'rate-limit/retry-after',
  'polling/through-proxy',
  'polling/proxy-down',
  'git/clone',
];
const FEATURES = [
  'variables',
  'image',
  'services',
  'artifacts',
  'cache',
  'shared',
  'upload_multiple_artifacts',
  'upload_raw_artifacts',
  'session',
  'terminal',
  'refspecs',
  'masking',
  'proxy',
  'raw_variables',
  'artifacts_exclude',
  'multi_build_steps',
  'trace_reset',
  'trace_checksum',
  'trace_size',
  'vault_secrets',
  'cancelable',
  'return_exit_code',
  'service_variables',
];

/**
 * A run of 1,500 cases with 800 failures, as a runner that fails everywhere gives it. It is as large as a real one, and as
 * varied: a run of gitlab-runner 14.10.1 has 72 events a case, and its ports, tokens, digests and times occur only once.
 * @param cases 8 of 15 fail
 */
export function largeRun(cases = 1500): { results: Results; events: readonly LedgerEvent[] } {
  const recorder = new Recorder();
  const outcomes = Array.from({ length: cases }, (_, index) => largeCase(recorder, index));
  return { results: results(outcomes), events: recorder.events };
}

function largeCase(recorder: Recorder, index: number): CaseOutcome {
  const random = randomFrom(index);
  const scenario = SCENARIOS[index % SCENARIOS.length] ?? '';
  const id = `${scenario}[request=${['job', 'trace', 'update', 'upload'][index % 4]}][status=${400 + Math.floor(index / 20)}]`;
  const story = recorder.story(id).begin();
  const polls = 2 + Math.floor(random.number() * 7);
  let t = 100;
  let seq = 0;
  for (let poll = 0; poll < polls; poll++) {
    t += 1000 + random.number() * 4000;
    seq = polled(story.at(t), random, poll);
  }
  story.end(t + 900);
  const fails = (index * 7) % 15 < 8;
  const ms = Math.round(random.number() * 9000);
  const expected = `the request is issued again no earlier than the stated time, ${ms} ms after the ${400 + (index % 90)}`;
  const observed = fails ? `it arrived ${ms / 3} ms after the answer, too early` : `it arrived ${ms + 40} ms after it`;
  return outcome({
    id,
    scenario,
    outcome: fails ? 'fail' : index % 11 === 0 ? 'info' : 'pass',
    proxy: index % 3 ? 'proxy-chain 3.0.1' : 'squid 5.7',
    reason: `Expected: ${expected}. Observed: ${observed}.`,
    evidence: [seq],
    findings: [
      { verdict: fails ? 'fails' : 'holds', expected, observed, evidence: [seq] },
      {
        verdict: 'holds',
        expected: 'the same body',
        observed: `both bodies have ${600 + (index % 80)} bytes`,
        evidence: [seq],
      },
      {
        verdict: 'holds',
        expected: 'nothing goes around the proxy',
        observed: 'nothing went around the proxy',
        evidence: [],
      },
    ],
  });
}

function polled(story: Story, random: Random, poll: number): number {
  const port = 30_000 + Math.floor(random.number() * 20_000);
  const connection = {
    connection: `c${poll}`,
    from: `127.0.0.1:${port}`,
    to: `gitlab.test:${port - 9000}`,
    tls: false,
  };
  story.record('proxy', { kind: 'connection', via: 'subject', ...connection });
  story.record('gitlab', { kind: 'connection', via: 'proxy', ...connection, from: `127.0.0.1:${port + 1}` });
  const features = Object.fromEntries(FEATURES.map((name) => [name, random.number() < 0.9]));
  const info = {
    name: 'gitlab-runner',
    version: '14.10.1',
    revision: 'f761588f',
    platform: 'linux',
    executor: 'shell',
    features,
  };
  const date = new Date(1_772_000_000_000 + random.number() * 1e9).toUTCString();
  const { response } = story.forwarded(
    {
      kind: 'job',
      body: JSON.stringify({ info, token: '«runner-token»', last_update: random.hex(32) }),
      headers: [
        ['Host', `gitlab.test:${port - 9000}`],
        ['User-Agent', 'gitlab-runner 14.10.1 (14-10-stable; go1.26.8; linux/amd64)'],
        ['Content-Length', String(620 + Math.floor(random.number() * 90))],
        ['Accept', 'application/json'],
        ['Content-Type', 'application/json'],
        ['Accept-Encoding', 'gzip'],
      ],
    },
    {
      status: random.number() < 0.5 ? 429 : 204,
      reason: 'No Content',
      headers: [
        ['X-GitLab-Last-Update', random.hex(32)],
        ['X-Request-Id', random.hex(26)],
        ['Date', date],
        ['RateLimit-ResetTime', date],
        ['Connection', 'keep-alive'],
      ],
      body: `{"message":"${random.hex(8)}"}`,
    },
  );
  const log = {
    level: 'warning',
    msg: 'Checking for jobs... failed',
    runner: random.hex(8),
    status: `POST http://gitlab.test:${port - 9000}/api/v4/jobs/request: 429 Too Many Requests`,
    time: date,
  };
  story.log(JSON.stringify(log));
  story.log(`TCP_MISS/429 ${port} POST http://gitlab.test:${port - 9000}/api/v4/jobs/request`, 'proxy');
  for (const peer of ['gitlab', 'proxy'] as const) {
    const [bytesIn, bytesOut] = [900 + Math.floor(random.number() * 90), 300 + Math.floor(random.number() * 90)];
    story.record(peer, { kind: 'connection-end', connection: `c${poll}`, bytesIn, bytesOut });
  }
  return response;
}

interface Random {
  number(): number;
  hex(length: number): string;
}

/** The same numbers on every machine. */
function randomFrom(seed: number): Random {
  let count = 0;
  const digest = (): string => createHash('sha256').update(`${seed} ${count++}`).digest('hex');
  return {
    number: () => Number.parseInt(digest().slice(0, 12), 16) / 2 ** 48,
    hex: (length) => digest().slice(0, length),
  };
}
