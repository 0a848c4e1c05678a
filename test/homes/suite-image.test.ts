import { readFileSync } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { certificateFiles } from '../../harness/cli/in-docker/carried/environment.ts';
import { npmSettings } from '../../harness/cli/in-docker/carried/npm-settings.ts';
import { packageFiles } from '../../harness/cli/in-docker/carried/package-files.ts';
import { followProgress } from '../../harness/containers/follow-progress.ts';
import { proxySettings } from '../../harness/containers/images/proxy-settings.ts';
import { launched, put, QUICK, ROOT, scratch } from '../cli/_tool.ts';
import { type StandInEngine, standInEngine } from '../cli/in-docker/_engine.ts';
import { makeNodeImage, NODE_IMAGE } from '../cli/in-docker/_node-image.ts';
import { noDocker } from '../containers/_here.ts';

const DIR = join(ROOT, 'docker', 'suite');
const DOCKERFILE = readFileSync(join(DIR, 'Dockerfile'), 'utf8');

/** What a run in a container takes along of a checkout. */
const CARRIED = packageFiles(ROOT).map(({ source }) => source.slice(ROOT.length));

test('the image has of the checkout what a run in a container takes along, and the context has no more', () => {
  const copied = [...DOCKERFILE.matchAll(/^COPY (.+) \/opt\/proxyproof\S*$/gm)].flatMap(([, from = '']) =>
    from.split(' '),
  );
  expect(copied.toSorted()).toEqual(CARRIED.toSorted());
  const sent = readFileSync(join(DIR, 'Dockerfile.dockerignore'), 'utf8').trim().split('\n');
  expect(sent[0]).toBe('*');
  expect(sent.slice(1).toSorted()).toEqual(CARRIED.map((each) => `!${each}`).toSorted());
});

/** What a site has for a base: Node's image, which knows the site's registry of packages and its certificates. */
const BASE = 'node:of-the-site';

async function makeOwnBase({ docker, dir }: StandInEngine): Promise<void> {
  const npm = await npmSettings(process.env, ROOT);
  const certificates = certificateFiles(process.env);
  const context = join(dir, 'base');
  await mkdir(context);
  const files = [...npm.files, ...certificates];
  for (const [at, { source }] of files.entries()) await cp(source, join(context, `${at}`));
  const variables = { ...npm.env, ...Object.fromEntries(certificates.map(({ name, target }) => [name, target])) };
  const lines = [
    `FROM ${NODE_IMAGE}`,
    ...files.map(({ target }, at) => `COPY ${at} ${target}`),
    ...Object.entries(variables).map(([name, value]) => `ENV ${name}=${value}`),
  ];
  await put(join(context, 'Dockerfile'), `${lines.join('\n')}\n`);
  await followProgress(docker, await docker.buildImage({ context, src: ['.'] }, { t: BASE }));
}

const why = noDocker
  ? ` (skipped: there is no ${noDocker})`
  : process.env['PROXYPROOF_TEST_ENGINE']
    ? ''
    : ' (skipped: it installs packages, some 5 minutes; PROXYPROOF_TEST_ENGINE=1 has it run)';

test.skipIf(why)(
  `the image runs the suite as root without privileges, and is a base for --in-docker to which nothing is added${why}`,
  { timeout: 40 * 60_000 },
  async () => {
    await using engine = await standInEngine();
    const { docker } = engine;
    await makeNodeImage(engine);
    await makeOwnBase(engine);
    const build = { t: 'suite:1', dockerfile: 'docker/suite/Dockerfile', networkmode: 'host' };
    const buildargs = { ...proxySettings(), BASE };
    await followProgress(docker, await docker.buildImage({ context: ROOT, src: CARRIED }, { ...build, buildargs }));

    let said = '';
    const output = new Writable({
      write: (chunk, _, done) => {
        said += chunk;
        done();
      },
    });
    const [{ StatusCode }] = await docker.run('suite:1', ['proxyproof', 'run', QUICK], output, {
      HostConfig: { NetworkMode: 'host', AutoRemove: true },
    });
    expect(StatusCode, said).toBe(0);
    expect(said).toMatch(/\d+ pass/);

    await using place = await scratch();
    const { code, out, err } = await launched(['run', QUICK, '--in-docker=suite:1'], {
      cwd: place.dir,
      env: { DOCKER_HOST: engine.host, PROXYPROOF_NO_INSTALL: '' },
    });
    expect(code, out + err).toBe(0);
    expect(err).not.toMatch(/installing the npm packages|with apt-get/);
  },
);
