import type { Stage } from '../../conformance/authoring.ts';
import type { SystemdHost } from '../../containers/host/index.ts';
import { PAGE_HEADINGS, type PageStep } from '../../diagnosis/host/page.ts';
import { showEnvironment } from '../../recipes/index.ts';
import { cntlmFile, dropInFile, hostConfigFile, hostDockerConfig, hostEnvironment, type PageFile } from './files.ts';

type In = Pick<Stage, 'world' | 'driver'>;

/** One step of the page: what is written, and what is run then. */
export interface StepPlan {
  readonly step: PageStep;
  readonly files: readonly PageFile[];
  readonly commands: readonly (readonly string[])[];
}

const RELOAD = ['systemctl', 'daemon-reload'] as const;
const restart = (service: string): string[] => ['systemctl', 'restart', service];

/** Whether a command restarts a service. */
export const isRestartOf = (command: readonly string[], service: string): boolean =>
  command.join(' ') === restart(service).join(' ');

/** What the page says, step by step. @param bridge docker0's address, as its command shows it */
export const STEP_PLANS: Readonly<Record<PageStep, (stage: In, bridge: string) => StepPlan>> = {
  cntlm: (stage, bridge) => ({ step: 'cntlm', files: [cntlmFile(stage, bridge)], commands: [restart('cntlm')] }),
  docker: (_, bridge) => ({
    step: 'docker',
    files: [dropInFile('docker', bridge)],
    commands: [RELOAD, restart('docker'), showEnvironment('docker')],
  }),
  runner: (_, bridge) => ({
    step: 'runner',
    files: [dropInFile('runner', bridge)],
    commands: [RELOAD, restart('gitlab-runner'), showEnvironment('gitlab-runner')],
  }),
  containers: (stage, bridge) => ({
    step: 'containers',
    files: [hostConfigFile(stage, { environment: hostEnvironment(bridge, false), hook: true })],
    commands: [],
  }),
  dind: (stage, bridge) => ({
    step: 'dind',
    files: [
      hostConfigFile(stage, { environment: hostEnvironment(bridge, true), hook: true, preBuildScript: true }),
      hostDockerConfig(bridge),
    ],
    commands: [],
  }),
};

/** Only root may read what holds a password or a token. */
const PRIVATE = 0o600;

/** The mark of a step that begins. */
export const stepBegins = (step: PageStep): string => `begins:${step}`;
/** The mark of a step that is done. */
export const stepDone = (step: PageStep): string => `done:${step}`;

/** Does one step on a machine. A command's failure is the page's user's to find out. */
export async function doStep({ world }: In, host: SystemdHost, { step, files, commands }: StepPlan): Promise<void> {
  world.mark(stepBegins(step), `now comes “${PAGE_HEADINGS[step]}”`);
  for (const { path, content } of files) {
    await host.write(path, content, /cntlm|config\.(toml|json)/.test(path) ? PRIVATE : undefined);
  }
  for (const command of commands) {
    const { stdout } = await host.run(command);
    if (command.includes('--property=Environment')) world.mark(`shown:${command.at(-1)}`, stdout.trim());
  }
  world.mark(stepDone(step), `“${PAGE_HEADINGS[step]}” is done`);
}
