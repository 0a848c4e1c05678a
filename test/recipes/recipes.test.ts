import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { configToml, GET_SOURCES_HOOK, jobEnvironment, proxyVariables } from '../../harness/recipes/index.ts';

const runner = { name: 'r', url: 'http://gitlab.test', token: 't', shell: { buildsDir: '/b', cacheDir: '/c' } };

describe('config.toml', () => {
  it('is what the runner documents, and opens no port', () => {
    const text = configToml({
      concurrent: 2,
      checkInterval: 600,
      runner: {
        ...runner,
        environment: ['A=1'],
        getSourcesHook: { name: 'pre_clone_script', script: GET_SOURCES_HOOK },
        tlsCaFile: '/ca.pem',
        clientCertificate: { certFile: '/runner.crt', keyFile: '/runner.key' },
      },
    });
    expect(parse(text)).toEqual({
      concurrent: 2,
      check_interval: 600,
      log_format: 'json',
      runners: [
        {
          name: 'r',
          url: 'http://gitlab.test',
          token: 't',
          executor: 'shell',
          shell: 'bash',
          builds_dir: '/b',
          cache_dir: '/c',
          environment: ['A=1'],
          pre_clone_script: GET_SOURCES_HOOK,
          'tls-ca-file': '/ca.pem',
          'tls-cert-file': '/runner.crt',
          'tls-key-file': '/runner.key',
        },
      ],
    });
    expect(text).toContain('[[runners]]');
    expect(text).toMatch(/^concurrent = 2$/m);
  });

  it('leaves out what is not asked for', () => {
    const [section] = (
      parse(configToml({ concurrent: 1, checkInterval: 0, runner })) as { runners: Record<string, unknown>[] }
    ).runners;
    expect(Object.keys(section ?? {})).not.toContain('environment');
    expect(Object.keys(section ?? {})).not.toContain('tls-ca-file');
  });

  it.each([
    `"quotes" and 'quotes'`,
    '"""',
    "'''",
    'back\\slash\\n \\u0041',
    'line\nbreak\r\nand\ttab',
    '\u0001\u001f\u007f',
    '[[runners]]\ntoken = "other"',
    '# no comment',
    'ünïcode 🔑',
    '$HTTP_PROXY',
    '',
    ' ',
  ])('carries %j unharmed', (hostile) => {
    const text = configToml({
      concurrent: 1,
      checkInterval: 3,
      runner: {
        ...runner,
        token: hostile,
        environment: [hostile],
        getSourcesHook: { name: 'pre_get_sources_script', script: hostile },
      },
    });
    expect(parse(text)).toMatchObject({
      runners: [{ token: hostile, environment: [hostile], pre_get_sources_script: hostile }],
    });
  });

  it.each([
    { concurrent: 0, checkInterval: 3 },
    { concurrent: 1, checkInterval: 1.5 },
    { concurrent: 1, checkInterval: -1 },
  ])('refuses numbers that the runner would not take: %j', (numbers) => {
    expect(() => configToml({ ...numbers, runner })).toThrow(/must be a whole number of at least/);
  });
});

describe('proxy variables', () => {
  it('come in upper case, as on the page', () => {
    expect(proxyVariables({ url: 'http://p:1/' })).toEqual({ HTTP_PROXY: 'http://p:1/', HTTPS_PROXY: 'http://p:1/' });
  });

  it('come in lower case', () => {
    expect(proxyVariables({ url: 'http://p:1', noProxy: 'a,b', case: 'lower' })).toEqual({
      http_proxy: 'http://p:1',
      https_proxy: 'http://p:1',
      no_proxy: 'a,b',
    });
  });

  it('come in both', () => {
    expect(Object.keys(proxyVariables({ url: 'http://p:1', noProxy: '', case: 'both' })).sort()).toEqual([
      'HTTPS_PROXY',
      'HTTP_PROXY',
      'NO_PROXY',
      'http_proxy',
      'https_proxy',
      'no_proxy',
    ]);
  });
});

describe('the job environment', () => {
  it('is the list of the page', () => {
    expect(jobEnvironment('http://docker0_interface_ip:3128/')).toEqual([
      'https_proxy=http://docker0_interface_ip:3128',
      'http_proxy=http://docker0_interface_ip:3128',
      'HTTPS_PROXY=docker0_interface_ip:3128',
      'HTTP_PROXY=docker0_interface_ip:3128',
    ]);
  });

  it('writes a dollar sign so that the runner does not expand it', () => {
    expect(jobEnvironment('http://u:a$b@p:1', 'x')).toEqual([
      'https_proxy=http://u:a$$b@p:1',
      'http_proxy=http://u:a$$b@p:1',
      'HTTPS_PROXY=u:a$$b@p:1',
      'HTTP_PROXY=u:a$$b@p:1',
      'no_proxy=x',
      'NO_PROXY=x',
    ]);
  });
});

it('the get-sources hook is the one of the page', () => {
  expect(GET_SOURCES_HOOK).toBe(
    'git config --global http.proxy $HTTP_PROXY; git config --global https.proxy $HTTPS_PROXY',
  );
});
