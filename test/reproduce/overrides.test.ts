import { describe, expect, it } from 'vitest';
import { readOverrides } from '../../harness/reproduce/index.ts';
import { worldOf } from '../../harness/reproduce/machine/world.ts';
import { networkOf } from '../../harness/reproduce/plan/network.ts';
import { planOf } from '../../harness/reproduce/plan/read.ts';
import { CONFIG, pictureOf } from './_bundle.ts';

const FILES = { 'etc/gitlab-runner/config.toml': CONFIG };
const plan = (set: Readonly<Record<string, string>>, files: Readonly<Record<string, string>> = FILES) =>
  planOf(pictureOf(files), { set });

describe('what is set in place of what files say', () => {
  it('is where the proxy stands, with its account, and where GitLab is', () => {
    const found = plan({
      'proxy.url': 'http://svc:p%40ss@10.0.0.9:8081',
      'proxy.auth': 'ntlm',
      'proxy.domain': 'CORP',
      'gitlab.url': 'http://git.corp.example:8000/',
    });
    expect(found.proxies).toEqual([{ host: '10.0.0.9', port: 8081 }]);
    expect(found.auth).toEqual({ scheme: 'ntlm', user: 'svc', password: 'p@ss', domain: 'CORP' });
    expect(found.gitlab).toEqual({
      url: 'http://git.corp.example:8000',
      host: 'git.corp.example',
      port: 8000,
      tls: false,
    });
    expect(found.assumptions.map(({ says }) => says)).toContain('proxy.url is as it was set.');
  });

  it('an account without a scheme is asked for by Basic; cntlm keeps its own unless another is set', () => {
    expect(plan({ 'proxy.user': 'svc', 'proxy.password': 'secret' }).auth).toMatchObject({
      scheme: 'basic',
      user: 'svc',
    });
    const cntlm = {
      'etc/cntlm.conf': 'Username svc\nDomain CORP\nPassword Summer\nProxy 10.0.0.41:8080\nListen 3128\n',
    };
    expect(plan({}, cntlm).auth.scheme).toBe('ntlm');
    expect(plan({ 'proxy.auth': 'basic' }, cntlm).auth).toMatchObject({ scheme: 'basic', password: 'Summer' });
  });

  it('the hosts that the proxy lets through: it answers the others itself, and own ones are reached without it', () => {
    const picture = pictureOf(FILES);
    const { isOpen, denied } = networkOf(
      picture,
      planOf(picture, { set: { 'proxy.allow': '*.docker.io,registry.gitlab.com' } }),
    );
    expect(denied).toEqual([
      { host: 'gitlab.corp.example', status: 403 },
      { host: 'registry.corp.example', status: 403 },
    ]);
    expect(isOpen('gitlab.corp.example')).toBe(true);
    expect(isOpen('registry-1.docker.io')).toBe(false);
    const all = networkOf(picture, planOf(picture, { set: { 'proxy.allow': '*' } }));
    expect(all.denied).toEqual([]);
  });

  it('a proxy that opens TLS', () => {
    const found = plan({ 'proxy.intercept': 'true' });
    expect(found.intercepts).toBe(true);
    expect(found.distrusting).toBeUndefined();
    expect(worldOf(found, networkOf(pictureOf(FILES), found)).proxy).toMatchObject({ intercepts: {} });
    expect(plan({}).intercepts).toBe(false);
  });
});

describe('a proxy that opens TLS', () => {
  const CHAIN = '$ curl -v https://gitlab.com\n*  issuer: C=US; O=Zscaler Inc.; CN=Zscaler Intermediate Root CA\n';
  const SQUID = 'http_port 3128 ssl-bump cert=/etc/squid/ca.pem\nssl_bump peek step1\nssl_bump bump all\n';

  it.each([
    [
      'an issuer',
      { 'curl.txt': CHAIN },
      'The proxy opens TLS, as “Zscaler Intermediate Root CA” signed a certificate (curl.txt:2)',
    ],
    ['squid.conf', { 'etc/squid/squid.conf': SQUID }, 'The proxy opens TLS (etc/squid/squid.conf:3)'],
  ])('is told by %s, and not where it is set that it does not', (_, more, says) => {
    const found = plan({}, { ...FILES, ...more });
    expect(found.intercepts).toBe(true);
    expect(found.assumptions.map((each) => each.says).join('\n')).toContain(says);
    expect(plan({ 'proxy.intercept': 'false' }, { ...FILES, ...more }).intercepts).toBe(false);
  });
});

describe('what cannot be set', () => {
  it.each([
    [
      { 'proxy.schem': 'ntlm' },
      /^There is no proxy\.schem to set\. .*proxy\.auth: what the proxy asks for.*gitlab\.url/,
    ],
    [{ 'proxy.urll': 'x' }, /Did you mean proxy\.url\?/],
    [{ toString: 'x' }, /^There is no toString to set/],
    [
      { 'proxy.auth': 'kerberos' },
      /^proxy\.auth takes what the proxy asks for: none, basic, digest, ntlm, negotiate\.$/,
    ],
    [{ 'proxy.url': 'http://svc:geheim1@proxy' }, /^proxy\.url takes (?!.*geheim1)/],
    [{ 'proxy.url': 'https://proxy:3128' }, /^proxy\.url takes/],
    [{ 'proxy.allow': 'a b' }, /^proxy\.allow takes/],
    [{ 'proxy.intercept': 'yes' }, /true, false/],
    [{ 'gitlab.url': 'gitlab' }, /^gitlab\.url takes/],
    [{ 'proxy.password': '' }, /^proxy\.password takes/],
  ])('%o', (set, message) => expect(() => readOverrides(set as Record<string, string>)).toThrow(message));
});
