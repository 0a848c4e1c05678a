import { describe, expect, it } from 'vitest';
import { bodyRecord } from '../../../harness/ledger/index.ts';
import twoJobs from '../../../scenarios/polling/two-jobs.ts';
import { Story } from '../_builder.ts';
import { judged } from '../_judging.ts';

const NAMES = ['first', 'second'] as const;
const STREAMS = ['stdout', 'stderr'] as const;
const ID = 4001;

/** The trace of a job as it should be. */
const lines = (nth: number): string[] => [
  `proxyproof ${NAMES[nth]} is job ${ID + nth}`,
  ...Array.from({ length: 60 }, (_, at) =>
    STREAMS.map((to) => `proxyproof ${NAMES[nth]} line ${at + 1} to ${to}`),
  ).flat(),
  ...STREAMS.map((to) => `proxyproof ${NAMES[nth]} afterwards to ${to}`),
];

interface Told {
  readonly state?: 'success' | 'failed';
  readonly exitCode?: number;
  readonly trace?: readonly string[];
}

/** Both jobs are handed out, and the second ends first. */
function story(first: Told = {}, second: Told = {}, apart = false, last: Third = {}): Story {
  const third = thirdOf(last);
  const told = new Story();
  const is = (what: 'queued' | 'handed-out', nth: number) => told.add('gitlab', { kind: 'job', job: ID + nth, what });
  const ends = (nth: number, { state = 'success', exitCode, trace = lines(nth) }: Told) =>
    told.add('gitlab', {
      kind: 'job',
      job: ID + nth,
      what: 'finished',
      state,
      trace: bodyRecord(`${trace.join('\n')}\n`, 1024 * 1024),
      checksumMatches: true,
      ...(exitCode === undefined ? {} : { exitCode }),
    });
  is('queued', 0);
  is('queued', 1);
  is('queued', 2);
  for (const kind of ['job', 'trace', 'update'] as const) told.passes(kind);
  is('handed-out', 0);
  if (apart) ends(0, first);
  is('handed-out', 1);
  if (last.early) third(told);
  ends(1, { state: 'failed', ...second });
  if (!apart) ends(0, first);
  if (!last.early) third(told);
  return told;
}

interface Third {
  /** Before one of the two is over. */
  readonly early?: boolean;
  readonly state?: 'success' | 'failed';
  readonly says?: string;
}

/** A third job that waits for its turn, and is over with its first command. */
function thirdOf({ state = 'failed', says = '' }: Third): (told: Story) => void {
  return (told) => {
    const of = { kind: 'job', job: ID + 2 } as const;
    told.add('gitlab', { ...of, what: 'handed-out' });
    told.add('gitlab', {
      ...of,
      what: 'finished',
      state,
      trace: bodyRecord(`${says}\n`, 1024),
      checksumMatches: true,
    });
  };
}

describe('polling/two-jobs', () => {
  it('passes when each job has its own trace and its own end, in whatever order they end', () => {
    expect(judged(twoJobs, story())).toMatchObject({ outcome: 'pass' });
    expect(judged(twoJobs, story({}, { exitCode: 137 })).outcome).toBe('pass');
  });

  const [, ...rest] = lines(0);
  const stray = 'proxyproof second line 4 to stdout';
  it.each([
    ["a line of the other's is in a trace", story({ trace: [...lines(0), stray] }), /(one|1) line.* of the other's/],
    ['a trace is the other’s', story({ trace: lines(1) }), /the trace of the first job is its own/],
    ['the id is missing', story({ trace: rest }), /the line with its id is not in it/],
    [
      'stderr is missing',
      story({ trace: lines(0).filter((each) => !each.endsWith('stderr')) }),
      /60 lines of stderr.*0 lines/,
    ],
    [
      'what after_script prints is missing',
      story({ trace: lines(0).slice(0, -2) }),
      /after_script of the first job prints on stdout/,
    ],
    ['after_script fails the job', story({ state: 'failed' }), /first job, whose.*with 5, is reported as success/],
    ['after_script hides the failure', story({}, { state: 'success' }), /second job, whose.*is reported as failed/],
    ['a third job runs beside them', story({}, {}, false, { early: true }), /job 4003 was taken while 2 others ran/],
    ['the third succeeds', story({}, {}, false, { state: 'success' }), /the third was reported as success/],
    ['the third goes on', story({}, {}, false, { says: 'proxyproof third went on' }), /went on after that command/],
    ['the exit code is after_script’s', story({}, { exitCode: 5 }), /with exit code 5/],
  ] as const)('fails when %s', (_, told, reason) => {
    expect(judged(twoJobs, told)).toMatchObject({ outcome: 'fail', reason: expect.stringMatching(reason) });
  });

  it('is blocked when the jobs run one after the other', () => {
    expect(judged(twoJobs, story({}, {}, true)).outcome).toBe('blocked');
  });
});
