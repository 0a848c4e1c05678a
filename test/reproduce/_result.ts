import { type Bundle, diagnose } from '../../harness/diagnosis/index.ts';
import { compare } from '../../harness/reproduce/compare.ts';
import type { Reproduction, StepResult } from '../../harness/reproduce/index.ts';
import { planOf } from '../../harness/reproduce/plan/read.ts';
import { symptomsIn } from '../../harness/reproduce/plan/symptom.ts';
import { candidatesFor } from '../../harness/reproduce/prove/candidates.ts';
import { Recorder, type Story } from '../report/builder.ts';
import { bundle, CONFIG, DROP_IN } from './_bundle.ts';

/** A drop-in that systemd does not read, and a job's log that shows it. */
export const FILES = {
  'etc/gitlab-runner/config.toml': CONFIG,
  [DROP_IN]: '[Servce]\nEnvironment="HTTP_PROXY=http://svc:Winter#2026@proxy.corp.example:8080"\n',
  'job.log':
    'Running with gitlab-runner 17.11.4 (cc77edaf)\nERROR: Job failed: failed to pull image "alpine" with specified policies [always]: Error response from daemon: Get "https://registry-1.docker.io/v2/": dial tcp 198.51.100.24:443: i/o timeout (manager.go:253:30s)\n',
};

/** A bundle that fails at the pull, by going around the proxy; the first remedy mends it, the second does nothing. @param says the last words of dockerd */
export function mended(
  of: Bundle = bundle(FILES),
  says = 'svc:Winter#2026 failed',
): Reproduction & { readonly proof: NonNullable<Reproduction['proof']> } {
  const diagnosis = diagnose(of);
  const plan = planOf(diagnosis.picture);
  const symptoms = symptomsIn(diagnosis.picture);
  const candidates = candidatesFor(diagnosis, plan);
  const [first, second] = candidates;
  if (!first || !second) throw new Error('The bundle has too few mistakes for this test.');
  const story = new Recorder().story('reproduce');
  const services = step(story, 'services', 0, () => {});
  const failed = step(story, 'pull', 100, () => {
    story.record('tripwire', {
      kind: 'tripwire',
      to: 'registry-1.docker.io:443',
      from: '10.76.0.2:4000',
      protocol: 'tls',
      detail: 'TLS to registry-1.docker.io',
    });
    story.log(`dockerd failed: ${says}`);
  });
  const failure = { who: 'daemon', kind: 'direct', host: 'registry-1.docker.io', text: says } as const;
  const trial = { steps: [services, { ...failed, failure }], failed: { ...failed, failure } };
  const after = {
    steps: [
      step(story, 'services', 5_000, () => {}),
      step(story, 'pull', 5_100, () => {
        const { exchange } = story.request('proxy', { method: 'CONNECT', path: 'registry-1.docker.io:443' });
        story.response('proxy', exchange, { status: 200, reason: 'Connection Established', madeBy: 'self' });
      }),
      step(story, 'poll', 6_000, () => story.forwarded({}, { status: 204, reason: 'No Content' })),
    ],
  };
  return {
    diagnosis,
    plan,
    symptoms,
    trial,
    comparison: compare(symptoms, trial),
    candidates,
    proof: {
      tried: [
        { candidate: first, verdict: 'mends' },
        { candidate: second, verdict: 'no-effect', left: `it fails as before: ${says}` },
      ],
      proved: [first],
      after,
    },
    subject: { kind: 'reference', version: '17.11.0', path: 'reference' },
    events: [...story.events],
  };
}

function step(story: Story, name: StepResult['step'], ms: number, happens: () => unknown): StepResult {
  const from = story.at(ms).record('harness', { kind: 'act', what: 'host# systemctl is-active docker' });
  happens();
  return { step: name, says: name, span: [from, (story.events.at(-1)?.seq ?? 0) + 1] };
}
