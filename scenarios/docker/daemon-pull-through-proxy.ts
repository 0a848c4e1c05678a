import {
  type AxisValues,
  check,
  counted,
  dockerNeeds,
  dropIn,
  type Evidence,
  endsAs,
  type Finding,
  HOST_TOOLS,
  headerOf,
  hostConfigFile,
  isPulledThroughProxy,
  isSuccess,
  jobTaken,
  nothingDirect,
  PAGE_PATHS,
  proxyAxis,
  proxyNeeds,
  proxyOf,
  proxyVariables,
  REGISTRY_CERTIFICATES,
  readShown,
  runHostJob,
  type Stage,
  SystemdHost,
  scenario,
  showEnvironment,
} from '../../harness/kit/index.ts';

/** The images of a job, by what each is for. */
const IMAGES = { ...HOST_TOOLS, service: 'tools/service' } as const;

/** Whose login the job has: nobody's, or one for another registry than that of its images, which are public. */
const LOGIN = { values: ['none', 'other-registry'], default: 'none' } as const;
const hasOtherLogin = (axes: AxisValues): boolean => axes['login'] === 'other-registry';

/** A login for another registry, as a job's variable has it. */
const OTHER_LOGIN = JSON.stringify({
  auths: { 'other-registry.test:5000': { auth: Buffer.from('someone:of-another-registry').toString('base64') } },
});

const SHOWN = 'shown';
const WRITTEN = 'written';

export default scenario({
  id: 'docker/daemon-pull-through-proxy',
  asks: "With the page's drop-in, does Docker pull the images of a job through the proxy?",
  explains:
    "A machine that boots systemd has Docker and the runner as services, each with the page's drop-in. A job needs three images: its own, the helper's and a service's. Only a registry behind the proxy has them, and every pull goes there (`pull_policy` always). The manifests and layers of all three must be requested from the proxy, nothing directly, and the job must succeed. `systemctl show --property=Environment docker` must print what the drop-in says. With login=other-registry the registry wants tokens, which GitLab gives to whoever has no name, as for a public project, and the job's DOCKER_AUTH_CONFIG has a login for another registry alone: it must be shown to nobody.",
  axes: { login: LOGIN, proxy: proxyAxis },
  where: (axes) => !hasOtherLogin(axes) || axes['proxy'] === 'basic',
  needs: ({ axes }) => proxyNeeds(axes, ...dockerNeeds()),
  abilities: () => ['poll', 'docker', 'service'],
  work: 10_000,
  world: ({ axes }) => ({
    gitlab: hasOtherLogin(axes) ? { registryTokens: 'nobody' } : {},
    proxy: proxyOf(axes),
    docker: {},
    registry: {
      tls: true,
      ...(hasOtherLogin(axes) ? {} : { auth: 'none' as const }),
      holds: Object.values(IMAGES).map((repository) => ({ repository, image: 'small' })),
    },
  }),
  act: (stage) => pull(stage, true),
  judge: (evidence, { axes }) => {
    const untaken = jobTaken(evidence);
    if (untaken) return [untaken, nothingDirect(evidence)];
    return [
      ...(hasOtherLogin(axes) ? [noLoginIsShown(evidence)] : []),
      endsAs(evidence, 'success'),
      ...Object.entries(IMAGES).map(([role, repository]) => isPulledThroughProxy(evidence, role, repository)),
      layersCome(evidence),
      nothingDirect(evidence),
      isShown(evidence),
    ];
  },
  mutants: ['docker-never-pulls', 'docker-asks-registry-directly', 'docker-shows-any-login'],
  control: { without: 'the drop-in of docker.service', act: (stage) => pull(stage, false) },
});

async function pull(stage: Stage, proxied: boolean): Promise<void> {
  const { world, driver } = stage;
  const { registry } = world;
  const text = dropIn(proxyVariables({ url: world.proxy.url }));
  const config = hostConfigFile(stage, { pullPolicy: 'always' });
  const installation = driver.installation?.();
  await using host = await SystemdHost.boot(world.docker, world.ledger, {
    ...(installation ? { installation } : {}),
    files: {
      [config.path]: config.content,
      [PAGE_PATHS.runner]: text,
      [`${REGISTRY_CERTIFICATES}/${registry.address}/ca.crt`]: registry.caPem ?? '',
      ...(proxied ? { [PAGE_PATHS.docker]: text } : {}),
    },
  });
  world.mark(WRITTEN, text);
  const { stdout } = await host.run(showEnvironment('docker'));
  world.mark(SHOWN, stdout.trim());
  await runHostJob(stage, {
    ...(hasOtherLogin(stage.axes)
      ? { registryLogin: false, maskedVariables: { DOCKER_AUTH_CONFIG: OTHER_LOGIN } }
      : {}),
    services: [{ name: `${registry.address}/${IMAGES.service}`, alias: 'idle', command: ['sleep', '60'] }],
  });
}

/** That whoever gives tokens for the registry was asked for some, and was told no name. */
function noLoginIsShown(evidence: Evidence): Finding {
  const asked = evidence.gitlab('registry-token');
  const named = asked.filter(({ headers }) => headerOf(headers, 'Authorization') !== undefined);
  return check(
    asked.length > 0 && named.length === 0,
    'a login for another registry is shown to nobody',
    asked.length === 0
      ? 'no token was asked for'
      : `${named.length} of ${counted(asked.length, 'requests')} for a registry token had a login`,
    ...(named.length > 0 ? named : asked).slice(0, 3),
  );
}

function layersCome(evidence: Evidence): Finding {
  const layers = evidence
    .requests('registry')
    .filter((each) => each.method === 'GET' && each.target.includes('/blobs/') && isSuccess(each));
  const tunnels = evidence.proxy().filter((each) => each.method === 'CONNECT' && isSuccess(each));
  const seen = `${layers.length} came, and the proxy has ${counted(tunnels.length, 'tunnels')} on record`;
  return check(
    layers.length > 0 && tunnels.length > 0,
    'layers come through the proxy',
    seen,
    ...layers.slice(0, 3),
    tunnels[0],
  );
}

/** The page's command shows what the drop-in says. */
function isShown(evidence: Evidence): Finding {
  const [shown, written] = [evidence.mark(SHOWN), evidence.mark(WRITTEN)];
  const printed = readShown(shown?.what ?? '');
  const lacking = ['HTTP_PROXY', 'HTTPS_PROXY'].filter(
    (name) => !printed.has(name) || !written?.what.includes(`"${name}=${printed.get(name)?.replaceAll('%', '%%')}"`),
  );
  return check(
    lacking.length === 0,
    'systemctl show --property=Environment docker prints HTTP_PROXY and HTTPS_PROXY of the drop-in',
    shown?.what ? `it prints ${shown.what}` : 'it prints nothing',
    shown,
  );
}
