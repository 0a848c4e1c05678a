import type { Stage } from '../../harness/conformance/authoring.ts';
import type { RunningContainer } from '../../harness/containers/handle.ts';
import { cntlmConf } from '../../harness/recipes/index.ts';
import { inRealm, KEYTAB } from './_kerberos.ts';

const CONFIGURATION = '/etc/squid/squid.conf';
/** Where squid's own account can read the keys. */
const OWN_KEYTAB = '/run/squid.keytab';
/** How long it may take to listen, in real milliseconds. */
const UP_LIMIT_MS = 20_000;

/** As on the page. */
const PORT = 3128;

type In = Pick<Stage, 'world'>;

/** Where cntlm listens, or squid in its place. */
const listen = ({ world }: In): string => `${world.docker.bridgeAddress}:${PORT}`;

/** The local proxy's URL, without credentials. */
export const localProxy = (stage: In): string => `http://${listen(stage)}`;

/**
 * The configuration of a squid in cntlm's place: it listens where cntlm would, its clients need no credentials, and it
 * has those for the parent: a keytab for Kerberos, else a user and a password (`cache_peer … login=`).
 */
function squidConf(stage: In): string {
  const { auth, host, port } = stage.world.proxy;
  const login = auth.scheme === 'negotiate' ? 'NEGOTIATE' : `${auth.user}:${encodeURIComponent(auth.password)}`;
  return `http_port ${listen(stage)}
cache_peer ${host} parent ${port} 0 no-query no-digest no-netdb-exchange default login=${login}
never_direct allow all
http_access allow all
cache deny all
pid_filename none
pinger_enable off
visible_hostname proxyproof-local
cache_log stdio:/dev/null
access_log none
`;
}

/** Starts squid as the local proxy of a Docker host, in cntlm's place. */
export async function startLocalSquid(stage: Stage): Promise<RunningContainer> {
  const { docker } = stage.world;
  const { files, env, volumes } = inRealm(stage);
  const start = `test ! -e ${KEYTAB} || install -o proxy -m 600 ${KEYTAB} ${OWN_KEYTAB}; exec squid -N -d1 -f ${CONFIGURATION}`;
  const container = await docker.run({
    name: 'squid',
    image: 'squid',
    network: 'host',
    entrypoint: ['/bin/sh', '-c', start],
    env: { ...env, KRB5_KTNAME: OWN_KEYTAB },
    ...(volumes ? { volumes } : {}),
    files: { ...files, [CONFIGURATION]: squidConf(stage) },
  });
  return whenListening(stage, container);
}

/** Starts cntlm as on the page, with its account at the parent. */
export async function startCntlm(stage: Stage): Promise<RunningContainer> {
  const { auth, host, port } = stage.world.proxy;
  const container = await stage.world.docker.run({
    name: 'cntlm',
    image: 'cntlm',
    network: 'host',
    files: {
      '/etc/cntlm.conf': cntlmConf({
        username: auth.user,
        domain: 'corp-uk',
        password: auth.password,
        proxies: [`${host}:${port}`],
        listen: listen(stage),
      }),
    },
  });
  return whenListening(stage, container);
}

async function whenListening(stage: Stage, container: RunningContainer): Promise<RunningContainer> {
  const { bridgeAddress } = stage.world.docker;
  const knock = `exec 3<>/dev/tcp/${bridgeAddress}/${PORT}`;
  await container.ready(`${container.name} listens on docker0`, ['bash', '-c', knock], UP_LIMIT_MS);
  return container;
}
