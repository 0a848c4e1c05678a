import { open } from 'node:fs/promises';
import type { Clock } from '../../../clock/index.ts';
import { probe } from '../../../process/index.ts';
import { SubjectError } from '../../resolve/error.ts';

/** How long a program may take to say its version, in milliseconds. */
const LIMIT_MS = 10_000;

/** Which build of gitlab-runner's source a program is, by what it answers to `--version`. */
export interface Build {
  readonly version: string;
  /** Of git; what has none says `HEAD` or nothing. */
  readonly revision?: string;
}

/** How a program is asked. */
export interface AskBuild {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock?: Clock;
}

/** @returns undefined when it does not answer as gitlab-runner and its helper do (common/version.go) */
export function buildIn(answer: string): Build | undefined {
  const version = /^Version:\s+(\S+)/m.exec(answer)?.[1];
  const revision = /^Git revision:\s+([0-9a-f]{6,40})\s*$/m.exec(answer)?.[1];
  return version === undefined ? undefined : { version, ...(revision === undefined ? {} : { revision }) };
}

/** What there is to say where a helper is not known to be of its runner's build. */
export interface BuildRemark {
  /** Half a sentence, for a report. */
  readonly brief: string;
  /** For whoever reads the result. */
  readonly sentence: string;
}

/**
 * Says whether a helper is of another build than its runner; undefined when it is of the same.
 * @param helper absolute path of its program
 * @param called what the user calls it: the archive that it was in
 * @throws SubjectError when the helper cannot be started here
 */
export async function remarkOnBuilds(
  runner: string,
  { path: helper, called }: { readonly path: string; readonly called: string },
  { env, clock }: AskBuild,
): Promise<BuildRemark | undefined> {
  const ask = (path: string) =>
    probe({ path, args: ['--version'], limitMs: LIMIT_MS, env, ...(clock ? { clock } : {}) });
  const [ofRunner, ofHelper] = await Promise.all([ask(runner), ask(helper)]);
  const [one, other] = [buildIn(ofRunner.stdout), buildIn(ofHelper.stdout)];
  if (!other && (await isForeign(helper))) {
    throw new SubjectError(
      'absent',
      `The helper ${called} is for another processor than this machine's (${process.arch}): give --helper the one for ${process.arch}.`,
    );
  }
  if (!one) return undefined;
  if (!other) {
    const sentence = `The helper ${called} does not say its version, so it may be of another build than the runner.`;
    return { brief: 'which does not say its version', sentence };
  }
  if (isSame(one, other)) return undefined;
  return {
    brief: `of another build than the runner: ${described(other)}`,
    sentence: `The helper ${called} is of another build than the runner: it is ${described(other)}, and the runner is ${described(one)}. What cases with containers say holds for this pair alone; give --helper the one that was built with the runner.`,
  };
}

const isSame = (one: Build, other: Build): boolean =>
  one.version === other.version &&
  (one.revision === undefined || other.revision === undefined || startsAlike(one.revision, other.revision));

/** Revisions are cut to eight digits or not at all. */
const startsAlike = (one: string, other: string): boolean => one.startsWith(other) || other.startsWith(one);

const described = ({ version, revision }: Build): string =>
  revision === undefined ? version : `${version} (revision ${revision})`;

/** Of an ELF file, its first bytes, and which of them say the processor (elf(5), `e_machine`). */
const ELF = { magic: '\x7fELF', length: 20, machine: 18 } as const;

/** Whether a program was made for another processor than this process's own. A system may give it to a shell to run. */
async function isForeign(path: string): Promise<boolean> {
  const [theirs, ours] = await Promise.all([path, process.execPath].map(machineOf));
  return theirs !== undefined && ours !== undefined && theirs !== ours;
}

async function machineOf(path: string): Promise<number | undefined> {
  await using file = await open(path);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(ELF.length), 0, ELF.length, 0);
  const isElf = bytesRead === ELF.length && buffer.toString('latin1', 0, ELF.magic.length) === ELF.magic;
  return isElf ? buffer.readUInt16LE(ELF.machine) : undefined;
}
