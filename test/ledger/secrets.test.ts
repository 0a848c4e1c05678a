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
    expect(secrets.redactCut('… the token is glcbt-64_ab')).toBe('… the token is «cut»');
    expect(secrets.redactCut('… the token is glcbt-64_abcdefgh')).toBe('… the token is «job-token»');
    expect(secrets.redactCut('… the token is glc')).toBe('… the token is glc');
  });

  it('leaves a text without secrets as it is', () => {
    const secrets = new Secrets();
    secrets.add('job-token', 'glcbt-64_abc');
    expect(secrets.redact('Checking for jobs... received')).toBe('Checking for jobs... received');
  });
});
