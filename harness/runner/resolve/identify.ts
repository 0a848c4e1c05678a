import { realClock } from '../../clock/index.ts';
import { type Probe, probe } from '../../process/index.ts';
import type { Ask, ResolveOptions, SubjectDefinition, SubjectProgram } from '../definition.ts';
import { type SubjectKind, subjectDefinitions } from '../kinds.ts';
import { SubjectError } from './error.ts';
import { saying } from './saying.ts';

/** How long a program may take to say its version, in milliseconds. */
const IDENTIFY_LIMIT_MS = 10_000;

/** A program, and the kind that it was recognised as. */
export interface Identified extends SubjectProgram {
  readonly definition: SubjectDefinition<SubjectKind>;
}

/**
 * Finds out which runner a program is, by what it answers to `--version`.
 * @param path absolute
 * @throws SubjectError when it is no runner that Proxyproof drives, hangs, crashes or floods
 */
export async function identify(path: string, options: ResolveOptions): Promise<Identified> {
  const { env, clock = realClock(), identifyLimitMs: limitMs = IDENTIFY_LIMIT_MS } = options;
  const ask: Ask = (program, ...args) => probe({ path: program, args, limitMs, env, clock });

  const answer = await ask(path, '--version');
  complainOf(path, answer, limitMs);
  for (const definition of subjectDefinitions) {
    const version = await definition.program?.version(answer, ask, path);
    if (version !== undefined) return { definition, path, version };
  }
  throw new SubjectError(
    'usage',
    `${path} is no runner I know: asked for --version it ${saying(answer)}. I drive ${known()}.`,
  );
}

/** The programs that can be driven, and the subjects that need none. */
function known(): string {
  const programs = subjectDefinitions.flatMap(({ program }) => program?.drives ?? []);
  const others = subjectDefinitions.flatMap(({ named, program }) => (program ? [] : (named?.takes.slice(0, 1) ?? [])));
  const list = new Intl.ListFormat('en-GB', { type: 'conjunction' });
  return [list.format(programs), ...others.map((each) => `--runner ${each} needs no program`)].join('; ');
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
