import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { run } from '../../harness/process/index.ts';
import {
  DOCKER_CONFIG_BEFORE_SCRIPT,
  DOCKER_CONFIG_PRE_BUILD_SCRIPT,
  dockerConfigFile,
  SAFE_DOCKER_CONFIG_SCRIPT,
} from '../../harness/recipes/index.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'proxyproof-test-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

/** What a script leaves in config.json, run by a real shell. */
async function written(script: string, env: Record<string, string>, shell = 'bash'): Promise<string> {
  await run(shell, ['-c', script], {
    env: { HOME: home, PATH: process.env['PATH'], ...env },
    limitMs: 30_000,
  });
  return readFile(join(home, '.docker', 'config.json'), 'utf8');
}

const WAYS = {
  before_script: DOCKER_CONFIG_BEFORE_SCRIPT.join('\n'),
  pre_build_script: DOCKER_CONFIG_PRE_BUILD_SCRIPT,
  'the safe script': SAFE_DOCKER_CONFIG_SCRIPT,
};
const PAGE = {
  HTTP_PROXY: 'http://proxy:8080',
  HTTPS_PROXY: 'http://proxy:8080',
  NO_PROXY: 'docker:2375,docker:2376',
};
const DEFAULT = { httpProxy: 'http://proxy:8080', httpsProxy: 'http://proxy:8080', noProxy: 'docker:2375,docker:2376' };

it("is the page's before_script, word for word", () => {
  const page = `before_script:
  - mkdir -p $HOME/.docker/
  - 'echo "{ \\"proxies\\": { \\"default\\": { \\"httpProxy\\": \\"$HTTP_PROXY\\", \\"httpsProxy\\": \\"$HTTPS_PROXY\\", \\"noProxy\\": \\"$NO_PROXY\\" } } }" > $HOME/.docker/config.json'
`;
  expect(parse(page)).toEqual({ before_script: DOCKER_CONFIG_BEFORE_SCRIPT });
});

describe('the three ways', () => {
  it('write the same', async () => {
    expect(JSON.parse(dockerConfigFile(DEFAULT))).toEqual({ proxies: { default: DEFAULT } });
    for (const script of Object.values(WAYS)) {
      expect(JSON.parse(await written(script, PAGE))).toEqual({ proxies: { default: DEFAULT } });
    }
  });
});
