import { type FoundCause, type HostRoute, isGrave } from '../../diagnosis/index.ts';
import { joinHostPort, maskedText } from '../../url/index.ts';
import { pad } from '../terminal/text.ts';
import type { Mask } from './mask.ts';

const HEADINGS = ['', 'WHO', 'TO', 'GOES BY', 'BECAUSE OF'] as const;

/**
 * Who goes by which proxy to which host, and by which line that is so; a cross stands where a line is at fault.
 * @param mask hides secrets, before the columns are measured
 * @param most how many rows at the most
 */
export function routeTable(
  routes: readonly HostRoute[],
  findings: readonly FoundCause[],
  mask: Mask,
  most = Infinity,
): string {
  if (routes.length === 0) return 'No file tells of a program that asks for a host.\n';
  const faults = faultsIn(findings);
  // Hosts that one program goes to in the same way stand in one row.
  const rows = Map.groupBy(routes, (route) =>
    JSON.stringify([route.actor, route.choice, route.because, isFault(route, faults)]),
  );
  const table = [HEADINGS, ...[...rows.values()].slice(0, most).map((of) => row(of, faults).map(mask))];
  const more = rows.size > most ? `   and ${rows.size - most} more: --table shows them\n` : '';
  const widths = HEADINGS.map((_, column) => Math.max(...table.map((each) => each[column]?.length ?? 0)));
  return `${table.map((each) => cells(each, widths)).join('\n')}\n${more}`;
}

const cells = (row: readonly string[], widths: readonly number[]): string =>
  row
    .map((cell, column) => pad(cell, widths[column] ?? 0))
    .join('  ')
    .trimEnd();

interface Faults {
  /** Lines that a finding is about, but for lists. */
  readonly places: ReadonlySet<string>;
  /** Lines of lists that do not spare what they should. */
  readonly lists: ReadonlySet<string>;
  /** Hosts that a list lacks. */
  readonly missing: ReadonlySet<string>;
  /** Lines of lists that spare what they should not. */
  readonly tooMuch: ReadonlySet<string>;
}

function faultsIn(findings: readonly FoundCause[]): Faults {
  const grave = findings.filter(isGrave);
  const places = (of: readonly FoundCause[]) => new Set(of.map(({ file, line }) => `${file}:${line}`));
  const ofLists = grave.filter((each) => isOfList(each) && !isTooMuch(each));
  return {
    places: places(grave.filter((each) => !isOfList(each))),
    lists: places(ofLists),
    missing: new Set(ofLists.flatMap(({ says }) => says.split(/[^\w.-]+/).map((word) => word.replace(/\.$/, '')))),
    tooMuch: places(grave.filter(isTooMuch)),
  };
}

/** Whether a finding is about a list; in the same line proxies may stand, too. */
const isOfList = ({ cause, at = '' }: FoundCause): boolean => cause.startsWith('no-proxy/') || /^no_proxy\b/i.test(at);
const isTooMuch = ({ cause }: FoundCause): boolean => cause === 'no-proxy/everything';

/**
 * Whether what decides a route is at fault. A list that lacks a host is where that host goes by the proxy: what the same list spares goes as it
 * should.
 */
function isFault({ choice, because, list, host }: HostRoute, { places, lists, missing, tooMuch }: Faults): boolean {
  const at = because && `${because.file}:${because.line}`;
  if (choice?.via === 'error') return true;
  if (because && /^no_proxy$/i.test(because.name)) return tooMuch.has(at ?? '');
  if (at !== undefined && places.has(at)) return true;
  if (choice?.via !== 'proxy') return false;
  if (missing.has(host.replace(/:\d+$/, ''))) return true;
  return list?.isMeant === true && lists.has(`${list.file}:${list.line}`);
}

function row([first, ...others]: readonly HostRoute[], faults: Faults): readonly string[] {
  if (!first) return [];
  const { actor, choice, because, host } = first;
  return [
    isFault(first, faults) ? '✗' : '',
    actor,
    [host, ...others.map((each) => each.host)].join(', '),
    way(choice),
    because
      ? `${because.name}, ${because.file}:${because.line}`
      : choice
        ? 'no variable is set'
        : 'its files are not here',
  ];
}

function way(choice: HostRoute['choice']): string {
  switch (choice?.via) {
    case undefined:
      return '?';
    case 'direct':
      return 'direct';
    case 'error':
      return `nobody: ${maskedText(choice.why)}`;
    case 'proxy': {
      const { scheme, host, port, credentials } = choice.proxy;
      return `${scheme === 'https' ? 'https://' : ''}${joinHostPort(host, port)}${credentials ? ' with a password' : ''}`;
    }
  }
}
