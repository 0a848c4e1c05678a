/**
 * Says whether a pattern of the command line means a case. `*` stands for anything but a slash, `**` for anything, `?`
 * for one character; brackets are literal, since they belong to ids. A pattern without brackets is held against the
 * scenario's id, so it means all cases of the scenario; one with brackets against the case's.
 */
export function matchesCase(pattern: string, target: { id: string; scenario: { id: string } }): boolean {
  return expression(pattern).test(pattern.includes('[') ? target.id : target.scenario.id);
}

/** Each pattern is held against every case: it is compiled once. */
const compiled = new Map<string, RegExp>();

function expression(pattern: string): RegExp {
  const known = compiled.get(pattern);
  if (known) return known;
  const source = pattern
    .split(/(\*\*|\*|\?)/)
    .map((part) => ({ '**': '.*', '*': '[^/]*', '?': '[^/]' })[part] ?? RegExp.escape(part))
    .join('');
  const made = new RegExp(`^${source}$`);
  compiled.set(pattern, made);
  return made;
}
