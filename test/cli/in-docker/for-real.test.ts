import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readResults } from '../../../harness/report/index.ts';
import { noDocker } from '../../containers/_here.ts';
import { launched, QUICK_CASE, scratch } from '../_tool.ts';
import { standInEngine } from './_engine.ts';
import { makeNodeImage, NODE_IMAGE } from './_node-image.ts';

const LIMIT_MS = 40 * 60_000;

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
    const run = (...words: string[]) =>
      launched(['run', ...words, `--in-docker=${NODE_IMAGE}`], {
        cwd: place.dir,
        env: { DOCKER_HOST: engine.host, PROXYPROOF_NO_INSTALL: '' },
      });

    const first = await run('polling/through-proxy*');
    expect(first.code, first.out + first.err).toBe(0);
    expect(Object.keys(await outcomesIn(place.dir))).toEqual(['pass']);

    const second = await run('docker/config-json-host');
    expect(second.err).not.toContain('installing');
    expect(second.code, second.out + second.err).toBe(0);
    expect(await outcomesIn(place.dir)).toEqual({ pass: 1 });

    const mutant = [QUICK_CASE, '--runner', 'reference:ignores-reset-time'];
    const failing = await run(...mutant, '--write-expect', 'known.yaml');
    expect(failing.code, failing.out + failing.err).toBe(1);
    expect(await readFile(join(place.dir, 'known.yaml'), 'utf8')).toContain(QUICK_CASE);
    const known = await run(...mutant, '--expect', 'known.yaml');
    expect(known.code, known.out + known.err).toBe(0);
    expect(await engine.docker.listContainers({ all: true })).toEqual([]);
  },
);
