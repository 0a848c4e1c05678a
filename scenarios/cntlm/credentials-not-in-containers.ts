import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  behindCntlm,
  CNTLM_ACCOUNT,
  check,
  cntlmConf,
  configFor,
  counted,
  dockerConfig,
  dockerNeeds,
  type Evidence,
  endsAs,
  type Finding,
  GET_SOURCES_HOOK,
  jobContainers,
  jobEnd,
  jobEnvironment,
  jobsEnd,
  jobTaken,
  nothingDirect,
  type PeerMutant,
  pageCntlmConf,
  passNtlmv2,
  passwordSearch,
  type RunnerConfig,
  type SearchedContainer,
  type Stage,
  scenario,
  searchForPassword,
  startCntlm,
  throughProxy,
  type WorldSpec,
  whilePolling,
} from '../../harness/kit/index.ts';

const PROJECT = 'group/project';
const PLACES = ['helper', 'build'] as const satisfies readonly SearchedContainer[];

/** How the ledger writes the password and what is made of it. */
const SECRET = /«proxy-credentials[^»]*»/;

const gitlab: WorldSpec['gitlab'] = { repositories: [{ path: PROJECT }] };

export default scenario({
  id: 'cntlm/credentials-not-in-containers',
  asks: "Can a job find the proxy's password, which only cntlm should have?",
  explains:
    "Runner, Docker executor and job are configured as on the page, so only cntlm.conf has the password. A job searches for it in every form (plain, percent-encoded, Base64 as in Basic, cntlm's hash): in its environment, in the environments and command lines in /proc, in git's configuration, and in every file outside /usr. The helper container does the same in the get-sources hook. The job also prints its environment and git's configuration into its trace, as people do. Neither search may find it, and it may not be in the trace or in what docker inspect shows of the runner's containers. In the control the password is in the proxy's URL, as it must be without cntlm.",
  needs: () => dockerNeeds('git'),
  abilities: () => ['poll', 'docker', 'environment', 'git', 'get-sources-hook'],
  work: 6_000,
  world: () => ({ docker: {}, proxy: { kind: 'keep-alive', auth: CNTLM_ACCOUNT }, gitlab }),
  act: async (stage) => {
    await using _ = await startCntlm(stage);
    await lookAround(stage, behindCntlm(stage));
  },
  judge: (evidence) => {
    const untaken = jobTaken(evidence);
    if (untaken) return [untaken, nothingDirect(evidence)];
    return [
      ...PLACES.map((place) => findsNothing(evidence, place)),
      isNotInspected(evidence),
      isNotInTrace(evidence),
      endsAs(evidence, 'success'),
      ...throughProxy(evidence, ['job', 'git'], 'requests of runner and git'),
    ];
  },
  mutants: ['never-uses-proxy', 'git-goes-direct'],
  peerMutants: [
    mountsConfiguration('cntlm-conf-is-mounted', '/etc/cntlm.conf'),
    mountsConfiguration('cntlm-conf-is-mounted-below-usr', '/usr/local/etc/cntlm.conf'),
  ],
  control: {
    without: "cntlm: the password is in the proxy's URL",
    world: () => ({ docker: {}, proxy: { kind: 'basic', auth: { ...CNTLM_ACCOUNT, scheme: 'basic' } }, gitlab }),
    act: (stage) =>
      lookAround(stage, { environment: jobEnvironment(stage.world.proxy.url), docker: dockerConfig(stage) }),
  },
});

/** cntlm's configuration in the containers of jobs. @param path where it is there */
function mountsConfiguration(name: string, path: string): PeerMutant {
  return {
    name,
    says: `cntlm.conf is mounted into the containers of jobs, as ${path}.`,
    finding: new RegExp(`Observed: it is in the file ${RegExp.escape(path)}`),
    act: async (stage) => {
      await using _ = await startCntlm(stage);
      const file = join(stage.world.host.dir, 'cntlm.conf');
      await writeFile(file, cntlmConf(pageCntlmConf(stage)));
      await lookAround(stage, {
        ...behindCntlm(stage),
        docker: dockerConfig(stage, { volumes: [`${file}:${path}:ro`] }),
      });
    },
  };
}

async function lookAround(stage: Stage, config: Partial<RunnerConfig>): Promise<void> {
  const { world } = stage;
  world.ledger.secrets.add('proxy-credentials-hash', passNtlmv2(pageCntlmConf(stage)));
  world.gitlab.queue({
    repository: PROJECT,
    script: ['env | sort', 'git config --list', 'cat ~/.docker/config.json || true', searchForPassword(stage, 'build')],
  });
  const getSourcesHook = `${GET_SOURCES_HOOK}; ${searchForPassword(stage, 'helper')}`;
  await whilePolling(stage, configFor(stage, { ...config, getSourcesHook }), () => jobsEnd(stage));
}

function findsNothing(evidence: Evidence, place: SearchedContainer): Finding {
  const result = passwordSearch(evidence, place);
  const seen = !result
    ? 'the search was not made'
    : result.found.length > 0
      ? `it is in ${result.found.slice(0, 5).join(', ')}${result.found.length > 5 ? ` and ${result.found.length - 5} more` : ''}: whoever may write a job may read it`
      : `it is in none of ${counted(result.looked, 'places')}`;
  const holds = result !== undefined && result.looked > 0 && result.found.length === 0;
  return check(holds, `the ${place} container has the password nowhere`, seen, jobEnd(evidence));
}

function isNotInspected(evidence: Evidence): Finding {
  const containers = jobContainers(evidence);
  const showing = containers.filter(({ inspect }) => SECRET.test(JSON.stringify(inspect)));
  const seen =
    showing.length > 0
      ? `it shows it of ${showing.length} of ${counted(containers.length, 'containers')}`
      : `it shows it of none of ${counted(containers.length, 'containers')}`;
  return check(
    containers.length > 0 && showing.length === 0,
    'docker inspect shows the password of no container that the runner made',
    seen,
    ...(showing.length > 0 ? showing : containers).slice(0, 3),
  );
}

function isNotInTrace(evidence: Evidence): Finding {
  const end = jobEnd(evidence);
  const leak = SECRET.exec(end?.trace?.text ?? '');
  return check(
    end !== undefined && !leak,
    'a job that prints its environment and the configuration of git prints no password',
    end === undefined ? 'there is no trace' : leak ? 'its trace has it' : 'its trace has none',
    end,
  );
}
