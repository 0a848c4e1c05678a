import { readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packageFiles } from '../../harness/cli/in-docker/carried/package-files.ts';
import type { ExecResult, RunningContainer } from '../../harness/containers/index.ts';
import { startWorld } from '../../harness/world/index.ts';
import { ROOT } from '../cli/_tool.ts';

/** Where GitLab's Docker executor has the project. */
const PROJECT = '/builds/group/project';

/** A container as the Docker executor makes one for a job: root, with no privileges, in the project's directory. */
export interface JobContainer extends AsyncDisposable {
  /** Runs shell lines as gitlab-runner does: one after the other, in one bash, until one fails. */
  job(lines: readonly string[], env: Readonly<Record<string, string>>): Promise<ExecResult>;
  /** The paths of the project's files that a pattern of `find -path` means. */
  files(pattern: string): Promise<string[]>;
  read(file: string): Promise<string>;
  write(file: string, content: string): Promise<void>;
}

/** Starts one that has what the suite's image has: the checkout, its packages and Node where docker/suite puts them. */
export async function jobContainer(): Promise<JobContainer> {
  const packages = realpathSync(join(ROOT, 'node_modules'));
  // The lock file is left out: whether the packages are as it says is the image's matter.
  const mounted = packageFiles(ROOT).filter(({ source }) => !source.endsWith('package-lock.json'));
  const world = await startWorld(
    { docker: {} },
    { for: 'programs', visible: [ROOT, packages, dirname(process.execPath)] },
  );
  try {
    const container: RunningContainer = await world.docker.run({
      name: 'job',
      image: 'job',
      command: ['sleep', 'infinity'],
      workingDir: PROJECT,
      volumes: [
        ...mounted.map(({ source, target }) => `${source}:${target}:ro`),
        `${packages}:/opt/proxyproof/node_modules:ro`,
      ],
      env: imageVariables(),
    });
    const run = (script: string, env: Readonly<Record<string, string>> = {}, stdin = '') =>
      container.exec(['bash', '-c', script], { env, stdin, limitMs: 60_000, workingDir: PROJECT });
    await run('ln -s /opt/proxyproof/proxyproof /usr/local/bin/proxyproof');
    return {
      job: (lines, env) =>
        run(
          `set -eo pipefail; eval "$(cat)"`,
          { CI: 'true', GITLAB_CI: 'true', CI_PROJECT_DIR: PROJECT, ...env },
          lines.join('\n'),
        ),
      files: async (pattern) =>
        (await run(`find . -path './${pattern}' | sed 's,^./,,' | sort`)).stdout.split('\n').slice(0, -1),
      read: async (file) => (await run(`cat ${file}`)).stdout,
      write: async (file, content) => void (await run(`cat >${file}`, {}, content)),
      [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
    };
  } catch (error) {
    await world[Symbol.asyncDispose]();
    throw error;
  }
}

/** What the suite's image says with ENV. */
function imageVariables(): Record<string, string> {
  const dockerfile = readFileSync(join(ROOT, 'docker', 'suite', 'Dockerfile'), 'utf8');
  return Object.fromEntries([...dockerfile.matchAll(/^ENV (\w+)=(\S+)$/gm)].map(([, name, value]) => [name, value]));
}
