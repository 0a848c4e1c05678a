import type { Evidence } from '../../ledger/index.ts';
import { PAGE_PATHS } from './paths.ts';

/** What somebody looks at who shall find out why a machine behind a proxy does not work. */
export interface Examination {
  /** The page's files, as they are; undefined for one that is not there. */
  readonly files: Readonly<Record<keyof typeof PAGE_PATHS, string | undefined>>;
  /** docker0's address. */
  readonly bridge: string | undefined;
  /** Local addresses on which TCP is listened, as `ss` prints them. */
  readonly listening: readonly string[];
  /** What `systemctl show --property=Environment` prints, and what the service's process was started with. */
  readonly services: Readonly<Record<'docker' | 'gitlab-runner', Service>>;
}

interface Service {
  readonly shown: string;
  /** Variables that its unit takes away again, whatever sets them. */
  readonly unset: readonly string[];
  readonly running: ReadonlyMap<string, string>;
}

const BRIDGE = 'ip -4 -oneline addr show dev docker0';
const LISTENING = 'ss -ltnH';
const shown = (service: string): string => `systemctl show --property=Environment ${service}`;
const unset = (service: string): string => `systemctl show --property=UnsetEnvironment --value ${service}`;
const running = (service: string): string =>
  `tr '\\0' '\\n' </proc/$(systemctl show --property=MainPID --value ${service})/environ`;

const COMMANDS: readonly string[] = [
  ...Object.values(PAGE_PATHS).map((path) => `cat ${path}`),
  BRIDGE,
  LISTENING,
  ...(['docker', 'gitlab-runner'] as const).flatMap((each) => [shown(each), unset(each), running(each)]),
];

/** Begins the name of the mark of what a command printed. */
const MARK = 'examined:';
/** Stands between what one command printed and what the next did. */
const NEXT = '\u001e';

/** A script of a POSIX shell that looks at a machine. */
export const EXAMINATION_SCRIPT: string = COMMANDS.map(
  (command) => `${command} 2>/dev/null; printf '%s${NEXT}' $?`,
).join('\n');

/** What the script printed, as marks for the record: each command that worked, with what it said. */
export function examinationMarks(stdout: string): readonly (readonly [name: string, printed: string])[] {
  const parts = stdout.split(NEXT);
  return COMMANDS.flatMap((command, index) => {
    const [, printed, code] = /^(.*?)(\d+)$/s.exec(parts[index] ?? '') ?? [];
    return code === '0' && printed !== undefined ? [[`${MARK}${command}`, printed] as const] : [];
  });
}

/** What the record has of an examination. */
export function examined(evidence: Evidence): Examination {
  const printed = (command: string): string | undefined =>
    evidence.mark(`${MARK}${command}`)?.what.replaceAll(/«[^»]*»/g, 'redacted');
  const service = (name: string): Service => ({
    shown: printed(shown(name)) ?? '',
    unset: (printed(unset(name)) ?? '').split(/\s+/).filter((each) => each !== ''),
    running: new Map(
      (printed(running(name)) ?? '').split('\n').map((line): [string, string] => {
        const equals = line.indexOf('=');
        return [line.slice(0, equals), line.slice(equals + 1)];
      }),
    ),
  });
  const file = (key: keyof typeof PAGE_PATHS) => printed(`cat ${PAGE_PATHS[key]}`);
  return {
    files: {
      cntlm: file('cntlm'),
      docker: file('docker'),
      runner: file('runner'),
      config: file('config'),
      dockerConfig: file('dockerConfig'),
    },
    bridge: /\binet (\d+\.\d+\.\d+\.\d+)\//.exec(printed(BRIDGE) ?? '')?.[1],
    listening: (printed(LISTENING) ?? '').split('\n').flatMap((line) => line.split(/\s+/)[3] ?? []),
    services: { docker: service('docker'), 'gitlab-runner': service('gitlab-runner') },
  };
}
