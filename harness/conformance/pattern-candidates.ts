import { ALL_DEFAULTS, scenarioIdOf } from './glob.ts';

/** An axis as it stands in an id. */
type Term = readonly [name: string, value: string];

/** From so many axes on a pattern leaves an axis as it is or takes all of it; from so many more it leaves them as they are. */
const MANY_AXES = 6;
const TOO_MANY_AXES = 12;
/** Of more cases than these, what means several scenarios has one axis at the most. */
const MANY_CASES = 40;

/**
 * Patterns that may mean some of all cases: for each chosen case every axis kept, widened to any value but its default, or
 * left open; of its scenario, of its family, and of everything. What else they mean is not looked at here.
 * @param ids of all cases that there are
 */
export class PatternCandidates {
  readonly #siblings: ReadonlyMap<string, readonly string[]>;
  readonly #axes = new Map<string, readonly string[]>();

  constructor(ids: readonly string[]) {
    this.#siblings = Map.groupBy(ids, scenarioIdOf);
  }

  /** Those that mean cases of one scenario. */
  within(scenario: string, chosen: readonly string[]): ReadonlySet<string> {
    const found = new Set([scenario, scenario + ALL_DEFAULTS]);
    for (const star of this.#stars(scenario)) {
      found.add(`${scenario}[${star}`);
      for (const tail of new Set(chosen.flatMap((id) => this.#tails(id, star)))) {
        found.add(scenario + tail);
        // The same of this scenario alone, where another's name begins with its name.
        if (tail.startsWith(`${star}[`)) found.add(`${scenario}[${star}${tail.slice(star.length + 1)}`);
      }
    }
    return found;
  }

  /** Those that mean cases of several. */
  across(chosen: readonly string[]): ReadonlySet<string> {
    const found = new Set(['**', `**${ALL_DEFAULTS}`]);
    for (const id of chosen) {
      const family = `${id.split('/')[0]}/*`;
      found.add(family).add(family + ALL_DEFAULTS);
      for (const star of this.#stars(scenarioIdOf(id)))
        for (const tail of chosen.length > MANY_CASES ? shortTails(id, star) : this.#tails(id, star))
          found.add(family + tail).add(`**${tail}`);
    }
    return found;
  }

  /** A wildcard that takes slashes only where there are any. */
  #stars(scenario: string): readonly string[] {
    const own = this.#siblings.get(scenario) ?? [];
    return own.some((id) => id.slice(scenario.length).includes('/')) ? ['*', '**'] : ['*'];
  }

  #tails(id: string, star: string): readonly string[] {
    const scenario = scenarioIdOf(id);
    const axes = this.#axes.get(scenario) ?? axesInOrder(this.#siblings.get(scenario) ?? [id]);
    this.#axes.set(scenario, axes);
    const terms = new Map(termsOf(id));
    let tails = [''];
    for (const axis of axes) {
      const parts = partsOf(axis, terms.get(axis), axes.length, star);
      tails = tails.flatMap((tail) => parts.map((part) => (part === star && tail.endsWith(star) ? tail : tail + part)));
    }
    return tails.filter((tail) => tail.includes('['));
  }
}

/** What may stand in a pattern for an axis of a case. */
function partsOf(axis: string, value: string | undefined, axes: number, star: string): readonly string[] {
  const own = value === undefined ? '' : `[${axis}=${value}]`;
  if (axes > TOO_MANY_AXES) return [own];
  return value === undefined || axes > MANY_AXES ? [own, star] : [own, star, `[${axis}=${star}]`];
}

const shortTails = (id: string, star: string): readonly string[] =>
  termsOf(id).flatMap(([axis, value]) => [`[${axis}=${value}]`, `[${axis}=${value}]${star}`, `[${axis}=${star}`]);

const termsOf = (id: string): readonly Term[] =>
  [...id.matchAll(/\[([^=[\]]+)=([^[\]]*)\]/g)].map(([, name = '', value = '']) => [name, value]);

/** The axes of a scenario in the order in which ids name them. */
function axesInOrder(ids: readonly string[]): readonly string[] {
  const sequences = ids.map((id) => termsOf(id).map(([name]) => name));
  const left = new Set(sequences.flat());
  const order: string[] = [];
  while (left.size > 0) {
    const later = new Set(sequences.flatMap((names) => names.filter((name) => left.has(name)).slice(1)));
    const next = [...left].find((name) => !later.has(name)) ?? [...left][0] ?? '';
    order.push(next);
    left.delete(next);
  }
  return order;
}
