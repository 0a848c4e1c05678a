import type { Stage } from '../../conformance/authoring.ts';
import type { ContainerSpec } from '../../containers/handle.ts';

/** Where a container has the user's keys. */
export const KEYTAB = '/etc/proxyproof.keytab';

/**
 * What makes a container one of a machine in the proxy's Kerberos realm, whose user is logged in: GSSAPI gets tickets by
 * the keytab whenever a client asks for them. Nothing where the proxy asks for something else.
 */
export function inKerberosRealm({ world }: Pick<Stage, 'world'>): Pick<ContainerSpec, 'env' | 'files' | 'volumes'> {
  const { kerberos } = world.proxy;
  if (!kerberos) return {};
  return {
    env: { KRB5_CLIENT_KTNAME: KEYTAB },
    files: { '/etc/krb5.conf': kerberos.configuration },
    volumes: [`${kerberos.keytab}:${KEYTAB}:ro`],
  };
}
