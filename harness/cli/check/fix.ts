import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join, normalize, relative, resolve, sep } from 'node:path';
import { UsageError } from '../../conformance/errors.ts';
import { type Bundle, type FoundCause, isGrave, mend } from '../../diagnosis/index.ts';
import { type Mask, maskOf } from '../../report/diagnosis/mask.ts';
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
  const { bundle: result, before, mended, left } = mend(bundle);
  if (left.read.length === 0)
    throw new UsageError('None of these files is of a kind that is known: there is nothing to mend.');
  for (const { name, bytes } of result.files) {
    const path = join(directory, inside(name));
    await mkdir(dirname(path), { recursive: true, mode: DIRECTORY_MODE });
    await writeFile(path, bytes, { mode: FILE_MODE });
  }
  const rest = left.findings.filter(isGrave);
  print(terminal.stdout, report(to, mended, rest, maskOf(before)));
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

function report(to: string, mended: readonly FoundCause[], rest: readonly FoundCause[], mask: Mask): string {
  return [
    mended.length === 0
      ? `Nothing could be mended by itself. The files are in ${to} as they were.`
      : `Mended, in ${to}:`,
    ...mended.map((each) => line(each, mask)),
    ...(rest.length > 0
      ? [
          '',
          'Left, as it is not certain what is to stand there:',
          ...rest.map((each) => `${line(each, mask)}\n    ${mask(each.remedy.says)}`),
        ]
      : ['', `proxyproof check ${to} finds nothing wrong any more.`]),
    '',
  ].join('\n');
}

const line = ({ file, line: at, cause, says }: FoundCause, mask: Mask): string =>
  `  ${file}${at === undefined ? '' : `:${at}`} (${cause}): ${mask(says)}`;
