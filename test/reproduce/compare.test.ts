import { expect, it } from 'vitest';
import { compare } from '../../harness/reproduce/compare.ts';
import { symptomsIn } from '../../harness/reproduce/plan/symptom.ts';
import { failedTrial, pictureOf } from './_bundle.ts';

const LOG = {
  'job.log':
    'Running with gitlab-runner 17.11.4 (cc77edaf)\nERROR: Job failed: failed to pull image "alpine" with specified policies [always]: Error response from daemon: Get "https://registry-1.docker.io/v2/": dial tcp 198.51.100.24:443: i/o timeout (manager.go:253:30s)\n',
};
const symptoms = symptomsIn(pictureOf(LOG));

it('the same program that fails in the same way is the same symptom', () => {
  const here = failedTrial('pull', { who: 'daemon', kind: 'direct', text: 'connection refused' });
  expect(compare(symptoms, here).verdict).toBe('same-symptom');
});

it('another program, or another way to fail, is another symptom', () => {
  expect(compare(symptoms, failedTrial('pull', { who: 'daemon', kind: 'answered', text: '' })).verdict).toBe(
    'another-symptom',
  );
  expect(compare(symptoms, failedTrial('poll', { who: 'runner', kind: 'direct', text: '' })).verdict).toBe(
    'another-symptom',
  );
});

it('what works here is not reproduced, or simply works', () => {
  expect(compare(symptoms, { steps: [] }).verdict).toBe('not-reproduced');
  expect(compare([], { steps: [] }).verdict).toBe('works-here');
});

it('without a log it is not said to be the same', () => {
  expect(compare([], failedTrial('job', { who: 'git', kind: 'direct', text: '' })).verdict).toBe('fails-here');
});

it('a wait in vain that names no address may be one for the proxy', () => {
  const waited = symptomsIn(
    pictureOf({
      'job.log': LOG['job.log'].replace('dial tcp 198.51.100.24:443: i/o timeout', 'context deadline exceeded'),
    }),
  );
  const silent = failedTrial('pull', { who: 'daemon', kind: 'silent', text: '' });
  expect(compare(waited, silent).verdict).toBe('same-symptom');
  expect(compare(symptoms, silent).verdict).toBe('another-symptom');
});
