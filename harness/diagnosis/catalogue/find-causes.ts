import MiniSearch from 'minisearch';
import type { Cause } from '../causes/cause.ts';
import { causes } from '../causes/index.ts';

/** Words that a complaint has whatever it is about. */
const EMPTY = new Set(
  'a an and are as at be but by can cannot do does for from gets goes has have i if in is it its my no not of on or our so that the then there they this to us we when while why with'.split(
    ' ',
  ),
);

/** How far below the best match one may be and still be shown. */
const SHARE = 0.35;

/** The cause of an id; undefined where the catalogue has none. */
export const causeOf = (id: string): Cause | undefined => causes.find((each) => each.id === id);

/**
 * Causes that a complaint or a line of a log may come from, the likeliest first.
 * @param symptom such as `docker push hangs`
 * @param most how many at the most
 */
export function findCauses(symptom: string, most = 5): readonly Cause[] {
  const found = index().search(symptom, {
    boost: { symptoms: 4, title: 2, id: 2 },
    prefix: (term) => term.length > 3,
    fuzzy: (term) => (term.length > 5 ? 0.15 : false),
    combineWith: 'OR',
  });
  const best = found[0]?.score ?? 0;
  return found
    .filter(({ score }) => score >= best * SHARE)
    .slice(0, most)
    .flatMap(({ id }) => causeOf(String(id)) ?? []);
}

let made: MiniSearch | undefined;

function index(): MiniSearch {
  if (made) return made;
  made = new MiniSearch({
    fields: ['symptoms', 'title', 'id', 'seen', 'fix'],
    extractField: (cause: Cause, field) => {
      if (field === 'symptoms') return (cause.symptoms ?? []).join('. ');
      return field === 'title' || field === 'id' || field === 'seen' || field === 'fix' ? cause[field] : '';
    },
    processTerm: (term) => {
      const word = term.toLowerCase();
      return EMPTY.has(word) ? null : stem(word);
    },
  });
  made.addAll(causes);
  return made;
}

/** `pushes`, `pushed` and `pushing` are `push`. */
const stem = (word: string): string => (word.length > 4 ? word.replace(/(?:ing|ed|es|s)$/, '') : word);
