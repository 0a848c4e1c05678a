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
  dockerConfigScriptFlaw,
  readDockerConfig,
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

const HOSTILE = ['http://u:a"b@p:1', 'http://u:a\\qb@p:1', 'http://u:a\\nb@p:1', 'http://u:a\\\\b@p:1', 'a\nb', 'a\tb'];
const HARMLESS = ['', 'http://u:a$b@p:1', "http://u:a'b@p:1", 'http://u:a`b$(id)@p:1', 'http://ü:%22@p:1', '*', ' '];

describe('hostile values', () => {
  it.each(HOSTILE)('%j is reported, and is what bash makes of it', async (value) => {
    const script = WAYS.pre_build_script;
    const variables = { ...PAGE, HTTP_PROXY: value };
    const flaw = dockerConfigScriptFlaw(script, new Map(Object.entries(variables)));
    expect(flaw).toMatch(/^HTTP_PROXY would/);
    const text = await written(script, variables);
    const read = readDockerConfig(text);
    if ('why' in read) {
      expect(flaw).toContain('is no JSON');
    } else {
      expect(read.get('default')?.httpProxy).not.toBe(value);
      expect(flaw).toContain('would stand changed');
    }
  });

  it.each(HARMLESS)('%j is carried, and nothing is said of it', async (value) => {
    for (const script of [WAYS.before_script, WAYS.pre_build_script]) {
      const variables = { ...PAGE, HTTP_PROXY: value };
      expect(dockerConfigScriptFlaw(script, new Map(Object.entries(variables)))).toBeUndefined();
      const read = readDockerConfig(await written(script, variables));
      expect(read).toEqual(new Map([['default', { ...DEFAULT, httpProxy: value }]]));
    }
  });

  it.each(['bash', 'sh'])('the safe script carries every printable one, in %s', async (shell) => {
    for (const value of [...HOSTILE, ...HARMLESS]) {
      const variables = { HTTP_PROXY: value, HTTPS_PROXY: value, NO_PROXY: value };
      const printable = value.replace(/[\n\t]/g, '');
      expect(JSON.parse(await written(SAFE_DOCKER_CONFIG_SCRIPT, variables, shell))).toEqual({
        proxies: { default: { httpProxy: printable, httpsProxy: printable, noProxy: printable } },
      });
    }
  });
});

it.each(['cat x > $HOME/.docker/config.json', 'echo "$(id)" > ~/.docker/config.json', 'echo hello', ''])(
  'nothing is said of what is not understood: %j',
  (script) => {
    expect(dockerConfigScriptFlaw(script, new Map())).toBeUndefined();
  },
);
