/** Ends a pattern that means, of a scenario's cases, the one with every axis at its default: its id has no brackets. */
export const ALL_DEFAULTS = '[]';

/**
 * Says whether a pattern of the command line means a case. `*` stands for anything but a slash, `**` for anything, `?`
 * for one character; brackets are literal, since they belong to ids. A pattern without brackets is held against the
 * scenario's id, so it means all cases of the scenario; one with brackets against the case's. One that ends in `[]`
 * means cases with every axis at its default alone. A word without a slash is a family's name, and means all of it.
 */
export function matchesCase(pattern: string, target: { id: string; scenario: { id: string } }): boolean {
  const known = compiled.get(pattern);
  if (known) return known(target.id);
  const made = meaning(pattern);
  compiled.set(pattern, made);
  return made(target.id);
}

/** Each pattern is held against every case: it is compiled once. */
const compiled = new Map<string, (id: string) => boolean>();

/** The same for one pattern and the ids of cases; whoever tries many patterns once keeps none of them. */
export function meaning(pattern: string): (id: string) => boolean {
  if (/^[\w-]+$/.test(pattern)) return meaning(`${pattern}/*`);
  if (pattern.endsWith(ALL_DEFAULTS)) {
    const expression = expressionOf(pattern.slice(0, -ALL_DEFAULTS.length));
    return (id) => !id.includes('[') && expression.test(id);
  }
  const expression = expressionOf(pattern);
  return pattern.includes('[') ? (id) => expression.test(id) : (id) => expression.test(scenarioIdOf(id));
}

/** The scenario's id at the beginning of a case's. */
export function scenarioIdOf(id: string): string {
  const bracket = id.indexOf('[');
  return bracket < 0 ? id : id.slice(0, bracket);
}

function expressionOf(pattern: string): RegExp {
  const source = pattern
    .split(/(\*\*|\*|\?)/)
    .map((part) => ({ '**': '.*', '*': '[^/]*', '?': '[^/]' })[part] ?? RegExp.escape(part))
    .join('');
  return new RegExp(`^${source}$`);
}
