import type { Clock } from '../clock/index.ts';
import { SubjectError } from './resolve-error.ts';
import { type Probe, probe } from './resolve-probe.ts';
import type { SubjectIdentity } from './subject.ts';

/** How long a program may take to say its version, in milliseconds. */
const IDENTIFY_LIMIT_MS = 10_000;

/** A real program, told apart by what it prints. */
export type ProgramIdentity = SubjectIdentity & { readonly kind: 'gitlab-runner' | 'gitlab-python-runner' };

/** What identifying needs. */
export interface IdentifyOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** In milliseconds; 10 s by default. */
  readonly limitMs?: number;
}

/**
 * Finds out which runner a program is, by its `--version`.
 * @param path absolute
 * @throws SubjectError when it is no runner that Proxyproof drives, hangs, crashes or floods
 */
export async function identify(path: string, options: IdentifyOptions): Promise<ProgramIdentity> {
  const ask = (program: string, ...args: string[]): Promise<Probe> =>
    probe({ path: program, args, limitMs: IDENTIFY_LIMIT_MS, ...options });

  const answer = await ask(path, '--version');
  complainOf(path, answer, options.limitMs ?? IDENTIFY_LIMIT_MS);

  const version = /^Version:\s+(\S.*?)\s*$/m.exec(answer.stdout)?.[1];
  if (version && /^Git revision:/m.test(answer.stdout)) return { kind: 'gitlab-runner', version, path };

  // gitlab-python-runner has no --version; its usage text names the interpreter that knows.
  const python = /^usage: (.+) -m GitlabPyRunner\b/m.exec(answer.stderr + answer.stdout)?.[1];
  if (python) return { kind: 'gitlab-python-runner', version: await pythonVersion(python, ask), path };

  throw new SubjectError(
    'usage',
    `${path} is no runner I know: asked for --version it ${said(answer)}. ` +
      'I drive gitlab-runner (v14.10 to v19.3) and gitlab-python-runner; --runner reference needs neither.',
  );
}

function complainOf(path: string, answer: Probe, limitMs: number): void {
  const then = 'Is it the right program? Try it by hand.';
  if (answer.ended === 'not-started') {
    throw new SubjectError(
      'absent',
      `${path} cannot be started: ${answer.reason}. Is it a program for this machine, and executable?`,
    );
  }
  if (answer.ended === 'late') {
    throw new SubjectError(
      'absent',
      `${path} --version gave no end within ${limitMs / 1000} s, so it was stopped. ${then}`,
    );
  }
  if (answer.ended === 'flood') {
    throw new SubjectError('absent', `${path} --version does not stop printing, so it was stopped. ${then}`);
  }
  if (answer.signal) {
    throw new SubjectError('absent', `${path} --version crashed with ${answer.signal}. ${then}`);
  }
}

async function pythonVersion(
  python: string,
  ask: (program: string, ...args: string[]) => Promise<Probe>,
): Promise<string> {
  const answer = await ask(
    python,
    '-c',
    'from importlib.metadata import version; print(version("gitlab-python-runner"))',
  );
  const version = answer.stdout.trim();
  if (answer.code === 0 && /^\d+\.\d+/.test(version)) return version;
  throw new SubjectError(
    'absent',
    `This is gitlab-python-runner, but its version cannot be told: ${python} ${said(answer)}. ` +
      'Install it with pip, so that its metadata are there.',
  );
}

function said(answer: Probe): string {
  const line = `${answer.stdout}\n${answer.stderr}`.split('\n').find((each) => each.trim() !== '');
  const words = line ? `says “${line.trim().slice(0, 120)}”` : 'says nothing';
  return answer.code === 0 ? words : `${words} and exits with ${answer.code}`;
}
