import type { EventOf, Header, LedgerEvent } from '../../ledger/index.ts';
import { headerOf } from '../../ledger/index.ts';

/** What a rule knows of the lab. */
export interface Surroundings {
  readonly hasProxy: boolean;
  /** What the proxy of that name asks for. */
  readonly scheme: string;
  readonly proxyUrl: string;
  readonly gitlabUrl: string;
}

/** Something that a rule has noticed. */
export interface Noticed {
  readonly rule: string;
  readonly says: string;
  readonly advice: string;
  readonly seq: number;
}

/** A request that a peer saw, for as long as its answer may come. */
export type ClientRequest = EventOf<'request'>;

/** What happened lately, for rules that need more than one event. */
export interface Lately {
  readonly around: Surroundings;
  /** The request of an exchange. */
  requestOf(event: { readonly peer: string; readonly exchange?: string }): ClientRequest | undefined;
}

/** A rule looks at each event once, and may say what it shows. */
export type Rule = (event: LedgerEvent, lately: Lately) => Noticed | undefined;

/** Who sent a request, as a sentence begins: the first product of its User-Agent (RFC 9110 section 10.1.5). */
export function clientOf(headers: readonly Header[] | undefined): string {
  const [product] = (headerOf(headers ?? [], 'User-Agent') ?? '').split(/[\s/(]/);
  return product === undefined || product === '' ? 'A client' : product;
}
