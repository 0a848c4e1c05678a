import { realClock } from '../../clock/index.ts';
import { thisPlatform } from '../architecture.ts';
import type { ResolveOptions, SubjectDefinition, SubjectProgram } from '../definition.ts';
import { SubjectError } from '../resolve/error.ts';
import type { Driver } from '../subject.ts';
import { helperBeside, helperIn, runnerIn } from './built/find.ts';
import { isDrivable, NEWEST_VERSION, OLDEST_VERSION } from './version.ts';

const KIND = 'gitlab-runner';

/** GitLab's own runner: a program, or a version whose official binary is downloaded. */
export const gitlabRunner = {
  kind: KIND,
  named: {
    takes: ['a full version of gitlab-runner such as 17.11.4'],
    claims: (name) => /^v?\d+(\.\d+){0,2}$/.test(name),
    driver: async (name, options, identify) => {
      const version = /^v?(\d+\.\d+\.\d+)$/.exec(name)?.[1];
      if (version === undefined) {
        throw new SubjectError('usage', `${name} is not a full version: give all three numbers, such as 17.11.4.`);
      }
      refuseOld(version);
      const { downloadRunner } = await import('../download/download.ts');
      const { cacheDir, env, clock = realClock(), download: server } = options;
      const path = await downloadRunner(version, { cacheDir, env, clock, ...(server ? { server } : {}) });
      const found = await identify(path);
      if (found.kind === KIND && found.version === version) return driverOf(found, options);
      throw new SubjectError(
        'absent',
        `${path} was downloaded as ${KIND} ${version}, but says it is ${found.kind} ${found.version}. ` +
          'Is the download server the right one?',
      );
    },
  },
  program: {
    drives: `${KIND} (v${OLDEST_VERSION} to v${NEWEST_VERSION})`,
    version: async ({ stdout }) =>
      /^Git revision:/m.test(stdout) ? /^Version:\s+(\S.*?)\s*$/m.exec(stdout)?.[1] : undefined,
    driver: driverOf,
    inDirectory: runnerIn,
    helperInDirectory: (dir, { arch }) => helperIn(dir, arch),
    companions: async (path) => [(await helperBeside(path, thisPlatform.arch)) ?? []].flat(),
  },
} as const satisfies SubjectDefinition<typeof KIND>;

async function driverOf(
  { path, version }: SubjectProgram,
  { profile, helper: named, cacheDir, env, clock }: ResolveOptions,
): Promise<Driver<typeof KIND>> {
  refuseOld(version);
  const { gitlabRunnerDriver, hasDockerExecutor } = await import('./index.ts');
  const docker = await hasDockerExecutor(path);
  const { chooseHelper } = await import('./helper.ts');
  const helper = await chooseHelper(path, { named, cacheDir, env, ...(clock ? { clock } : {}) });
  return gitlabRunnerDriver({ path, version, docker, helper, ...(profile ? { profile } : {}) });
}

function refuseOld(version: string): void {
  if (isDrivable(version)) return;
  throw new SubjectError(
    'usage',
    `${KIND} ${version} is older than ${OLDEST_VERSION}, the oldest I can drive: take a newer one.`,
  );
}
