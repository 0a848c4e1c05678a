import { describe, expect, it } from 'vitest';
import { type Advice, advise, cells } from '../../harness/clients/index.ts';
import { randomNumbers, SEED } from '../fuzz.ts';

const viaOf = ({ urls }: Advice, client: string): string | undefined =>
  urls[0]?.answers.find((each) => each.client === client)?.via;

const proxiedBy = ({ urls }: Advice): string[] =>
  urls.flatMap(({ answers }) => answers.filter(({ via }) => via === 'proxy').map(({ title }) => title));

describe('advice', () => {
  it("tells the page's own value apart by client", () => {
    const advice = advise('docker:2375,docker:2376', ['http://docker:2375/']);
    expect(viaOf(advice, 'docker')).toBe('direct');
    expect(viaOf(advice, 'curl')).toBe('proxy');
    expect(viaOf(advice, 'java-httpclient')).toBe('unaware');
    expect(advice.suggestion).toEqual({ value: 'docker', except: [] });
    expect(advice.remarks).toEqual([
      "curl, wget, git and PHP's curl extension do not understand a port, as in docker:2375 and docker:2376: write docker, instead or as well.",
    ]);
  });

  it.each([
    ['*.corp.test', 'https://gitlab.corp.test/', '.corp.test'],
    ['corp.test', 'https://a.b.corp.test/', '.corp.test'],
    ['gitlab.*', 'https://gitlab.corp.test/', 'gitlab.corp.test'],
    ['10.0.0.0/8', 'http://10.1.2.3/', '10.1.2.3'],
    ['', 'http://GitLab.Corp.test:8080/', 'gitlab.corp.test'],
    ['x.test', 'http://gitlab.corp.test./', 'gitlab.corp.test.'],
  ])('instead of “%s” for %s it suggests %s', (value, url, better) => {
    expect(advise(value, [url]).suggestion).toEqual({ value: better, except: [] });
  });

  it('suggests one value for several URLs', () => {
    const urls = ['http://docker:2375/', 'https://gitlab.corp.test/', 'http://10.1.2.3/'];
    expect(advise('*.corp.test', urls).suggestion.value).toBe('docker,.corp.test,10.1.2.3');
  });

  it('says for whom there is no spelling', () => {
    const { suggestion } = advise('', ['http://[fd00::1]/']);
    expect(suggestion).toEqual({ value: 'fd00::1,[fd00::1]', except: ["Ruby's net/http"] });
  });

  it('suggests for every URL of the table what makes every client go direct, but those it names', () => {
    const asked = new Map(
      cells(({ situation }) => situation.group === 'no-proxy').map((each) => [
        `${each.situation.name} ${each.url}`,
        each,
      ]),
    );
    for (const { situation, url } of asked.values()) {
      const { value, except } = advise(situation.env['NO_PROXY'] ?? '', [url]).suggestion;
      expect(proxiedBy(advise(value, [url])), `${value} for ${url}`).toEqual(except);
    }
  });

  it('says which clients cannot read the proxy itself', () => {
    const advice = advise('', ['http://gitlab.corp.test/'], '172.17.0.1:3128');
    expect(viaOf(advice, 'ruby')).toBe('error');
    expect(viaOf(advice, 'node-fetch')).toBe('error');
    expect(viaOf(advice, 'curl')).toBe('proxy');
  });

  it.each([
    ['a.test b.test', 'The spaces change what is understood by wget, docker, dockerd'],
    ['a.test ,b.test', 'The spaces change what is understood by wget: leave them out.'],
    ['a.test;b.test', 'No client takes ; for the end of an entry'],
    ['*', "* means nothing to wget and Ruby's net/http."],
    ['a.test,*', '* in a list means nothing to curl, wget, git'],
    [
      '10.0.0.0/8',
      "10.0.0.0/8 is a network, which means nothing to wget, Python's urllib, Node's fetch and Node's http.",
    ],
    [
      '*.a.test',
      "*.a.test means something to docker, dockerd, Go's net/http, Node's fetch and Node's http alone: write .a.test",
    ],
    ['a.*', 'a.* has its * where it is a wildcard to no client'],
    ['.a.test', ".a.test does not include a.test itself for wget, docker, dockerd, Go's net/http and Ruby's net/http"],
    ['a.test.', 'a.test. ends in a dot, so it does not match a.test for wget'],
    ['http://a.test/', 'http://a.test/ is more than a host, and no client takes it for one: write a.test.'],
    ['"a.test"', '"a.test" is more than a host'],
    ['fd00::1', "fd00::1 means nothing to Python's urllib, Ruby's net/http and Node's fetch."],
    ['a@b', 'a@b is neither a host nor an address nor a network.'],
  ])('remarks on “%s”', (value, beginning) => {
    const { remarks } = advise(value, ['http://a.test/']);
    expect(
      remarks.some((each) => each.startsWith(beginning)),
      remarks.join('\n'),
    ).toBe(true);
  });

  it.each([
    'gitlab.corp.test',
    '.corp.test,corp.test',
    'docker,docker:2375',
    'fd.test, b.test',
    'GITLAB.CORP.TEST',
    '10.1.2.3',
    '',
  ])('has nothing to remark on “%s”', (value) => {
    expect(advise(value, ['http://a.test/']).remarks).toEqual([]);
  });

  it('has an answer to whatever is typed', () => {
    const next = randomNumbers(SEED);
    const pieces = [
      'a',
      '.',
      '*',
      ':',
      ',',
      ' ',
      '/',
      '[',
      ']',
      '1',
      '10.0.0.1',
      '8',
      '@',
      '%',
      '"',
      ';',
      '-',
      'http://',
      'é',
      '\t',
      '::1',
    ];
    for (let count = 0; count < 2000; count++) {
      const value = Array.from({ length: next(8) }, () => pieces[next(pieces.length)]).join('');
      const proxy = Array.from({ length: next(6) }, () => pieces[next(pieces.length)]).join('');
      const { urls } = advise(value, ['http://a.a/', 'https://[::1]:8/', 'http://10.0.0.1/'], proxy);
      expect(urls.every(({ answers }) => answers.length === 17)).toBe(true);
    }
  });
});
