import {
  CNTLM_PORT,
  check,
  counted,
  dropIn,
  type Evidence,
  type Exchange,
  endsAs,
  type Finding,
  hostCloneJob,
  originForm,
  PAGE_PATHS,
  PAGE_STEPS,
  prepareHost,
  proxyVariables,
  readShown,
  runHostJob,
  type Stage,
  scenario,
  siteNeeds,
  siteWorld,
  stepDone,
  under,
} from '../../harness/kit/index.ts';

const OWN = ['job', 'trace', 'update'] as const;

export default scenario({
  id: 'host/no-proxy-drop-in',
  asks: "Does NO_PROXY in the runner's drop-in have the runner, and nobody else, reach GitLab directly?",
  explains: `On the machine of host/page-walkthrough, from which GitLab can be reached directly as well, the page is followed up to its step for containers, with the line that 17.5 added: ${PAGE_PATHS.runner} has NO_PROXY with GitLab's host. A job pulls its images, gets its sources and ends. systemctl must show NO_PROXY; the runner's own requests for jobs, traces and updates must reach GitLab directly, and the proxy must be asked for none of them; git and curl in the job, whose \`environment\` names no host, and Docker's pulls must come by the proxy, and nothing may go anywhere else.`,
  where: (_, profile) => under(profile, { '14.10': false, '17.5': true }),
  ...siteNeeds,
  work: 8_000,
  world: () => ({ ...siteWorld(), direct: 'gitlab' }),
  allows: () => ({ direct: [{ what: /^gitlab /, why: "NO_PROXY in the runner's drop-in names GitLab" }] }),
  act: (stage) => runJob(stage, new URL(stage.world.gitlabUrl).hostname),
  judge: (evidence) => {
    const since = evidence.mark(stepDone('runner'))?.seq ?? Number.POSITIVE_INFINITY;
    const after = (all: readonly Exchange[]): readonly Exchange[] =>
      all.filter(({ evidence: [seq = 0] }) => seq > since);
    return [
      endsAs(evidence, 'success'),
      isShown(evidence),
      goes('direct', after(evidence.gitlab(...OWN)), "the runner's own requests"),
      proxyIsNotAsked(after(evidence.proxy())),
      goes('proxy', after(evidence.gitlab('git')), 'requests of git and curl in the job'),
      goes('proxy', after(evidence.requests('registry')), "requests of Docker's pulls"),
    ];
  },
  mutants: ['ignores-no-proxy'],
  control: { without: 'NO_PROXY in the drop-in', act: (stage) => runJob(stage) },
});

/** @param internal the host that the runner's drop-in has in NO_PROXY */
async function runJob(stage: Stage, internal?: string): Promise<void> {
  const { host } = await prepareHost(stage, {
    steps: PAGE_STEPS.filter((each) => each !== 'dind'),
    change: (plan, bridge) => {
      if (plan.step !== 'runner' || internal === undefined) return plan;
      const content = dropIn(proxyVariables({ url: `http://${bridge}:${CNTLM_PORT}/`, noProxy: internal }));
      return { ...plan, files: [{ path: PAGE_PATHS.runner, content }] };
    },
  });
  await using _ = host;
  await runHostJob(stage, hostCloneJob());
}

function isShown(evidence: Evidence): Finding {
  const shown = evidence.mark('shown:gitlab-runner');
  const value = readShown(shown?.what ?? '').get('NO_PROXY');
  return check(
    value !== undefined,
    'systemctl show --property=Environment gitlab-runner prints NO_PROXY',
    value === undefined ? 'it prints none' : `it prints NO_PROXY=${value}`,
    shown,
  );
}

function goes(via: Exchange['via'], arrived: readonly Exchange[], who: string): Finding {
  const others = arrived.filter((each) => each.via !== via);
  const how = via === 'direct' ? 'directly' : 'by the proxy';
  return check(
    arrived.length > 0 && others.length === 0,
    `${who} arrive ${how}`,
    `${arrived.length - others.length} of ${counted(arrived.length, 'requests')} arrived ${how}`,
    ...(others.length > 0 ? others : arrived).slice(0, 3),
  );
}

function proxyIsNotAsked(all: readonly Exchange[]): Finding {
  const asked = all.filter(({ target }) => originForm(target).startsWith('/api/'));
  return check(
    asked.length === 0,
    'the proxy is asked for none of them',
    asked[0]
      ? `it was asked for ${counted(asked.length, 'requests')}, the first: ${asked[0].method} ${asked[0].target}`
      : 'it was not asked',
    ...asked.slice(0, 3),
  );
}
