import type { Case } from '../conformance/cases.ts';

/**
 * What `--proxy` leaves out and what it cannot change, as sentences: nobody should take the rest for everything.
 * @param chosen the cases that the other options leave
 * @param wanted the kind of proxy
 */
export function leftOut(chosen: readonly Case[], wanted: string): readonly string[] {
  if (wanted === 'all') return [];
  const kindOf = (each: Case): string | undefined => each.axes['proxy'];
  const other = chosen.filter((each) => kindOf(each) !== undefined && kindOf(each) !== wanted);
  const twins = new Set(chosen.filter((each) => kindOf(each) === wanted).map(withoutProxy));
  const lost = other.filter((each) => !twins.has(withoutProxy(each)));
  const own = chosen.filter((each) => kindOf(each) === undefined);
  return [
    ...(lost.length > 0
      ? [`--proxy ${wanted} leaves out ${counted(lost)} that only another proxy is asked with: ${scenariosOf(lost)}.`]
      : []),
    ...(own.length > 0
      ? [`${counted(own)} have a proxy of their own or none, whatever --proxy says: ${scenariosOf(own)}.`]
      : []),
  ];
}

/**
 * What `--containers` leaves out, as a sentence: nobody should take the rest for everything.
 * @param before the cases that the other options leave
 * @param after those of them that are left with it
 */
export function containersLeftOut(before: readonly Case[], after: readonly Case[], which: string): readonly string[] {
  const kept = new Set(after);
  const lost = before.filter((each) => !kept.has(each));
  return lost.length === 0 ? [] : [`--containers ${which} leaves out ${counted(lost)} with containers.`];
}

const withoutProxy = ({ scenario, axes }: Case): string =>
  JSON.stringify([scenario.id, Object.entries(axes).filter(([name]) => name !== 'proxy')]);

const counted = (cases: readonly Case[]): string => `${cases.length} ${cases.length === 1 ? 'case' : 'cases'}`;

function scenariosOf(cases: readonly Case[]): string {
  const ids = [...Map.groupBy(cases, (each) => each.scenario.id)].map(([id, members]) =>
    members.length === 1 ? id : `${id} (${members.length})`,
  );
  return ids.join(', ');
}
