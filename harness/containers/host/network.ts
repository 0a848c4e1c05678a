import type Docker from 'dockerode';

const NAME = 'site';

/**
 * The network of the machines of a world. It is not docker0's, 172.17.0.0/16, so that a machine's own docker0 gets
 * Docker's default address and the page's, 172.17.0.1.
 */
export const MACHINE_NETWORK = '10.76.0.0/24';

/** The name of the network, which is made when it is not there. */
export async function siteNetwork(docker: Docker): Promise<string> {
  const found = await docker.listNetworks({ filters: { name: [NAME] } });
  if (!found.some(({ Name }) => Name === NAME)) {
    await docker.createNetwork({
      Name: NAME,
      Driver: 'bridge',
      IPAM: { Driver: 'default', Config: [{ Subnet: MACHINE_NETWORK }] },
    });
  }
  return NAME;
}
