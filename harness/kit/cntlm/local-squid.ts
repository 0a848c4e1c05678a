import type { Stage } from '../../conformance/authoring.ts';
import type { RunningContainer } from '../../containers/handle.ts';
import type { ForwardProxy } from '../../proxy/handle.ts';
import { percentEncode } from '../../url/index.ts';
import { cntlmAddress } from './cntlm.ts';
import { inKerberosRealm, KEYTAB } from './kerberos.ts';

const CONFIGURATION = '/etc/squid/squid.conf';
/** Where squid's own account can read the keys. */
const OWN_KEYTAB = '/run/squid.keytab';
/** How long it may take to listen, in real milliseconds. */
const UP_LIMIT_MS = 20_000;

/**
 * The configuration of a squid in cntlm's place: it listens where cntlm would, its clients need no credentials, and it
 * has those for the parent: a keytab for Kerberos, else a user and a password (`cache_peer … login=`).
 */
function squidConf({ auth, host, port }: ForwardProxy, address: string): string {
  const login = auth.scheme === 'negotiate' ? 'NEGOTIATE' : `${auth.user}:${percentEncode(auth.password)}`;
  return `http_port ${address}
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
  const { docker, proxy } = stage.world;
  const address = cntlmAddress(stage);
  const { files, env, volumes } = inKerberosRealm(stage);
  const start = `test ! -e ${KEYTAB} || install -o proxy -m 600 ${KEYTAB} ${OWN_KEYTAB}; exec squid -N -d1 -f ${CONFIGURATION}`;
  const container = await docker.run({
    name: 'squid',
    image: 'squid',
    network: 'host',
    entrypoint: ['/bin/sh', '-c', start],
    env: { ...env, KRB5_KTNAME: OWN_KEYTAB },
    ...(volumes ? { volumes } : {}),
    files: { ...files, [CONFIGURATION]: squidConf(proxy, address) },
  });
  await container.ready(
    'squid to listen',
    ['bash', '-c', `exec 3<>/dev/tcp/${address.replace(':', '/')}`],
    UP_LIMIT_MS,
  );
  return container;
}
