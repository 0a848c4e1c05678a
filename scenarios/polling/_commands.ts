import {
  type Ability,
  type Axis,
  type AxisValues,
  behindProxy,
  blocked,
  type Evidence,
  type Finding,
  nothingArrives,
  nothingDirect,
  type Stage,
  whileCommand,
} from '../../harness/kit/index.ts';

/** What asks GitLab: the poll loop, or a command that a person gives. */
export const requestAxis = {
  values: ['job', 'register', 'verify', 'unregister'],
  default: 'job',
} as const satisfies Axis;

export type Command = Exclude<(typeof requestAxis)['values'][number], 'job'>;

/** The command of a case, or undefined where the runner polls. */
export function commandOf({ request }: AxisValues): Command | undefined {
  const named = requestAxis.values.find((each) => each === request);
  return named === 'job' ? undefined : named;
}

/** What a subject must be able to do for that. */
export function asking(axes: AxisValues): readonly Ability[] {
  const command = commandOf(axes);
  return command ? [command] : ['poll', 'check-interval'];
}

/** A command may try again and again, and take its own time limits; what it does then shows in simulated time. */
const WATCHED_MS = { real: 20_000, simulated: 15 * 60_000 };

/** Runs a command behind a proxy that lets nothing through, until it ends or has been watched for long. */
export const tryCommand = (stage: Stage, command: Command): Promise<void> =>
  whileCommand(stage, command, behindProxy(stage), () =>
    stage.world.watch(WATCHED_MS[stage.world.clock.kind], `what the ${command} command does, until it ends`),
  );

/** That a command which asks a proxy in vain asks nobody else. @param asked whether it was seen to ask the proxy */
export function staysBehind(evidence: Evidence, command: Command, asked: boolean): readonly Finding[] {
  if (!asked && evidence.gitlab().length === 0) {
    return [blocked(`the ${command} command asks the proxy`, 'the proxy saw nothing of it'), nothingDirect(evidence)];
  }
  return [nothingArrives(evidence), nothingDirect(evidence)];
}
