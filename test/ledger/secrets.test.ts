import { describe, expect, it } from 'vitest';
import { Secrets } from '../../harness/ledger/index.ts';
import { percentEncode } from '../../harness/url/index.ts';

const hostile = `p@ss:#w/%"$ é\\!'()*`;

describe('Secrets', () => {
  it('writes the name of a secret in place of every form of it', () => {
    const secrets = new Secrets();
    secrets.addCredentials('proxy-credentials', 'alice', hostile);
    const basic = Buffer.from(`alice:${hostile}`).toString('base64');
    const texts = [
      `raw ${hostile} end`,
      `url ${encodeURIComponent(hostile)} end`,
      `url of ours ${percentEncode(hostile)} end`,
      `json ${JSON.stringify({ password: hostile })} end`,
      `json in json ${JSON.stringify(JSON.stringify({ password: hostile }))} end`,
      `basic ${basic} end`,
    ];
    for (const text of texts) {
      const clean = secrets.redact(text);
      expect(clean).toContain('«proxy-credentials');
      expect(clean).not.toContain(hostile);
      expect(clean).not.toContain(encodeURIComponent(hostile));
      expect(clean).not.toContain(percentEncode(hostile));
      expect(clean).not.toContain(basic);
      expect(clean.endsWith('end')).toBe(true);
    }
  });

  it('tells the right credentials from others, and gives neither away', () => {
    const secrets = new Secrets();
    secrets.addCredentials('proxy-credentials', 'alice', 'correct horse');
    const header = (pair: string): string =>
      secrets.redactHeader('Proxy-Authorization', `Basic ${Buffer.from(pair).toString('base64')}`);
    expect(header('alice:correct horse')).toBe('Basic «proxy-credentials»');
    expect(header('alice:battery staple')).toMatch(/^Basic «unknown [0-9a-f]{8}»$/);
    expect(header('alice:battery staple')).not.toBe(header('alice:battery'));
  });

  it('takes unknown secrets out of sensitive headers, URLs and named values', () => {
    const secrets = new Secrets();
    expect(secrets.redactHeader('PRIVATE-TOKEN', 'abcdef')).toMatch(/^«unknown/);
    expect(secrets.redactHeader('Cookie', 'session=123456')).not.toContain('123456');
    expect(secrets.redact('GET http://bob:hunter22@host/x')).toMatch(/^GET http:\/\/«unknown [0-9a-f]{8}»@host\/x$/);
    expect(secrets.redact('{"token":"s3cr3tvalue","id":1}')).toMatch(/^\{"token":"«unknown [0-9a-f]{8}»","id":1\}$/);
    expect(secrets.redactHeader('Content-Type', 'text/plain')).toBe('text/plain');
  });

  it('looks again at a text it has seen when a secret has been added meanwhile', () => {
    const secrets = new Secrets();
    const text = 'a line with hunter22 in it';
    expect(secrets.redact(text)).toBe(text);
    secrets.add('password', 'hunter22');
    expect(secrets.redact(text)).toBe('a line with «password» in it');
    expect(secrets.redact(text)).toBe('a line with «password» in it');
    secrets.addCredentials('pair', 'line', 'with');
    expect(secrets.redact(text)).toBe('a line «pair-password» «password» in it');
  });

  it('takes secrets out of more different texts than it remembers, and out of long ones', () => {
    const secrets = new Secrets();
    secrets.add('job-token', 'glcbt-64_abc');
    for (let each = 0; each < 2000; each++) expect(secrets.redact(`${each} glcbt-64_abc`)).toBe(`${each} «job-token»`);
    const filler = 'x '.repeat(4000);
    expect(secrets.redact(`${filler}glcbt-64_abc Basic Zm9vOmJhcg==`)).not.toMatch(/glcbt|Zm9v/);
  });

  it('takes the beginning of a secret off the end of a text that was cut', () => {
    const secrets = new Secrets();
    secrets.add('job-token', 'glcbt-64_abcdefgh');
    expect(secrets.redactPart('… the token is glcbt-64_ab')).toBe('… the token is «cut»');
    expect(secrets.redactPart('… the token is glcbt-64_abcdefgh')).toBe('… the token is «job-token»');
    expect(secrets.redactPart('… the token is glc')).toBe('… the token is glc');
  });

  it('leaves a text without secrets as it is', () => {
    const secrets = new Secrets();
    secrets.add('job-token', 'glcbt-64_abc');
    expect(secrets.redact('Checking for jobs... received')).toBe('Checking for jobs... received');
  });

  it('takes the token out of an Authorization line, not the word before it', () => {
    const secrets = new Secrets();
    for (const text of [
      '> Authorization: Bearer ey.some.token-123',
      '{"authorization":"Bearer ey.some.token-123"}',
      'proxy-authorization: Negotiate ey.some.token-123',
      String.raw`{\"Authorization\":\"Bearer ey.some.token-123\"}`,
      'Authorization: ey.some.token-123',
    ]) {
      expect(secrets.redact(text)).not.toContain('token-123');
      expect(secrets.redact(text)).toMatch(/«unknown [0-9a-f]{8}»/);
    }
    expect(secrets.redact('Authorization: Bearer ey.some.token-123')).toContain('Authorization: Bearer «unknown');
  });

  it('takes all before the last @ of a URL for user and password, but leaves a path with an @ in it', () => {
    const secrets = new Secrets();
    for (const userinfo of ['bob:p@ss', 'bob:p/ss', 'bob:p#s?s', 'bob@corp:a/b@c']) {
      expect(secrets.redact(`see http://${userinfo}@host:3128/x`)).toMatch(
        /^see http:\/\/«unknown [0-9a-f]{8}»@host:3128\/x$/,
      );
    }
    expect(secrets.redact('http://registry.test:5000/@scope/package')).toBe('http://registry.test:5000/@scope/package');
  });

  it('takes the signature of a signed URL out', () => {
    const url = 'https://s3.test/b/o?X-Amz-Signature=0123abcd4567&X-Amz-Expires=60';
    expect(new Secrets().redact(url)).toMatch(/X-Amz-Signature=«unknown [0-9a-f]{8}»&X-Amz-Expires=60$/);
  });

  it('takes what a cut has left of a secret off both edges', () => {
    const secrets = new Secrets();
    secrets.add('job-token', 'glcbt-64_abcdefgh');
    expect(secrets.redactPart('cdefgh and more')).toBe('«cut» and more');
    expect(secrets.redactPart('64_abc')).toBe('«cut»');
    expect(secrets.redactPart('fgh and more')).toBe('fgh and more');
  });

  it('leaves a number as it is that a secret in hexadecimal begins with', () => {
    const secrets = new Secrets();
    secrets.add('runner-token', 'H1uJjjP8-CCn7NouosF');
    expect(secrets.redactPart('gitlab.test:44831')).toBe('gitlab.test:44831');
    expect(secrets.redactPart('4831 of them')).toBe('4831 of them');
    expect(secrets.redactPart('it is 4831754a')).toBe('it is «cut»');
  });

  it('leaves digests, ids, dates and words as they are', () => {
    const secrets = new Secrets();
    secrets.addCredentials('proxy-credentials', 'alice', 'p@ss w0rd');
    for (const text of [
      'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      'Fri, 27 Nov 2026 12:00:00 GMT',
      'W/"5d41402abc4b2a76b9719d911017c592"',
      'gitlab-runner 14.10.1 (14-10-stable; go1.17.7; linux/amd64)',
      'https://gitlab.test/api/v4/jobs/1/trace?debug_trace=false&x=1%2C2',
      String.raw`C:\Program Files\x "quoted" &amp; more`,
    ])
      expect(secrets.redactPart(text)).toBe(text);
  });
});
