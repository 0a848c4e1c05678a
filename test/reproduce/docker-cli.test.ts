import { describe, expect, it } from 'vitest';
import { diagnose } from '../../harness/diagnosis/index.ts';
import { jobOf } from '../../harness/reproduce/machine/job.ts';
import { planOf } from '../../harness/reproduce/plan/read.ts';
import { symptomsIn } from '../../harness/reproduce/plan/symptom.ts';
import { candidatesFor } from '../../harness/reproduce/prove/candidates.ts';
import { planAfter } from '../../harness/reproduce/prove/plan-after.ts';
import { bundle, CONFIG } from './_bundle.ts';

function caseOf(image: string, host = 'tcp://swarm.vendor.example:2376', verify = '"1"') {
  const files = bundle({
    'etc/gitlab-runner/config.toml': CONFIG,
    '.gitlab-ci.yml': `deploy:\n  image: ${image}\n  variables:\n    DOCKER_HOST: ${host}\n    DOCKER_TLS_VERIFY: ${verify}\n  script:\n    - docker version\n`,
  });
  const diagnosis = diagnose(files);
  return { files, diagnosis, plan: planOf(diagnosis.picture) };
}

describe('a job whose docker CLI asks an engine elsewhere', () => {
  it('asks it who it is, by the proxy or not, as its version does', () => {
    const { plan } = caseOf('docker:19.03.1');
    expect(plan.job).toMatchObject({
      kind: 'clone',
      remote: { host: 'swarm.vendor.example', port: 2376 },
      ignoresProxy: true,
    });
    const { script = [], variables } = jobOf(plan.job, 'unused');
    expect(variables).toMatchObject({ DOCKER_HOST: 'tcp://swarm.vendor.example:2376', DOCKER_TLS_VERIFY: '1' });
    expect(script[0]).toContain('unset HTTP_PROXY');
    expect(script).toContain('docker version');
    expect(plan.assumptions.map(({ says }) => says).join('\n')).toContain('19.03.0 and 19.03.1 ignore');
    expect(caseOf('docker:19.03.15').plan.job.ignoresProxy).toBeUndefined();
  });

  it('is none where the engine is a service of the job, or is asked without TLS', () => {
    expect(caseOf('docker:19.03.1', 'tcp://docker:2376').plan.job.remote).toBeUndefined();
    expect(caseOf('docker:19.03.1', 'tcp://127.0.0.1:2376').plan.job.remote).toBeUndefined();
    expect(caseOf('docker:19.03.1', undefined, '""').plan.job.remote).toBeUndefined();
  });

  it('is mended by another image, which the job then has', () => {
    const { files, diagnosis, plan } = caseOf('docker:19.03.1-git');
    const remedy = candidatesFor(diagnosis, plan).find(({ cause }) => cause === 'versions/docker-cli-19.03.0');
    expect(remedy?.edits).toEqual([{ file: '.gitlab-ci.yml', line: 2, to: '  image: docker:19.03.2-git' }]);
    const after = planAfter(plan, files, remedy ? [remedy] : []);
    expect(after.job).toMatchObject({ image: 'docker:19.03.2-git', remote: plan.job.remote });
    expect(after.job.ignoresProxy).toBeUndefined();
    expect(plan.images).toContain('docker:19.03.2-git');
    expect(planAfter(plan, files, [])).toBe(plan);
  });
});

it.each([
  ['swarm.vendor.example', ['docker-cli direct swarm.vendor.example']],
  ['docker', []],
])('what the docker CLI says of an engine at %s', (host, expected) => {
  const log = `Running with gitlab-runner 17.11.4 (cc77edaf)\n$ docker version\nCannot connect to the Docker daemon at tcp://${host}:2376. Is the docker daemon running?\n`;
  const symptoms = symptomsIn(diagnose(bundle({ 'job.log': log })).picture);
  expect(symptoms.map(({ who, kind, host: of }) => `${who} ${kind} ${of}`)).toEqual(expected);
});
