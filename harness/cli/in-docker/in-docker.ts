import { existsSync } from 'node:fs';
import { readFile, rmdir } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { EnvironmentError } from '../../conformance/errors.ts';
import { homeDirectory, NO_HOME } from '../../process/home-directory.ts';
import { newRunLabel } from '../../process/run-label.ts';
import { writeText } from '../../report/files.ts';
import { isBelowRuns, makeRunDirectory } from '../../report/run-directory.ts';
import type { ExitCode, Terminal } from '../exit.ts';
import { print } from '../print.ts';
import type { RunOptions } from '../run-options.ts';
import { appendStepSummary } from '../tell-ci.ts';
import type { Invocation } from '../verb.ts';
import { packageRoot } from '../version.ts';
import { certificateFiles, environmentInside } from './carried/environment.ts';
import { packageFiles } from './carried/package-files.ts';
import { companionsOf, helperFile, subjectProgram } from './carried/subject-program.ts';
import type { Carried } from './carried/tar-of.ts';
import { commandLineInside } from './command-line.ts';
import { execute } from './container/execute.ts';
import { inContainer } from './container/in-container.ts';
import { removeStrayContainers } from './container/strays.ts';
import { userEngine } from './engine/user-engine.ts';
import { fetchReport } from './fetch-report.ts';
import { RUN, SIGNAL } from './inside.ts';
import { preparedImage } from './prepare/prepared-image.ts';
import type { Session } from './session.ts';
import { StopRequest } from './stop-request.ts';

/**
 * `proxyproof run --in-docker`: runs the same command line in one privileged container of the user's Docker engine.
 * Files go in and the report comes out as copies, since an engine need not see this machine's files.
 * @param root the directory of the package
 * @returns the exit code of the run inside
 * @throws EnvironmentError when there is no engine that can carry it, or something cannot be installed
 * @throws SubjectError, ReportError, Interrupted
 */
export async function runInDocker(
  { terminal, argv, command }: Pick<Invocation, 'terminal' | 'argv' | 'command'>,
  options: Omit<RunOptions, 'inDocker'> & { readonly inDocker: string },
  root: string = packageRoot(),
): Promise<ExitCode> {
  using stop = new StopRequest(terminal);
  const say = (line: string): void => print(terminal.stderr, `proxyproof: ${line}\n`);
  const program = await subjectProgram(options.runner, terminal.env);
  const helper = options.helper === undefined ? undefined : await helperFile(resolve(terminal.cwd, options.helper));
  const taken = [program ?? [], program === undefined ? [] : await companionsOf(program), helper ?? []].flat();
  const engine = await stop.race(userEngine(terminal.env, homeDirectory() ?? NO_HOME));
  say(`running in ${engine.description}`);
  for (const each of await removeStrayContainers(engine.docker)) say(`removed what an earlier run left: ${each}`);
  const env = environmentInside(terminal.env, await command());
  const session: Session = { engine, run: newRunLabel().label, terminal, stop, env, say };
  const report = await reportDirectory(options, terminal);
  const written = report === undefined || options.writeExpect === undefined ? undefined : join(report, 'expect.yaml');
  await using up = new AsyncDisposableStack();
  // A directory that was made for a report which never came.
  if (report !== undefined && isBelowRuns(report)) up.defer(() => rmdir(report).catch(() => {}));
  const image = await preparedImage(session, options.inDocker, root);
  const files = [...packageFiles(root), ...certificateFiles(terminal.env), ...named(options, taken, terminal.cwd)];
  return await inContainer(session, { image, files, forRun: true }, async (container, name) => {
    if (options.keep) {
      say(`what is kept is in a container until you end it, the report too: docker exec -it ${name} bash`);
    }
    stop.passOn((signal) => {
      const command = ['sh', '-c', SIGNAL, 'sh', signal.slice(3)];
      execute(engine.docker, container, command, { env: {}, terminal }).catch(() => {});
    });
    const inside = commandLineInside(argv, {
      ...(program === undefined ? {} : { runner: program }),
      ...(helper === undefined ? {} : { helper }),
      ...(report === undefined ? {} : { report: relative(terminal.cwd, report) || '.' }),
      ...(written === undefined ? {} : { 'write-expect': relative(terminal.cwd, written) }),
    });
    const words = ['sh', '-c', RUN, 'sh', terminal.cwd, ...inside];
    const code = await execute(engine.docker, container, words, { env, terminal });
    if (code === undefined) {
      throw new EnvironmentError(
        `The container ${name} ended before the run in it did, so there is no report. Is the engine still up, and does it have the memory (docker info)?`,
      );
    }
    if (report !== undefined) await fetchReport(container, report);
    if (report !== undefined) await passOnSummary(report, terminal);
    if (written !== undefined && options.writeExpect !== undefined && existsSync(written)) {
      await writeText(resolve(terminal.cwd, options.writeExpect), await readFile(written, 'utf8'));
      say(`copied to ${options.writeExpect}`);
    }
    return code as ExitCode;
  });
}

/** The summary of a step is a file of this machine. */
async function passOnSummary(report: string, terminal: Terminal): Promise<void> {
  const file = join(report, 'summary.md');
  if (existsSync(file)) await appendStepSummary(await readFile(file, 'utf8'), terminal);
}

/** Made before anything takes long: the user may not be allowed to. */
async function reportDirectory(
  options: Pick<RunOptions, 'dryRun' | 'report'>,
  { cwd }: Terminal,
): Promise<string | undefined> {
  if (options.dryRun) return undefined;
  return makeRunDirectory(options.report === undefined ? { cwd } : { dir: resolve(cwd, options.report) });
}

/** The files that the command line names, to go where it says they are; the run inside says which are not there. */
function named(
  { expect, scenarios }: Pick<RunOptions, 'expect' | 'scenarios'>,
  taken: readonly string[],
  cwd: string,
): Carried[] {
  const paths = [...taken, expect, scenarios].flatMap((each) => (each === undefined ? [] : [resolve(cwd, each)]));
  return paths.filter((path) => existsSync(path)).map((path) => ({ source: path, target: path }));
}
