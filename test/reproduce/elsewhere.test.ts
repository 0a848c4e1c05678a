import { describe, expect, it } from 'vitest';
import { diagnose } from '../../harness/diagnosis/index.ts';
import { readCase } from '../../harness/reproduce/index.ts';
import { withUpgrade } from '../../harness/reproduce/machine/upgrade.ts';
import { planOf } from '../../harness/reproduce/plan/read.ts';
import { planBeyond, upgrades } from '../../harness/reproduce/prove/beyond.ts';
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
    expect(planBeyond(plan, silent ?? []).elsewhere).toEqual({ ...ELSEWHERE, silentFor: [] });
    expect(planBeyond(plan, limit ?? []).elsewhere).toEqual({ silentFor: ELSEWHERE.silentFor });
    expect(planBeyond(plan, [...(silent ?? []), ...(limit ?? [])]).elsewhere).toEqual({ silentFor: [] });
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
