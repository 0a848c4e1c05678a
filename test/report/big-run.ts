import type { CaseOutcome, Outcome, Results } from '../../harness/conformance/outcome.ts';
import type { LedgerEvent } from '../../harness/ledger/index.ts';
import { outcome, Recorder, results } from './builder.ts';
import { bypass, fiveMinutes, tooEarly, tunnel } from './stories.ts';

const REQUESTS = ['job', 'trace', 'update', 'register', 'verify', 'upload', 'download'];
const SHAPES = ['', '[body=json]', '[body=text]', '[connection=close]', '[body=json][connection=close]'];

/**
 * A run of 350 cases, four of them told in full.
 * @param polls how many requests each other case has: 12 events each
 */
export function bigRun(polls = 2): { results: Results; events: readonly LedgerEvent[] } {
  const recorder = new Recorder();
  const outcomes: CaseOutcome[] = [tooEarly(recorder), tunnel(recorder), bypass(recorder), fiveMinutes(recorder)];
  for (const id of [...limitIds(), ...pollingIds(), ...gitIds()]) {
    if (outcomes.length === 350) break;
    if (!outcomes.some((each) => each.id === id)) outcomes.push(caseOf(recorder, id, outcomes.length, polls));
  }
  return { results: results(outcomes), events: recorder.events };
}

function limitIds(): string[] {
  const scenarios = [
    'reset-time-valid',
    'reset-time-valid-then-ok',
    'reset-time-invalid',
    'reset-time-absent',
    'retry-after',
    'gives-up-after-five',
  ];
  const repeated = scenarios.flatMap((name) =>
    REQUESTS.flatMap((request) =>
      SHAPES.map((shape) => `rate-limit/${name}${request === 'job' ? '' : `[request=${request}]`}${shape}`),
    ),
  );
  const formats = ['rfc1123', 'numeric-zone', 'rfc850', 'asctime', 'iso8601', 'epoch', 'empty', 'padded'].map(
    (format) => `rate-limit/date-formats[format=${format}]`,
  );
  const statuses = ['408', '500', '502', '503', '504'].map((status) => `rate-limit/other-statuses[status=${status}]`);
  return [
    ...repeated,
    'rate-limit/header-case',
    'rate-limit/herd',
    'rate-limit/reset-time-far',
    ...formats,
    ...statuses,
  ];
}

function pollingIds(): string[] {
  const names = [
    'through-proxy',
    'https-connect',
    'authenticates',
    'proxy-down',
    'no-proxy-bypass',
    'job-lifecycle',
    'wrong-credentials',
  ];
  return names.flatMap((name) =>
    [
      '',
      '[proxy=basic]',
      '[proxy=squid]',
      '[scheme=https]',
      '[scheme=https][proxy=squid]',
      '[fault=black-hole]',
      '[user=umlaut]',
      '[user=at-sign]',
      '[user=space]',
      '[user=percent]',
      '[user=colon]',
      '[fault=reset]',
      '[fault=hang]',
    ].map((axes) => `polling/${name}${axes}`),
  );
}

function gitIds(): string[] {
  const names = [
    'clone-through-proxy',
    'hook-alone',
    'environment-only',
    'fetch-again',
    'submodules',
    'lfs',
    'shallow',
    'large',
  ];
  return names.flatMap((name) =>
    ['', '[scheme=https]', '[proxy=squid]', '[proxy=squid][scheme=https]'].map((axes) => `git/${name}${axes}`),
  );
}

function caseOf(recorder: Recorder, id: string, index: number, polls: number): CaseOutcome {
  const result = outcomeOf(id, index);
  if (result.outcome === 'skip') return outcome({ id, ...result, durationMs: 0, waitedMs: 0 });
  const story = recorder.story(id).begin();
  let seq = 0;
  for (let poll = 0; poll < polls; poll++) {
    story.at(poll * 3000 + 200);
    seq = story.forwarded(
      { body: '{"info":{"name":"gitlab-runner","version":"14.10.1"},"token":"«runner-token»"}', kind: 'job' },
      { status: 204, reason: 'No Content' },
    ).response;
    story.log(`Checking for jobs... nothing  runner=glrt-ab poll=${poll}`);
  }
  story.end(polls * 3000);
  return outcome({ id, evidence: [seq], proxy: id.includes('squid') ? 'squid 5.7' : 'proxy-chain 3.0.1', ...result });
}

function outcomeOf(id: string, index: number): Partial<CaseOutcome> & { outcome: Outcome } {
  if (/date-formats|other-statuses|herd|environment-only/.test(id)) {
    return {
      outcome: 'info',
      level: 'C',
      reason: `It asked again after ${1 + (index % 7)}.02 s, ${index % 4} times in all.`,
    };
  }
  if (id.startsWith('git/lfs'))
    return { outcome: 'skip', reason: 'git-lfs is absent; install it with apt-get install git-lfs.' };
  if (/request=(upload|download)/.test(id))
    return { outcome: 'skip', reason: 'gitlab-runner 14.10.1 does artifacts only with its docker executor.' };
  if (id.startsWith('polling/wrong-credentials')) {
    return index % 2
      ? { outcome: 'warn', level: 'O', reason: 'Expected: the log says why. Observed: it says only "failed".' }
      : { outcome: 'pass', level: 'O' };
  }
  if (id.includes('retry-after[request=trace]')) {
    return {
      outcome: 'fail',
      expected: 'fail',
      expectation: {
        outcome: 'fail',
        reason: 'Trace updates ignore Retry-After up to 18.2',
        link: 'https://gitlab.example/issues/1',
      },
    };
  }
  if (id.startsWith('git/submodules') && index % 2)
    return { outcome: 'blocked', reason: 'Needed first: the clone. Observed: it failed.', expected: 'pass' };
  if (id === 'git/large') return { outcome: 'error', reason: 'The world could not be built: the disk is full.' };
  return { outcome: 'pass' };
}
