import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkDockerConfig, checkDockerConfigScript } from '../../harness/diagnosis/index.ts';
import { run } from '../../harness/process/index.ts';
import {
  DOCKER_CONFIG_BEFORE_SCRIPT,
  DOCKER_CONFIG_PRE_BUILD_SCRIPT,
  dockerConfigFile,
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

const HOSTILE = ['http://u:a"b@p:1', 'http://u:a\\qb@p:1', 'http://u:a\\nb@p:1', 'http://u:a\\\\b@p:1', 'a\nb', 'a\tb'];
const HARMLESS = ['', 'http://u:a$b@p:1', "http://u:a'b@p:1", 'http://u:a`b$(id)@p:1', 'http://ü:%22@p:1', '*', ' '];

describe('hostile values', () => {
  it.each(HOSTILE)('%j is reported, and is what bash makes of it', async (value) => {
    const script = WAYS.pre_build_script;
    const variables = { ...PAGE, HTTP_PROXY: value };
    const [remark] = checkDockerConfigScript(script, new Map(Object.entries(variables)));
    expect(remark).toMatchObject({ level: 'error', says: expect.stringMatching(/^HTTP_PROXY would/) });
    const text = await written(script, variables);
    const read = readDockerConfig(text);
    if ('why' in read) {
      expect(remark?.says).toContain('is no JSON');
      expect(checkDockerConfig(text)).toMatchObject([{ level: 'error' }]);
    } else {
      expect(read.get('default')?.httpProxy).not.toBe(value);
      expect(remark?.says).toContain('would stand changed');
    }
  });

  it.each(HARMLESS)('%j is carried, and nothing is said of it', async (value) => {
    for (const script of [WAYS.before_script, WAYS.pre_build_script]) {
      const variables = { ...PAGE, HTTP_PROXY: value };
      expect(checkDockerConfigScript(script, new Map(Object.entries(variables)))).toEqual([]);
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

describe('a check of config.json', () => {
  const said = (text: string): string[] =>
    checkDockerConfig(text).map(({ level, line, says }) => `${level} ${line} ${says}`);

  it('has nothing to say of what is right', () => {
    const near = { ...DEFAULT, noProxy: 'docker' };
    expect(said(dockerConfigFile(near))).toEqual([]);
    const other = { proxies: { 'tcp://docker:2375': near }, auths: { 'registry.test': { auth: 'x' } } };
    expect(said(JSON.stringify(other))).toEqual([]);
  });

  it.each([
    [
      'no JSON',
      '{ "proxies": { "default": { "httpProxy": "http://u:"pw"@p" } } }',
      /^error 1 .*stops being JSON at character/,
    ],
    ['a later line', '{\n  "a": "x\\q"\n}', /^error 2 /],
    ['an unfinished file', '{ "proxies": {', /^error/],
    ['an empty file', '', /it is empty/],
    ['another type', '{ "proxies": { "default": "http://p:1" } }', /proxies\.default is not what docker expects/],
    ['no proxies', '{}', /There is no "proxies"/],
    ["the daemon's keys", '{\n"proxies": {\n"http-proxy": {} } }', /^error 3 "http-proxy" directly in "proxies"/],
    ['misspelled keys', '{ "proxies": { "default": { "http_proxy": "http://p:1" } } }', /neither "httpProxy" nor/],
    ['no noProxy', '{ "proxies": { "default": { "httpProxy": "http://p:1" } } }', /has no "noProxy"/],
    ['no scheme', '{ "proxies": { "default": { "httpProxy": "p:1", "noProxy": "x" } } }', /has no scheme/],
    [
      'localhost',
      '{ "proxies": { "default": { "httpProxy": "http://localhost:1", "noProxy": "x" } } }',
      /the container itself/,
    ],
  ])('finds %s', (_, text, expected) => {
    expect(said(text)).toContainEqual(expect.stringMatching(expected));
  });

  it('shows nothing of a file that it cannot read', () => {
    for (const text of ['secret', '{"httpProxy": "http://u:secret"}@p"}', '{"secret', '["secret"']) {
      expect(JSON.stringify(checkDockerConfig(text))).not.toContain('secret');
    }
  });
});

it.each(['cat x > $HOME/.docker/config.json', 'echo "$(id)" > ~/.docker/config.json', 'echo hello', ''])(
  'leaves alone what it does not understand: %j',
  (script) => {
    expect(checkDockerConfigScript(script, new Map())).toEqual([]);
  },
);
