import { describe, expect, it } from 'vitest';
import { realClock } from '../../harness/clock/index.ts';
import type { Stage } from '../../harness/kit/index.ts';
import { issueRequest } from '../../harness/kit/requests/make.ts';
import { isOfJob, ownRequestOf, requestAbilities, requestJobs } from '../../harness/kit/requests/requests.ts';

describe('the table of requests', () => {
  it('has what a subject must be able to do', () => {
    expect(requestAbilities('job')).toEqual(['poll']);
    expect(requestAbilities('verify')).toEqual(['verify']);
    expect(requestAbilities('upload')).toEqual(['poll', 'script', 'upload']);
  });

  it('has a job for the requests that are made while one runs', () => {
    expect(requestJobs('job')).toEqual([]);
    expect(requestJobs('register')).toEqual([]);
    expect(requestJobs('download')).toMatchObject([{ downloads: true }]);
    expect([isOfJob('trace'), isOfJob('unregister')]).toEqual([true, false]);
  });

  it('takes a case without the axis for one of the job request', () => {
    expect(ownRequestOf({})).toBe('job');
    expect(ownRequestOf({ request: 'verify' })).toBe('verify');
  });
});

/** A stage that says what its subject is told to do. */
function stageThatSays(said: string[]): Stage {
  const command = (name: string) => async () => {
    said.push(name);
    return { code: 0, signal: null };
  };
  return {
    world: {
      gitlabUrl: 'http://gitlab.test',
      gitlab: { tokens: { registration: 'r' } },
      mark: () => {},
      subjectEnded: () => {},
      clock: realClock(),
    },
    driver: { identity: { kind: 'reference' } },
    subject: {
      register: command('register'),
      verify: command('verify'),
      unregister: command('unregister'),
      run: async () => {
        said.push('run');
        return { ended: new Promise(() => {}), stop: async (how: string) => said.push(`stop ${how}`) };
      },
    },
  } as unknown as Stage;
}

it.each([
  ['job', ['run', 'during', 'stop forced']],
  ['upload', ['run', 'during', 'stop forced']],
  ['verify', ['verify', 'during']],
  ['register', ['register', 'during']],
] as const)(
  'makes a subject issue a %s request by polling, or by the command that makes it',
  async (kind, expected) => {
    const said: string[] = [];
    const config = { url: 'http://gitlab.test', token: 't', env: {}, checkInterval: 3 };
    await issueRequest(stageThatSays(said), kind, config, async () => void said.push('during'));
    expect(said).toEqual(expected);
  },
);
