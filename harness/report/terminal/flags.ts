import type { LedgerEvent } from '../../ledger/index.ts';
import { plural } from '../verdict.ts';
import { printable } from './printable.ts';
import { cutColumns, type Paint } from './text.ts';

/** Who looks at what a subject does; what the harness notes about itself is no flag of the wire. */
const PEERS: ReadonlySet<string> = new Set(['gitlab', 'proxy', 'registry', 'tripwire']);

/**
 * What peers found odd on the wire: never folded away, since a case may pass in spite of it. The same words are said once, with the
 * number of cases and the first of them.
 */
export function flagLines(events: readonly LedgerEvent[], { width, paint }: { width: number; paint: Paint }): string[] {
  const flags = events.filter((event) => event.kind === 'flag' && PEERS.has(event.peer));
  const alike = Map.groupBy(flags, (event) => (event.kind === 'flag' ? `${event.peer}: ${kindOf(event.what)}` : ''));
  const lines = [...alike.values()].flatMap((members) => {
    const [first] = members;
    if (first?.kind !== 'flag') return [];
    const cases = new Set(members.map((each) => each.case));
    const where = cases.size === 1 ? first.case : `${plural(cases.size, 'case', 'cases')}, such as ${first.case}`;
    return [paint('yellow', cutColumns(`⚑ ${where}: ${first.peer}: ${printable(first.what)}`, width))];
  });
  return lines.length === 0 ? [] : [paint(['bold', 'underline'], `Flags of peers (${alike.size})`), ...lines, ''];
}

/** Two flags that differ in a number, a port or an address are one. */
const kindOf = (what: string): string => what.replace(/[0-9a-f]{8,}|\d+/gi, 'n');
