import { describe, expect, it } from 'vitest';
import { checkConfigToml } from '../../harness/diagnosis/index.ts';
import { configToml, DOCKER_CONFIG_PRE_BUILD_SCRIPT } from '../../harness/recipes/index.ts';

const runner = { name: 'r', url: 'http://gitlab.test', token: 't' };
const docker = { host: 'unix:///run/docker.sock', image: 'job:1', helperImage: 'helper:1' };

/** A file around some lines of `[[runners]]`. */
const file = (lines: string, after = ''): string =>
  `concurrent = 1\n[[runners]]\nname = "r"\nexecutor = "docker"\n${lines}\n[runners.docker]\nimage = "job"\n${after}`;
const PAGE = [
  'https_proxy=http://172.17.0.1:3128',
  'http_proxy=http://172.17.0.1:3128',
  'HTTPS_PROXY=http://172.17.0.1:3128',
  'HTTP_PROXY=http://172.17.0.1:3128',
];
const environment = (...entries: string[]): string => `environment = ${JSON.stringify(entries)}`;
const said = (text: string): string[] =>
  checkConfigToml(text).map(({ level, line, says }) => `${level} ${line} ${says}`);

describe('a check of config.toml', () => {
  it('has nothing to say of what is right', () => {
    const hook = 'pre_get_sources_script = "git config --global http.proxy $HTTP_PROXY"';
    expect(said(file(`${environment(...PAGE)}\n${hook}`))).toEqual([]);
    expect(said(configToml({ concurrent: 1, checkInterval: 3, runner: { ...runner, docker } }))).toEqual([]);
  });

  it("says what the page's own upper-case values lack", () => {
    const list = PAGE.map((each) => each.replace(/^([A-Z_]+=)http:\/\//, '$1'));
    const lines = said(file(environment(...list)));
    expect(lines).toHaveLength(2);
    expect(lines.every((each) => /^warning 5 .*has no scheme/.test(each))).toBe(true);
  });

  it.each([
    ['an unescaped quotation mark', file('pre_build_script = "echo "x""'), /^error 5 .*no config\.toml/],
    ['a wrong type', file('environment = "A=1"'), /runners\.0\.environment has another type/],
    ['no runner', 'concurrent = 1\n', /no \[\[runners\]\]/],
    ['a key in the wrong table', file('', environment(...PAGE)), /^error 8 environment stands in \[runners\.docker\]/],
    ['a key above the table', `${environment(...PAGE)}\n${file('')}`, /^error 1 environment stands before/],
    ['the old hook', file(`${environment(...PAGE)}\npre_clone_script = "true"`), /^warning 6 .*ignores it from 17\.0/],
    [
      'a hook without its variable',
      file('pre_get_sources_script = "git config http.proxy $HTTP_PROXY"'),
      /^error 5 The hook uses HTTP_PROXY/,
    ],
    ['upper case alone', file(environment('HTTP_PROXY=http://p:1')), /curl, git, wget read the lower-case one alone/],
    ['lower case alone', file(environment('http_proxy=http://p:1')), /http_proxy is set and HTTP_PROXY is not/],
    [
      'a conflict',
      file(environment('http_proxy=http://p:1', 'HTTP_PROXY=http://q:1')),
      /http_proxy and HTTP_PROXY differ/,
    ],
    [
      'a lone dollar sign',
      file(environment('http_proxy=http://u:a$b@p:1')),
      /^error 5 The runner takes \$ in http_proxy/,
    ],
    ['no equals sign', file(environment('HTTP_PROXY http://p:1')), /no equals sign/],
    [
      'localhost',
      file(environment('http_proxy=http://127.0.0.1:3128')),
      /is, inside a container, the container itself/,
    ],
    [
      'a prefix in NO_PROXY',
      file(environment('NO_PROXY=git*', 'no_proxy=git*')),
      /^note 5 In NO_PROXY: git\* has its \*/,
    ],
    ['a password', file(environment('http_proxy=http://u:pw@p:1')), /^warning 5 http_proxy holds a password/],
    [
      'dind without privileges',
      file('', '[[runners.docker.services]]\nname = "docker:20.10-dind"'),
      /cannot start its daemon/,
    ],
    [
      'dind without NO_PROXY',
      file(environment(...PAGE), '[[runners.docker.services]]\nname = "docker:dind"'),
      /NO_PROXY does not name the dind/,
    ],
    [
      'a value that breaks the JSON',
      file(
        `${environment('HTTP_PROXY=http://u:"@p:1')}\npre_build_script = ${JSON.stringify(DOCKER_CONFIG_PRE_BUILD_SCRIPT)}`,
      ),
      /^error 6 HTTP_PROXY would make a config\.json that is no JSON/,
    ],
    [
      'one level of escaping too few',
      file('pre_build_script = "echo \\"{ \\"proxies\\": { } }\\" > $HOME/.docker/config.json"'),
      /^error 5 The script's echo does not print JSON/,
    ],
  ])('finds %s', (_, text, expected) => {
    expect(said(text)).toContainEqual(expect.stringMatching(expected));
  });

  it('never shows a password', () => {
    const hostile = file(environment('http_proxy=https://user:sec"ret@127.0.0.1', 'HTTP_PROXY=user:sec ret@p'));
    const remarks = checkConfigToml(hostile);
    expect(remarks.length).toBeGreaterThan(4);
    expect(JSON.stringify(remarks)).not.toMatch(/sec|ret@/);
  });
});
