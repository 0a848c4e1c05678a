import { Agent, request } from 'node:http';
import { check, counted, type Finding, type Stage } from '../../conformance/authoring.ts';
import { type Evidence, type Exchange, headerOf } from '../../ledger/index.ts';
import { isAfter } from '../order.ts';
import { PUBLIC_PATH } from './cntlm.ts';
import { type NtlmLogin, ntlmAuthenticate, ntlmNegotiate } from './ntlm-client.ts';
import { passedParent } from './parent.ts';

type In = Pick<Stage, 'world'>;

const PROBES = { from: 'parent-probes-begin', to: 'parent-probes-end' } as const;
const PROBE = 'parent-probe:';
/** How long one may take, in real milliseconds. */
const LIMIT_MS = 20_000;

/** What each of those offers who must be refused, as a sentence has it after “the parent refuses”. */
const REFUSED = {
  replayed: 'an answer that another connection has given before',
  unasked: 'an answer to no challenge',
  twice: 'an answer that was given before on the same connection',
  'other-domain': 'the account in another domain',
  'no-domain': 'the account in no domain',
  'other-user': 'another user who knows the password',
  'other-proxy': 'an answer that is meant for another proxy',
  'wrong-mic': 'a message that was changed on its way (MIC)',
  anonymous: 'an anonymous log-in',
  ntlmv1: 'NTLMv1',
  lm: 'an LM response alone',
  basic: 'the password in clear (Basic)',
  nothing: 'no credentials at all',
} as const;
type ProbeName = keyof typeof REFUSED;

/** A connection to the parent, apart from cntlm and from the subject. */
class ParentConnection implements Disposable {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  readonly #stage: In;

  constructor(stage: In) {
    this.#stage = stage;
  }

  /** Asks for GitLab. @returns the status, and the message of the challenge if there is one */
  async ask(authorization?: string): Promise<{ readonly status: number; readonly challenge: Buffer }> {
    const { gitlabUrl, proxy, clock } = this.#stage.world;
    const asked = new Promise<{ status: number; challenge: Buffer }>((answered, failed) => {
      const path = `${gitlabUrl}${PUBLIC_PATH}&of=probe`;
      const headers = {
        Host: new URL(gitlabUrl).host,
        ...(authorization === undefined ? {} : { 'Proxy-Authorization': authorization }),
      };
      request({ host: '127.0.0.1', port: proxy.port, path, agent: this.#agent, headers }, (response) => {
        const [, token = ''] = /^NTLM (\S+)$/.exec(response.headers['proxy-authenticate']?.toString() ?? '') ?? [];
        response.on('error', failed).on('end', () => {
          answered({ status: response.statusCode ?? 0, challenge: Buffer.from(token, 'base64') });
        });
        response.resume();
      })
        .on('error', failed)
        .end();
    });
    return clock.within(LIMIT_MS, "the parent's answer to a probe", asked);
  }

  [Symbol.dispose](): void {
    this.#agent.destroy();
  }
}

const header = (message: Buffer): string => `NTLM ${message.toString('base64')}`;

/**
 * Logs in on a connection of its own.
 * @param times how often the answer to the challenge is given, on that connection
 * @returns the status that came last, and what was said
 */
async function logIn(
  stage: In,
  login: NtlmLogin | { readonly said: string },
  times = 1,
): Promise<{ status: number; said: string }> {
  using connection = new ParentConnection(stage);
  const { challenge } = await connection.ask(header(ntlmNegotiate()));
  if (challenge.length === 0) return { status: 0, said: '' };
  const said = 'said' in login ? login.said : header(ntlmAuthenticate(challenge, login));
  for (let given = 1; given < times; given++) await connection.ask(said);
  return { status: (await connection.ask(said)).status, said };
}

async function askOnce(stage: In, authorization?: string): Promise<number> {
  using connection = new ParentConnection(stage);
  return (await connection.ask(authorization)).status;
}

