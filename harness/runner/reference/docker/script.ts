import { exports, type Variables } from '../job/environment.ts';
import { quote } from '../job/shell-quote.ts';

/** What the build container is started with: the script to run comes by standard input, to bash where there is one. */
export const BUILD_COMMAND = ['sh', '-c', 'if command -v bash >/dev/null 2>&1; then exec bash; else exec sh; fi'];

/** What the helper container is started with. */
export const HELPER_COMMAND = ['gitlab-runner-build'];

/** A script and what it is run with. */
export interface ContainerScript {
  readonly script: string;
  readonly variables: Variables;
  /** Files that variables name, by path. */
  readonly files: ReadonlyMap<string, string>;
  /** Below which those files are. */
  readonly tmpDir: string;
  /** Made, and entered, before the script is run; left out, it stays where the container starts. */
  readonly dir?: string;
}

/** The text that is fed to a container's shell. What the script starts must not read the rest of it as its own input. */
export function containerScript({ script, variables, files, tmpDir, dir }: ContainerScript): string {
  return [
    'set -e',
    'if (set -o pipefail) 2>/dev/null; then set -o pipefail; fi',
    ...(files.size > 0 ? [`mkdir -p ${quote(tmpDir)}`] : []),
    ...[...files].map(([path, content]) => `printf %s ${quote(content)} > ${quote(path)}`),
    ...exports(variables),
    ...(dir === undefined ? [] : [`mkdir -p ${quote(dir)}`, `cd ${quote(dir)}`]),
    `eval ${quote(script)} </dev/null`,
    '',
  ].join('\n');
}
