import type { FoundCause, HostRoute } from '../../diagnosis/index.ts';
import { joinHostPort, maskedText } from '../../url/index.ts';
import { pad } from '../terminal/text.ts';

const HEADINGS = ['', 'WHO', 'TO', 'GOES BY', 'BECAUSE OF'] as const;

/** Who goes by which proxy to which host, and by which line that is so; a cross stands where a line is at fault. */
export function routeTable(routes: readonly HostRoute[], findings: readonly FoundCause[]): string {
  if (routes.length === 0) return 'No file tells of a program that asks for a host.\n';
  const faults = findings.filter(({ severity }) => severity !== 'note');
  // Hosts that one program goes to in the same way stand in one row.
  const rows = Map.groupBy(routes, (route) =>
    JSON.stringify([route.actor, route.choice, route.because, isFault(route, faults)]),
  );
  const table = [HEADINGS, ...[...rows.values()].map((of) => row(of, faults))];
  const widths = HEADINGS.map((_, column) => Math.max(...table.map((each) => each[column]?.length ?? 0)));
  return `${table.map((each) => cells(each, widths)).join('\n')}\n`;
}

const cells = (row: readonly string[], widths: readonly number[]): string =>
  row
    .map((cell, column) => pad(cell, widths[column] ?? 0))
    .join('  ')
    .trimEnd();

/** Whether what decides a route is what a finding is about. A list that lacks a host is at fault where that host goes by the proxy. */
function isFault({ choice, because, host }: HostRoute, findings: readonly FoundCause[]): boolean {
  if (choice?.via === 'error') return true;
  const name = host.replace(/:\d+$/, '');
  return findings.some(({ cause, file, line, says }) => {
    if (/^no-proxy\/.*missing/.test(cause)) return choice?.via === 'proxy' && says.split(/[^\w.-]+/).includes(name);
    return because !== undefined && because.file === file && because.line === line;
  });
}

function row([first, ...others]: readonly HostRoute[], findings: readonly FoundCause[]): readonly string[] {
  if (!first) return [];
  const { actor, choice, because, host } = first;
  return [
    isFault(first, findings) ? '✗' : '',
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
