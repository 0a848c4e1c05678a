import {
  check,
  counted,
  dockerNeeds,
  dropIn,
  type Evidence,
  endsAs,
  type Finding,
  HOST_TOOLS,
  hostConfigFile,
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

const SHOWN = 'shown';
const WRITTEN = 'written';

export default scenario({
  id: 'docker/daemon-pull-through-proxy',
  asks: "With the page's drop-in, does Docker pull the images of a job through the proxy?",
  explains:
    "A machine that boots systemd has Docker and the runner as services, each with the page's drop-in. A job needs three images: its own, the helper's and a service's. Only a registry behind the proxy has them, and every pull goes there (`pull_policy` always). The manifests and layers of all three must be requested from the proxy, nothing directly, and the job must succeed. `systemctl show --property=Environment docker` must print what the drop-in says.",
  axes: { proxy: proxyAxis },
  needs: ({ axes }) => proxyNeeds(axes, ...dockerNeeds()),
  abilities: () => ['poll', 'docker', 'service'],
  work: 10_000,
  world: ({ axes }) => ({
    gitlab: {},
    proxy: proxyOf(axes),
    docker: {},
    registry: {
      tls: true,
      auth: 'none',
      holds: Object.values(IMAGES).map((repository) => ({ repository, image: 'small' })),
    },
  }),
  act: (stage) => pull(stage, true),
  judge: (evidence) => {
    const untaken = jobTaken(evidence);
    if (untaken) return [untaken, nothingDirect(evidence)];
    return [
      endsAs(evidence, 'success'),
      ...Object.entries(IMAGES).map(([role, repository]) => isPulled(evidence, role, repository)),
      layersCome(evidence),
      nothingDirect(evidence),
      isShown(evidence),
    ];
  },
  mutants: ['docker-never-pulls', 'docker-asks-registry-directly'],
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
    services: [{ name: `${registry.address}/${IMAGES.service}`, alias: 'idle', command: ['sleep', '60'] }],
  });
}

/** That the registry was asked for an image, and from the proxy alone. */
function isPulled(evidence: Evidence, role: string, repository: string): Finding {
  const asked = evidence.requests('registry').filter(({ target }) => target.includes(`/${repository}/manifests/`));
  const given = asked.filter(isSuccess);
  const others = asked.filter(({ via }) => via !== 'proxy');
  const seen =
    given.length === 0
      ? `the registry gave no manifest of ${repository}`
      : others.length > 0
        ? `the registry was asked for ${repository} directly`
        : `the registry gave the manifest of ${repository} to the proxy`;
  return check(
    given.length > 0 && others.length === 0,
    `the ${role} image is pulled through the proxy`,
    seen,
    ...asked.slice(0, 3),
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
