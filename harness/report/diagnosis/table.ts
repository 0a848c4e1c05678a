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
  /** Lines that a finding is about. */
  readonly places: ReadonlySet<string>;
  /** Hosts that a list lacks. */
  readonly missing: ReadonlySet<string>;
}

function faultsIn(findings: readonly FoundCause[]): Faults {
  const grave = findings.filter(isGrave);
  const [missing, others] = [true, false].map((is) =>
    grave.filter(({ cause }) => /^no-proxy\/.*missing/.test(cause) === is),
  );
  return {
    places: new Set(others?.map(({ file, line }) => `${file}:${line}`)),
    missing: new Set(missing?.flatMap(({ says }) => says.split(/[^\w.-]+/))),
  };
}

/** Whether what decides a route is at fault. A list that lacks a host is where that host goes by the proxy. */
const isFault = ({ choice, because, host }: HostRoute, { places, missing }: Faults): boolean =>
  choice?.via === 'error' ||
  (choice?.via === 'proxy' && missing.has(host.replace(/:\d+$/, ''))) ||
  (because !== undefined && places.has(`${because.file}:${because.line}`));

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
