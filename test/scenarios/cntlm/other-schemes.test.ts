import { describe, expect, it } from 'vitest';
import { tryClient } from '../../../harness/kit/clients/try.ts';
import otherSchemes from '../../../scenarios/cntlm/other-schemes.ts';
import { Story } from '../_builder.ts';
import { judged } from '../_judging.ts';

const findingsOf = (story: Story, axes: Readonly<Record<string, string>>) =>
  otherSchemes.judge(story.evidence, { axes, profile: '14.10' });

const offering = (scheme: string) => ({ proxyHeaders: [['Proxy-Authorization', `${scheme} «x»`]] as const });

describe('cntlm/other-schemes', () => {
  it('says how a client gets through, each by what came while it tried', () => {
    const story = new Story()
      .mark('client', 'git, with a user,')
      .asksProxy({})
      .passes('git', offering('Negotiate'))
      .mark('client ended', 'exit code 0')
      .mark('client', 'git, without one,')
      .asksProxy({})
      .mark('client ended', 'error: 407');
    const findings = findingsOf(story, { auth: 'negotiate', client: 'git' });
    expect(findings.map(({ verdict, observed }) => [verdict, observed])).toEqual([
      ['measured', 'git, with a user, gets through: 1 answer of 407, and it offered Negotiate'],
      [
        'measured',
        expect.stringMatching(
          /^git, without one, does not get through: 1 answer of 407, and it offered nothing\. git answers a 407 only where .* It said: error: 407$/,
        ),
      ],
    ]);
  });

  it.each([
    ['cntlm', 'digest', 'NTLM', /cntlm speaks NTLM to its parent and nothing else/],
    ['runner', 'negotiate', 'Basic', /runners, in Go, offer Basic alone/],
    ['docker', 'digest', 'Basic', /Docker's daemon, in Go, offers Basic alone/],
    ['curl', 'digest', 'Basic', /--proxy-anyauth/],
    ['squid', 'digest', 'Basic', /knows no Digest there/],
  ])('names the cause for %s at a parent that asks for %s', (client, auth, scheme, cause) => {
    const story = new Story()
      .mark('client', client)
      .asksProxy({})
      .asksProxy(offering(scheme))
      .mark('client ended', '407');
    const findings = findingsOf(story, { auth, client });
    expect(findings[0]?.observed).toMatch(
      new RegExp(`2 answers of 407, and it offered ${scheme}\\. .*${cause.source}`),
    );
  });

  it('tells a client that never came from one that was refused', () => {
    const story = new Story().mark('client', 'curl').mark('client ended', '');
    const findings = findingsOf(story, { auth: 'basic', client: 'curl' });
    expect(findings[0]?.observed).toMatch(/no request came to the parent.*It said: nothing$/);
  });

  it('is blocked when no client was started', () => {
    expect(judged(otherSchemes, new Story(), { auth: 'basic', client: 'curl' }).outcome).toBe('blocked');
  });
});

describe('what a client said', () => {
  const said = async (work: () => Promise<string>): Promise<readonly string[]> => {
    const marks: string[] = [];
    const world = { mark: (_: string, what: string) => void marks.push(what) } as Parameters<
      typeof tryClient
    >[0]['world'];
    await tryClient({ world }, 'curl', work);
    return marks;
  };

  it('is kept without the page around it, and cut', async () => {
    const page = `<html><head><style>p { color: red }</style></head><body><p>Access\n denied</p><!-- x --></body></html>`;
    expect(await said(async () => page)).toEqual(['curl', 'Access denied']);
    const [, kept] = await said(async () => 'x'.repeat(1000));
    expect(kept).toHaveLength(300);
  });

  it('is the reason when it fails', async () => {
    expect(await said(() => Promise.reject(new Error('no such image')))).toEqual(['curl', 'no such image']);
  });
});
