import { copyFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { type ProfileName, UsageError } from '../../conformance/index.ts';
import { makeDirectories } from '../../files/index.ts';
import type { GenerationChoice } from '../../generations/index.ts';
import { writeText } from '../../report/files.ts';
import { makeRunDirectory, readResults } from '../../report/index.ts';
import { type MatrixRun, matrixJson, matrixOf, matrixPage, matrixText } from '../../report/matrix/index.ts';
import { plural } from '../../report/verdict.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { print } from '../print.ts';
import type { Invocation, OptionValues } from '../verb.ts';
import { packageVersion } from '../version.ts';
import type { Contender } from './contender.ts';
import { contendersHere } from './here.ts';
import type { matrixOptions } from './matrix-options.ts';
import { type ContenderRun, openRuns, type Runs } from './runs.ts';
import type { WantedCases } from './wanted.ts';

type Asked = Invocation<OptionValues<typeof matrixOptions>>;

/**
 * Runs what is not there, and makes the page.
 * @throws UsageError, SubjectError, EnvironmentError, ReportError
 */
export async function makeMatrix({ args, options, terminal }: Asked): Promise<ExitCode> {
  if (args.length === 0) {
    throw new UsageError(
      'Say which versions: numbers, paths of programs, or directories of runs, such as proxyproof matrix 17.11.4 18.11.4.',
    );
  }
  const contenders = await contendersHere(args, terminal, options.binaries);
  const dir = await makeRunDirectory({ dir: resolve(terminal.cwd, options.report ?? 'matrix') });
  const found = await runsOf(contenders, { options, terminal });
  const runs = await Promise.all(found.map((each, index) => besidePage(each, index, dir)));
  const matrix = matrixOf(runs);
  await writeText(join(dir, 'matrix.json'), `${JSON.stringify(matrixJson(matrix, packageVersion()))}\n`);
  await writeText(join(dir, 'index.html'), matrixPage(matrix, packageVersion()));
  print(terminal.stdout, matrixText(matrix, terminal.stdout.columns ?? 120));
  const ran = found.reduce((sum, each) => sum + each.ran, 0);
  const page = relative(terminal.cwd, join(dir, 'index.html'));
  const when =
    ran > 0 ? `${plural(ran, 'case was', 'cases were')} run now, all others before.` : 'Nothing was run now.';
  print(terminal.stdout, `${when} The page: ${page}\n`);
  return exitOf(runs);
}

/** The runs of all contenders under all profiles and generations, side by side. */
async function runsOf(
  contenders: readonly Contender[],
  { options, terminal }: Pick<Asked, 'options' | 'terminal'>,
): Promise<readonly ContenderRun[]> {
  const { globs = [], profile, generation = [undefined], level, proxy, containers, scenarios } = options;
  const cases = { globs, level, proxy, containers, scenarios };
  await using runs = openRuns(terminal, options.jobs);
  const wanted = await wantedOf(contenders, runs, { profile, generation });
  const ran = await Promise.all(
    wanted.map(([contender, profileName, choice]) => {
      const asked: WantedCases = { ...cases, profile: profileName, generation: choice };
      return runs.of(contender, asked);
    }),
  );
  return await Promise.all(ran.map((each) => runs.completed(each)));
}

type Wanted = readonly [Contender, ProfileName | undefined, GenerationChoice | undefined];

async function wantedOf(
  contenders: readonly Contender[],
  runs: Runs,
  {
    profile,
    generation,
  }: {
    readonly profile: ProfileName | 'each' | undefined;
    readonly generation: readonly (GenerationChoice | undefined)[];
  },
): Promise<readonly Wanted[]> {
  const own = await Promise.all(contenders.map((each) => runs.profileOf(each)));
  const profiles = [...new Set(own)];
  return contenders.flatMap((each, index): readonly Wanted[] => {
    if (each.is === 'stored') return [[each, undefined, undefined]];
    const under = profile === 'each' ? profiles : [profile ?? own[index]];
    return under.flatMap((name) => generation.map((choice) => [each, name, choice] as const));
  });
}

/** The page is of use elsewhere, so the reports that it leads to lie beside it. */
async function besidePage({ dir, contender }: ContenderRun, index: number, page: string): Promise<MatrixRun> {
  const results = await readResults(dir);
  const name = `${index + 1}-${contender.label.replaceAll(/[^\w.-]+/g, '_').replace(/^[._]+/, '')}-${results.profile}`;
  await makeDirectories(join(page, 'runs', name));
  const report = `runs/${name}/report.html`;
  const has = await copyFile(join(dir, 'report.html'), join(page, report)).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      return false;
    },
  );
  return { results, ...(has ? { report } : {}) };
}

/** A page of which no case says anything is none. */
function exitOf(runs: readonly MatrixRun[]): ExitCode {
  const outcomes = runs.flatMap(({ results }) => results.outcomes.map(({ outcome }) => outcome));
  if (outcomes.every((each) => each === 'skip')) return EXIT.environment;
  return outcomes.every((each) => each === 'skip' || each === 'error') ? EXIT.harness : EXIT.ok;
}
