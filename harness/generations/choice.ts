import { type ProgramSource, SOURCES } from './rows.ts';

/** The parts of a world whose programs can be of another generation than the rest. */
export const PARTS = ['docker', 'images', 'squid'] as const;

/** The name of a part. */
export type PeerPart = (typeof PARTS)[number];

/** Where the programs of each part come from. */
export type GenerationChoice = Readonly<Record<PeerPart, ProgramSource>>;

/** Everything as it is installed on the machine. */
export const HOST_CHOICE: GenerationChoice = { docker: 'host', images: 'host', squid: 'host' };

const list = (words: readonly string[]): string => new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(words);

/** What it takes, as half a sentence. */
export const TAKES = `takes ${list(SOURCES)}, or one for each part, such as ${PARTS.map((each) => `${each}=sid`).join(',')}`;

/**
 * Reads what a user asks for: one word for every part, or `part=word` for some of them, where the others stay the host's.
 * @returns the choice; or what is wrong with it, as half a sentence
 */
export function readChoice(typed: string): GenerationChoice | { readonly problem: string } {
  const source = sourceOf(typed);
  if (source) return { docker: source, images: source, squid: source };
  const choice: Record<PeerPart, ProgramSource> = { ...HOST_CHOICE };
  for (const each of typed.split(',')) {
    const [part = '', word = ''] = each.split('=');
    const known = PARTS.find((name) => name === part);
    const wanted = sourceOf(word);
    if (!each.includes('=')) return { problem: `${TAKES}. There is no generation ${each}` };
    if (!known) return { problem: `${TAKES}. There is no part ${part}: a part is ${list(PARTS)}` };
    if (!wanted) return { problem: `${TAKES}. There is no generation ${word}` };
    choice[known] = wanted;
  }
  return choice;
}

const sourceOf = (word: string): ProgramSource | undefined => SOURCES.find((each) => each === word);
