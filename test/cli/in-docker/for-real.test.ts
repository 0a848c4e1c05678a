import { cp, mkdir, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { followProgress } from '../../../harness/containers/follow-progress.ts';
import { bringDebian } from '../../../harness/containers/images/debian.ts';
import { readResults } from '../../../harness/report/index.ts';
import { noDocker } from '../../containers/_here.ts';
import { launched, put, scratch } from '../_tool.ts';
import { type StandInEngine, standInEngine } from './_engine.ts';

const IMAGE = 'node:stand-in';
const LIMIT_MS = 40 * 60_000;

/** Makes Debian with Node and npm, from packages where no registry has them, and from this machine's own programs. */
async function makeNodeImage({ docker, dir }: StandInEngine): Promise<void> {
  const debian = 'debian:stand-in';
  await bringDebian({ docker, tag: debian, dir, say: () => {} });
  const context = join(dir, 'node');
  const npm = dirname(dirname(await realpath((await execa('which', ['npm'])).stdout)));
  await mkdir(context);
  await cp(process.execPath, join(context, 'node'));
  await cp(npm, join(context, 'npm'), { recursive: true });
  await put(
    join(context, 'Dockerfile'),
    `FROM ${debian}
COPY node /usr/local/bin/node
COPY npm /usr/local/lib/node_modules/npm
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm && npm --version
`,
  );
  const stream = await docker.buildImage({ context, src: ['.'] }, { t: IMAGE, networkmode: 'host' });
  await followProgress(docker, stream);
}

/** The outcomes of a run, each with how often it came. */
async function outcomesIn(dir: string): Promise<Record<string, number>> {
  const { outcomes } = await readResults(join(dir, 'runs', 'latest'));
  return Object.fromEntries(
    Object.entries(Object.groupBy(outcomes, ({ outcome }) => outcome)).map(([name, all]) => [name, all.length]),
  );
}

const why = noDocker
  ? ` (skipped: there is no ${noDocker})`
  : process.env['PROXYPROOF_TEST_ENGINE']
    ? ''
    : ' (skipped: it installs packages and makes all images anew, some 8 minutes; PROXYPROOF_TEST_ENGINE=1 has it run)';

test.skipIf(why)(
  `in an engine of a user, the launcher installs itself, and cases with and without Docker pass${why}`,
  {
    timeout: LIMIT_MS,
  },
  async () => {
    await using engine = await standInEngine();
    await makeNodeImage(engine);
    await using place = await scratch();
    const run = (...globs: string[]) =>
      launched(['run', ...globs, `--in-docker=${IMAGE}`], {
        cwd: place.dir,
        env: { DOCKER_HOST: engine.host, PROXYPROOF_NO_INSTALL: '' },
      });

    const first = await run('polling/through-proxy*');
    expect(first.code, first.out + first.err).toBe(0);
    expect(await outcomesIn(place.dir)).toEqual({ pass: 12 });

    const second = await run('docker/config-json-host');
    expect(second.err).not.toContain('installing');
    expect(second.code, second.out + second.err).toBe(0);
    expect(await outcomesIn(place.dir)).toEqual({ pass: 1 });
    expect(await engine.docker.listContainers({ all: true })).toEqual([]);
  },
);
