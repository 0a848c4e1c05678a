import { realClock } from '../../clock/index.ts';
import { SystemdHost } from '../../containers/host/index.ts';
import { INSTALLED_HELPER } from '../../diagnosis/host/paths.ts';
import type { Picture } from '../../diagnosis/picture/picture.ts';
import type { Driver } from '../../runner/subject.ts';
import { createWorld, NAMES_ADDRESS, type RunContext, type World } from '../../world/index.ts';
import { networkOf } from '../plan/network.ts';
import type { CasePlan } from '../plan/plan.ts';
import { USUAL_IMAGE } from '../plan/read.ts';
import type { TrialStage } from '../trial/trial.ts';
import { asOnMachine, machineFiles, type StandIns } from './files.ts';
import { type Stale, staleIn } from './stale.ts';
import { storeFiles, storeVolume, withGatewayCa } from './trust.ts';
import { withUpgrade } from './upgrade.ts';
import { HELPER_IMAGE, worldOf } from './world.ts';

/** Where a runner looks for a service's port, in seconds; dind without TLS never opens one of its two. */
const WAIT_FOR_SERVICES_S = 10;

/** The customer's machine, with its world around it. Disposing takes both down. */
export interface Lab extends AsyncDisposable {
  readonly world: World;
  readonly host: SystemdHost;
  readonly stage: TrialStage;
  /** The files of a picture as they would lie on this machine. */
  files(picture: Picture): ReadonlyMap<string, string>;
  /** A file as it would lie there. */
  file(path: string, content: string): string;
}

/** What a lab is made of. */
export interface LabOptions {
  readonly plan: CasePlan;
  readonly picture: Picture;
  readonly driver: Driver;
  /** Waits to take the other's place. */
  readonly upgrade?: Driver;
  readonly run: RunContext;
  /** What the ledger calls it. */
  readonly name: string;
}

/** Stands a customer's machine up, with the services in the state that their files show. @throws Error that says what did not start */
export async function openLab({ plan, picture, driver, upgrade, run, name }: LabOptions): Promise<Lab> {
  await using undo = new AsyncDisposableStack();
  const network = networkOf(picture, plan);
  const world = undo.use(
    await createWorld({
      spec: worldOf(plan, network),
      case: name,
      clock: realClock(),
      run,
      inProcess: false,
    }),
  );
  // To hosts that are nobody's here it does not lead anyway.
  const stoodUp = [plan.gitlab, ...plan.registries, ...(plan.job.downloads ?? [])].map(({ host }) => host);
  for (const { host, status } of network.denied.filter((each) => stoodUp.includes(each.host)))
    world.proxy.inject({ fault: 'answer', status, line: host });
  const needs = standIns(world, driver, plan);
  const files = (of: Picture): ReadonlyMap<string, string> => machineFiles(of, plan, needs);
  const stale = staleIn(picture);
  const all = files(picture);
  const late = new Map([...all].filter(([path]) => stale.some(({ writes }) => writes(path))));
  const installation = driver.installation?.();
  const host = undo.use(
    await SystemdHost.boot(world.docker, world.ledger, {
      images: plan.job.kind === 'push' ? ['dind'] : [],
      files: {
        ...Object.fromEntries([...all].filter(([path]) => !late.has(path))),
        ...storeFiles(world, plan),
      },
      ...(installation ? { installation: withUpgrade(installation, upgrade?.installation?.()) } : {}),
    }),
  );
  await settle(host, plan, stale);
  for (const [path, content] of late) await host.write(path, content);
  for (const { then } of stale) for (const command of then) await host.run(command);
  const up = undo.move();
  const stage = { world, host, plan, image: plan.job.image ?? USUAL_IMAGE, push: pushTarget(plan) };
  const file = (path: string, content: string): string => withGatewayCa(world, asOnMachine(path, content, plan, needs));
  return { world, host, stage, files, file, [Symbol.asyncDispose]: () => up.disposeAsync() };
}

/** Where packages of other makers than Debian have programs, which a customer's units may name. */
const ELSEWHERE = 'ln -s /usr/sbin/dockerd /usr/local/bin/gitlab-runner /usr/bin/';

/** Restarts a service, however often that was done lately: systemd refuses after three times in a minute, as for a service that crashes. */
export async function restart(host: SystemdHost, unit: string): Promise<void> {
  await host.run(['systemctl', 'reset-failed', unit]);
  await host.run(['systemctl', 'restart', unit]);
}

/** After a boot cntlm has found no docker0 to listen on; somebody has started it since. */
async function settle(host: SystemdHost, plan: CasePlan, stale: readonly Stale[]): Promise<void> {
  await host.run(['sh', '-c', ELSEWHERE]);
  const { stdout } = await host.run(['systemctl', 'is-active', 'docker']);
  if (stdout.trim() !== 'active') await restart(host, 'docker');
  if (plan.local && !stale.some(({ unit }) => unit === 'cntlm')) await restart(host, 'cntlm');
}

function standIns(world: World, driver: Driver, { distrusting }: CasePlan): StandIns {
  return {
    config: {
      token: world.gitlab.tokens.runner,
      helperImage: HELPER_IMAGE,
      volumes: [
        storeVolume(distrusting),
        ...(driver.helperProgram === undefined ? [] : [`${INSTALLED_HELPER}:/usr/bin/gitlab-runner-helper:ro`]),
      ],
      waitForServicesSeconds: WAIT_FOR_SERVICES_S,
    },
    daemon: {
      'default-runtime': 'proxyproof',
      runtimes: { proxyproof: { path: '/usr/local/bin/proxyproof-runc' } },
      'exec-opts': ['native.cgroupdriver=cgroupfs'],
      dns: [NAMES_ADDRESS],
    },
  };
}

function pushTarget({ registries }: CasePlan): string {
  const own = registries.find(({ host }) => !/docker\.io$|^registry\.gitlab\.com$/.test(host)) ?? registries.at(-1);
  const port = own && own.port !== 443 ? `:${own.port}` : '';
  return `${own?.host}${port}/group/project:reproduced`;
}