/**
 * Tries at the parent proxy itself what it must refuse, and first what it must not, which shows that the probe is right.
 * Nothing else may ask it meanwhile.
 */
export async function probeParent(stage: In): Promise<void> {
  const { world } = stage;
  const { user, password, domain = '' } = world.proxy.auth;
  const account = { user, password, domain };
  const mark = (name: ProbeName | 'right', status: number): void =>
    world.mark(`${PROBE}${name}`, `it was answered with ${status}`);
  world.mark(PROBES.from, "a client of the suite's own tries the parent");
  const right = await logIn(stage, account);
  mark('right', right.status);
  // Before anything is refused: who was let in must not be so on other connections.
  mark('nothing', await askOnce(stage));
  mark('replayed', (await logIn(stage, { said: right.said })).status);
  mark('unasked', await askOnce(stage, right.said));
  mark('twice', (await logIn(stage, account, 2)).status);
  mark('other-domain', (await logIn(stage, { ...account, domain: 'other-corp' })).status);
  mark('no-domain', (await logIn(stage, { ...account, domain: '' })).status);
  mark('other-user', (await logIn(stage, { ...account, user: 'somebody' })).status);
  for (const version of ['other-proxy', 'wrong-mic', 'lm'] as const)
    mark(version, (await logIn(stage, { ...account, version })).status);
  mark('anonymous', (await logIn(stage, { user: '', domain: '', password: '', version: 'anonymous' })).status);
  mark('ntlmv1', (await logIn(stage, { ...account, version: 'v1' })).status);
  mark('basic', await askOnce(stage, `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`));
  world.mark(PROBES.to, 'it has tried everything');
}

const answerTo = (evidence: Evidence, name: ProbeName | 'right') => {
  const mark = evidence.mark(`${PROBE}${name}`);
  return { mark, status: Number(/ (\d+)$/.exec(mark?.what ?? '')?.[1] ?? 0) };
};

/** That the parent took the account by NTLMv2, and refused everything else that was tried. */
export function parentRefuses(evidence: Evidence): Finding[] {
  const right = answerTo(evidence, 'right');
  const isIn = right.status !== 0 && right.status !== 407;
  return [
    check(
      isIn,
      "the parent lets a client of the suite's own in, by NTLMv2 as the account",
      right.mark ? `it answered ${right.status}` : 'it was not tried',
      right.mark,
    ),
    ...(Object.keys(REFUSED) as ProbeName[]).map((name) => refuses(evidence, name)),
  ];
}

function refuses(evidence: Evidence, name: ProbeName): Finding {
  const { mark, status } = answerTo(evidence, name);
  const seen = !mark
    ? 'it was not tried'
    : status === 407
      ? 'it answered 407'
      : `it answered ${status}, so it does not verify what it is told`;
  return check(status === 407, `the parent refuses ${REFUSED[name]}`, seen, mark);
}

/** That nobody but the probe offered the parent anything but NTLM: by Basic the password would stand in clear. */
export function nothingInClear(evidence: Evidence): Finding {
  const [from, to] = [evidence.mark(PROBES.from), evidence.mark(PROBES.to)];
  const isProbe = (each: Exchange): boolean => from !== undefined && isAfter(each, from) && !(to && isAfter(each, to));
  const offers = evidence.proxy().flatMap((each) => {
    const scheme = headerOf(each.headers, 'Proxy-Authorization')?.split(' ')[0];
    return scheme === undefined || isProbe(each) ? [] : [{ each, scheme }];
  });
  const others = offers.filter(({ scheme }) => scheme.toLowerCase() !== 'ntlm');
  const [first] = others;
  return check(
    first === undefined,
    'the parent is told no password in clear: whoever logs in does so by NTLM',
    first
      ? `${counted(others.length, 'requests')} offered ${first.scheme}, the first: ${first.each.method} ${first.each.target}`
      : `${counted(offers.length, 'requests')} offered NTLM, ${counted(passedParent(evidence).length, 'requests')} passed`,
    ...others.slice(0, 3).map(({ each }) => each),
  );
}
