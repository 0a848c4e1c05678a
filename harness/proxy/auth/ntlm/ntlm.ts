import type { AuthScheme, Claim, ClaimVerdict, Conversation, Random, RightCredentials } from '../scheme.ts';
import { type AuthenticateMessage, readAuthenticate } from './authenticate-message.ts';
import type { TargetInfo } from './av-pairs.ts';
import { type Challenge, challengeTo } from './challenge-message.ts';
import { readNegotiate } from './negotiate-message.ts';
import { MessageReader, UnfitMessage } from './reader.ts';
import { refusal } from './verify.ts';

/** What a proxy that speaks NTLM is. */
export interface NtlmOptions {
  /** The domain whose users it knows: a NetBIOS name, such as `CORP-UK`. */
  readonly domain: string;
  /** Gives the challenges' bytes. */
  readonly random: Random;
  /** The time of day that challenges tell, in milliseconds since the epoch; without it they tell none. */
  readonly now?: () => number;
}

/** How many challenges are remembered, so that a replayed answer is known as one. */
const REMEMBERED = 100;
const NONCE_BYTES = 8;
/** Milliseconds from 1601, where Windows counts from, to 1970. */
const SINCE_1601_MS = 11_644_473_600_000;
const COMPUTER = 'PROXY';
/** Squid refuses so, too: whoever hands on the `Connection: close` of its own client cannot log in for it. */
const CLOSING = 'it has the connection closed after the answer (Connection: close), on which NTLM would have to go on';
const UNASKED = 'nothing was asked on this connection: it answers another challenge, or is used twice';

/**
 * NTLM with NTLMv2 alone ([MS-NLMP], and [MS-NTHT] for HTTP). It is the connection that is authenticated, until it
 * closes: the proxy offers `NTLM`, the client sends its first message, the proxy a challenge, the client its second.
 */
export function ntlmAuthentication(right: RightCredentials, options: NtlmOptions): AuthScheme {
  const earlier = new Set<Challenge>();
  const challenge: MakeChallenge = (message) => {
    const made = challengeTo(readNegotiate(message), options.random(NONCE_BYTES), targetInfo(options));
    earlier.add(made);
    const [oldest] = earlier;
    if (earlier.size > REMEMBERED && oldest) earlier.delete(oldest);
    return made;
  };
  const judge: Judge = (offered, answered) => (answered ? refusal(offered, answered, right(), earlier) : UNASKED);
  return {
    name: 'ntlm',
    connectionBound: true,
    challenges: () => ['NTLM'],
    converse: () => new NtlmConversation(challenge, judge),
  };
}

/** Makes a challenge for a client's first message. @throws UnfitMessage */
type MakeChallenge = (message: Buffer) => Challenge;
/** Why an answer is refused; undefined when it is right. @throws UnfitMessage */
type Judge = (offered: AuthenticateMessage, answered: Challenge | undefined) => string | undefined;

class NtlmConversation implements Conversation {
  readonly #challenge: MakeChallenge;
  readonly #judge: Judge;
  /** What the next message must answer: a challenge is good for one. */
  #pending: Challenge | undefined;
  #authenticated = false;

  constructor(challenge: MakeChallenge, judge: Judge) {
    this.#challenge = challenge;
    this.#judge = judge;
  }

  next({ authorization, persistent }: Claim): ClaimVerdict {
    const answered = this.#pending;
    this.#pending = undefined;
    if (authorization === undefined)
      return this.#authenticated ? { granted: true } : { granted: false, challenges: ['NTLM'] };
    this.#authenticated = false;
    let offered: AuthenticateMessage | undefined;
    try {
      const message = messageOf(authorization);
      const { type } = new MessageReader(message);
      if (type === 1) return persistent ? this.#begin(message) : refused(CLOSING);
      if (type !== 3) return refused(`it is a message of type ${type}, which no client sends`);
      offered = readAuthenticate(message, answered?.flags ?? 0);
      const reason = this.#judge(offered, answered);
      if (reason !== undefined) return refused(reason, offered);
      this.#authenticated = true;
      return { granted: true, told: { step: 'granted', ...account(offered) } };
    } catch (error) {
      if (error instanceof UnfitMessage) return refused(error.message, offered);
      throw error;
    }
  }

  #begin(message: Buffer): ClaimVerdict {
    this.#pending = this.#challenge(message);
    return {
      granted: false,
      challenges: [`NTLM ${this.#pending.bytes.toString('base64')}`],
      told: { step: 'challenged' },
    };
  }
}

function messageOf(authorization: string): Buffer {
  const [, scheme = '', token = ''] = /^(\S*)\s*(.*?)\s*$/s.exec(authorization) ?? [];
  if (scheme.toLowerCase() !== 'ntlm') throw new UnfitMessage(`it is of the scheme ${scheme}, not NTLM`);
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(token)) throw new UnfitMessage('it is not in Base64');
  return Buffer.from(token, 'base64');
}

function targetInfo({ domain, now }: NtlmOptions): TargetInfo {
  const dnsDomain = `${domain.toLowerCase()}.test`;
  return {
    domain: domain.toUpperCase(),
    computer: COMPUTER,
    dnsDomain,
    dnsComputer: `${COMPUTER.toLowerCase()}.${dnsDomain}`,
    ...(now ? { timestamp: BigInt(Math.round(now()) + SINCE_1601_MS) * 10_000n } : {}),
  };
}

const refused = (reason: string, offered?: AuthenticateMessage): ClaimVerdict => ({
  granted: false,
  challenges: ['NTLM'],
  told: { step: 'refused', reason, ...(offered && account(offered)) },
});

/** Who a message says to be. */
const account = ({ user, domain, workstation }: AuthenticateMessage) => ({ user, domain, workstation });
