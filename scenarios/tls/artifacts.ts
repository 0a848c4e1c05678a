import {
  type AxisValues,
  caAbilities,
  caAxis,
  caPlaceOf,
  chainAxis,
  endsAs,
  interceptionDiffers,
  interceptorAxis,
  interceptorCa,
  interceptorNeeds,
  interceptorOf,
  jobsEnd,
  jobTaken,
  placeCa,
  requestAbilities,
  requestJobs,
  scenario,
  throughProxy,
  tunnelsAreOpened,
  type WorldSpec,
  whilePolling,
  withTlsCause,
} from '../../harness/kit/index.ts';
import { renewAtGate } from './_renewal.ts';

/** What is moved: a job's own artifacts, or those of an earlier one. */
const OF = { values: ['upload', 'download'], default: 'upload' } as const;
const ofOf = (axes: AxisValues) => OF.values.find((each) => each === axes['of']) ?? 'upload';

const world = (axes: AxisValues): WorldSpec => ({
  gitlab: { tls: true, jobs: requestJobs(ofOf(axes)) },
  proxy: interceptorOf(axes),
});

/** The control's job fails by what comes after the gate: a download comes before any line of a script. */
const CONTROLLED = 'upload';

export default scenario({
  id: 'tls/artifacts',
  asks: "Do a job's artifacts pass a proxy that opens TLS, when only the runner was given the CA of that proxy?",
  explains:
    "As tls/runner, with a job that uploads artifacts, or downloads those of an earlier one, with the runner's shell executor. A program of its own moves them, to which the runner hands on what it knows in CI_SERVER_TLS_CA_FILE: that must be enough, whether the CA is in a file of the runner's or in the store.",
  axes: { of: OF, ca: caAxis, chain: chainAxis, interceptor: interceptorAxis },
  where: (axes) => {
    const differing = interceptionDiffers(axes);
    if (differing > 1) return false;
    return differing === 0
      ? ofOf(axes) === 'upload' || caPlaceOf(axes) !== 'certs-dir'
      : caPlaceOf(axes) === 'store' && ofOf(axes) === 'upload';
  },
  needs: ({ axes }) => interceptorNeeds(axes),
  abilities: ({ axes }) => [...requestAbilities(ofOf(axes)), ...caAbilities(axes)],
  world: ({ axes }) => world(axes),
  act: async (stage) => {
    const { config } = await placeCa(stage, caPlaceOf(stage.axes), interceptorCa(stage));
    await whilePolling(stage, config, () => jobsEnd(stage));
  },
  judge: (evidence, { axes }) => {
    const untaken = jobTaken(evidence);
    const kind = ofOf(axes);
    return withTlsCause(
      evidence,
      untaken
        ? [untaken]
        : [
            endsAs(evidence, 'success'),
            ...throughProxy(evidence, [kind], `${kind} requests`),
            ...tunnelsAreOpened(evidence, axes, /^gitlab\.test$/),
          ],
    );
  },
  mutants: [
    'never-uses-proxy',
    'proxies-only-job-requests',
    'hands-jobs-no-chain',
    'hands-jobs-leaf-only',
    'hands-jobs-chain-of-another',
  ],
  control: {
    without: 'the CA by which the proxy signs what the upload meets: it gets another one while the job runs',
    world: ({ axes }) => ({ ...world(axes), gitlab: { tls: true } }),
    act: (stage) =>
      renewAtGate(stage, async (gate) => {
        const [job] = requestJobs(CONTROLLED);
        stage.world.gitlab.queue({ ...job, script: [...(job?.script ?? []), gate] });
        const { config } = await placeCa(stage, caPlaceOf(stage.axes), interceptorCa(stage));
        return config;
      }),
  },
});
