import type { Stage } from '../../conformance/authoring.ts';
import type { EventOf, Evidence, Exchange } from '../../ledger/index.ts';
import { isAfter } from '../order.ts';

const MARK = 'client';
/** How much of what a client says is kept, in characters. */
const WORDS = 300;

/** One try of one client, as the ledger has it. */
export interface ClientTry {
  /** Who tried, and how. */
  readonly client: string;
  /** How it ended, in its own words. */
  readonly said: string;
  readonly began: EventOf<'act'>;
  readonly atProxy: readonly Exchange[];
  readonly atGitlab: readonly Exchange[];
}

/**
 * Lets a client try something.
 * @param client who tries, and how; a sentence goes on with a verb
 * @param work gives its last words
 */
export async function tryClient(
  { world }: Pick<Stage, 'world'>,
  client: string,
  work: () => Promise<string>,
): Promise<void> {
  world.mark(MARK, client);
  const said = await work().catch((error: Error) => error.message);
  world.mark(`${MARK} ended`, plain(said).slice(0, WORDS));
}

/** All tries of a case, in order. */
export function clientTries(evidence: Evidence): readonly ClientTry[] {
  const acts = evidence.of('act');
  const begun = acts.filter(({ mark }) => mark === MARK);
  return begun.map((began, index) => {
    const next = begun[index + 1];
    const during = (each: Exchange): boolean => isAfter(each, began) && !(next && isAfter(each, next));
    return {
      client: began.what,
      said: acts.find(({ mark, seq }) => mark === `${MARK} ended` && seq > began.seq)?.what ?? '',
      began,
      atProxy: evidence.proxy().filter(during),
      atGitlab: evidence.gitlab().filter(during),
    };
  });
}

/** Without the page that a proxy's answer is, but for its words. */
const plain = (text: string): string =>
  text
    .replace(/<(style|head|title)\b.*?<\/\1>|<!--.*?-->|<[^>]*>/gis, ' ')
    .replace(/(\\n|\s)+/g, ' ')
    .trim();
