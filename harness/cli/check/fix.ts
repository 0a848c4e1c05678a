import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join, normalize, relative, resolve, sep } from 'node:path';
import { UsageError } from '../../conformance/errors.ts';
import {
  type Bundle,
  type Diagnosis,
  type FoundCause,
  isGrave,
  type Mended,
  mend,
  takesEffect,
} from '../../diagnosis/index.ts';
import { type Mask, maskOf } from '../../report/diagnosis/mask.ts';
import { nothingWrong } from '../../report/diagnosis/nothing-wrong.ts';
import { EXIT, type ExitCode, type Terminal } from '../exit.ts';
import { print } from '../print.ts';

/** Passwords stand in these files. */
const [DIRECTORY_MODE, FILE_MODE] = [0o700, 0o600];

/**
 * Writes the remedied files to a new directory, and says what was mended and what is left.
 * @throws UsageError when the directory is not empty, or lies where the customer's files are
 */
export async function fix(bundle: Bundle, to: string, args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const directory = resolve(terminal.cwd, to);
  await refuse(directory, to, args, terminal);
  const mending = mend(bundle);
  const { bundle: result, left, stale } = mending;
  if (left.read.length === 0)
    throw new UsageError('None of these files is of a kind that is known: there is nothing to mend.');
  for (const { name, bytes } of result.files) {
    const path = join(directory, inside(name));
    await mkdir(dirname(path), { recursive: true, mode: DIRECTORY_MODE });
    await writeFile(path, bytes, { mode: FILE_MODE });
  }
  const rest = left.findings.filter((each) => isGrave(each) && !stale.includes(each));
  print(terminal.stdout, report(to, mending, rest));
  return rest.length > 0 ? EXIT.unexpected : EXIT.ok;
}

async function refuse(directory: string, to: string, args: readonly string[], { cwd }: Terminal): Promise<void> {
  for (const arg of args) {
    if (arg !== '-' && isWithin(resolve(cwd, arg), directory)) {
      throw new UsageError(`--fix writes to another place than the customer's files: ${to} lies in ${arg}.`);
    }
  }
  const there = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new UsageError(
      `--fix cannot write to ${to}: ${error.code === 'ENOTDIR' ? 'it is no directory' : error.message}.`,
    );
  });
  if (there.length > 0) throw new UsageError(`--fix writes to a new directory, and ${to} is not empty.`);
}

const isWithin = (parent: string, child: string): boolean => child === parent || child.startsWith(`${parent}${sep}`);

/** A name of the bundle as a path that does not leave the directory. */
const inside = (name: string): string => relative('/', normalize(`/${name}`));

function report(to: string, { before, mended, stale }: Mended, rest: readonly FoundCause[]): string {
  const mask = maskOf(before);
  const lines = (found: readonly FoundCause[]): readonly string[] => found.map((each) => line(each, mask));
  if (mended.length === 0 && rest.length === 0)
    return [...nothingWrong(before, mask), `There is nothing to mend: the files are in ${to} as they were.`, ''].join(
      '\n',
    );
  return [
    ...(mended.length === 0
      ? [`Nothing could be mended by itself. The files are in ${to} as they were.`]
      : [`Mended, in ${to}:`, ...lines(mended), ...toCount(mended, before)]),
    '',
    ...(rest.length > 0
      ? [
          'Left, as it is not certain what is to stand there:',
          ...rest.map((each) => `${line(each, mask)}\n    ${mask(each.remedy.says)}`),
        ]
      : []),
    ...(stale.length > 0 ? ofLogs(stale, before) : []),
    ...(rest.length + stale.length === 0 ? [`proxyproof check ${to} finds nothing wrong any more.`] : []),
    '',
  ].join('\n');
}

/** What the customer does with the files. */
function toCount(mended: readonly FoundCause[], { picture }: Diagnosis): readonly string[] {
  const says = takesEffect(
    picture,
    mended.flatMap(({ remedy }) => remedy.edits ?? []),
  );
  return says === undefined ? [] : ['', says];
}

/** That logs cannot show what a change did; what they showed before, beside what was mended, may be so still. */
function ofLogs(stale: readonly FoundCause[], before: Diagnosis): readonly string[] {
  const own = stale.filter(({ cause, file, line: at }) =>
    before.findings.some((each) => each.cause === cause && each.file === file && each.line === at),
  );
  const named = own.map(({ cause, file, line: at }) => `${cause} (${file}${at === undefined ? '' : `:${at}`})`);
  return [
    'The logs are of before the change: run the job again, and check its log.',
    ...(named.length > 0 ? [`They alone show ${named.join(', ')}: look whether it is there still.`] : []),
  ];
}

const line = ({ file, line: at, cause, says }: FoundCause, mask: Mask): string =>
  `  ${file}${at === undefined ? '' : `:${at}`} (${cause}): ${mask(says)}`;
