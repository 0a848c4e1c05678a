import {
  type CntlmConf,
  cntlmAddress,
  type RunningContainer,
  type Stage,
  startCntlm,
} from '../../harness/kit/index.ts';
import { knock } from './_knock.ts';

/** A network besides Docker's own, with the machine's address in it (RFC 5737): what is outside. */
const OFFICE = {
  name: 'office',
  /** The machine's interface in it. */
  device: 'office0',
  subnet: '198.51.100.0/24',
  address: '198.51.100.1',
} as const;
/** cntlm's, as on the page. */
export const PORT = 3128;

/** The mark of the addresses on which there are listeners that were not there before cntlm. */
export const LISTENERS = 'listeners';

/** How a machine with a neighbour differs from one on which the page was followed. */
export interface NeighbourOptions {
  readonly conf?: Partial<CntlmConf>;
  /** Whether the machine refuses what comes from the office for docker0's address; page and Linux do not see to it. */
  readonly firewall: boolean;
}

/**
 * Starts cntlm on a machine that has a network besides Docker's, and knocks at it: from the machine, and from another one at
 * the machine's address in that network, and at docker0's, to which it routes packets by way of this machine.
 */
export async function withNeighbour(
  stage: Stage,
  { conf = {}, firewall }: NeighbourOptions,
  during: () => Promise<void> = async () => {},
): Promise<void> {
  const { docker } = stage.world;
  await docker.docker.createNetwork({
    Name: OFFICE.name,
    IPAM: { Config: [{ Subnet: OFFICE.subnet, Gateway: OFFICE.address }] },
    Options: { 'com.docker.network.bridge.name': OFFICE.device },
  });
  await using machine = await docker.run({
    name: 'machine',
    image: 'dind',
    network: 'host',
    privileged: true,
    entrypoint: ['sleep', '600'],
  });
  if (firewall) await refuseOffice(machine, docker.bridgeAddress);
  await using outsider = await docker.run({
    name: 'other-machine',
    image: 'helper',
    network: OFFICE.name,
    command: ['sleep', '600'],
  });
  const before = new Set(await listeners(machine));
  await using _ = await startCntlm(stage, conf);
  const more = (await listeners(machine)).filter((each) => !before.has(each));
  stage.world.mark(LISTENERS, more.join(' ') || 'none');
  await knock(stage, machine, 'loopback', `127.0.0.1:${PORT}`);
  await knock(stage, outsider, 'office', `${OFFICE.address}:${PORT}`);
  await knock(stage, outsider, 'routed', cntlmAddress(stage));
  await during();
}

/** Local addresses on which the machine listens. */
async function listeners(machine: RunningContainer): Promise<readonly string[]> {
  const { stdout } = await machine.exec(['ss', '-Hltn']);
  return stdout.split('\n').flatMap((line) => line.trim().split(/\s+/)[3] ?? []);
}

/** The rule that an administrator adds: the office has no business at docker0's address. */
async function refuseOffice(machine: RunningContainer, bridge: string): Promise<void> {
  const rule = ['-I', 'INPUT', '-i', OFFICE.device, '-d', bridge, '-j', 'REJECT'];
  const { code, stderr } = await machine.exec(['iptables', ...rule]);
  if (code !== 0) throw new Error(`The machine's firewall takes no rule: iptables says “${stderr.trim()}”.`);
}
