import type { Measurement } from '../measured.ts';
import { type ClientId, clients } from '../models/index.ts';
import type { MeasuredCell } from '../table.ts';
import { brief, numberIn } from '../versions.ts';
import { code, columns, table } from './columns.ts';
import { dockerSection } from './docker-versions.ts';
import { noProxyStatements, type Statement, tally, variableStatements } from './statements.ts';

/**
 * What the measured table says, as docs/clients.md.
 * @param others what the clients of other versions of Docker did
 */
export function clientsDocument(measurement: Measurement, others: readonly Measurement[] = []): string {
  const { cells } = measurement;
  const asked = [measurement, ...others].reduce((sum, each) => sum + each.cells.length, 0);
  const shown = columns(cells);
  const unaware = clients.filter(({ id }) => !shown.includes(id));
  return `${[
    '# Which client takes which proxy',
    `Written by \`./proxyproof no-proxy --measure --write\`, which asked real clients ${asked} times: each with an environment and a network of its own, in which every address is a listener. What a client did is told by who was asked. \`./proxyproof no-proxy VALUE URL…\` answers for your own values, by [a model of each client](../harness/clients/models) that a test holds against every cell below.`,
    '## Clients',
    table(
      ['client', 'version'],
      clients.map(({ title, program: { name } }) => [
        title,
        [
          brief(measurement.versions[name] ?? 'unknown'),
          ...others.flatMap((each) => numberIn(each.versions[name] ?? '') ?? []),
        ].join(', '),
      ]),
    ),
    `${unaware.map(({ title }) => title).join(', ')}: none of these looked at any variable, in any environment. They are left out below, and so is whatever Node does without \`NODE_USE_ENV_PROXY=1\`, which is the same.`,
    'docker is the command, talking to a daemon at a `tcp://` address; dockerd is the daemon, told to pull.',
    ...(others.length > 0 ? [dockerSection([measurement, ...others])] : []),
    '## In short: the variables',
    statements(variableStatements, cells, shown),
    '## In short: NO_PROXY',
    statements(noProxyStatements, cells, shown),
    '## Every environment',
    `The proxy is 172.17.0.1:3128, the page's \`docker0_interface_ip\`; where variables differ, the lower-case ones hold 172.17.0.1, the upper-case ones 172.17.0.2 and ALL_PROXY 172.17.0.3. Read a cell: **d** direct; **P** through the proxy, **P1** to **P3** which; **:80** on that port; **T** with TLS to the proxy; **C** by CONNECT for an http URL; **x** the client gives up before it asks anybody; blank: not asked.`,
    everything(cells, 'variables', shown),
    '## Every NO_PROXY',
    'All of these with the same proxy in every variable, and the value in both NO_PROXY and no_proxy where nothing else is said. gitlab.corp.test has the address 10.1.2.3.',
    everything(cells, 'no-proxy', shown),
    '## What they say when they give up',
    complaints(cells, shown),
  ].join('\n\n')}\n`;
}

function statements(told: readonly Statement[], cells: readonly MeasuredCell[], shown: readonly ClientId[]): string {
  return table(
    ['', 'holds with', 'not with'],
    told.map((each) => {
      const { yes, no } = tally(each, cells, shown);
      return [each.says, everybody(yes, no), everybody(no, yes)];
    }),
  );
}

const everybody = (these: readonly ClientId[], others: readonly ClientId[]): string =>
  others.length === 0 ? 'all' : these.join(', ');

function everything(
  cells: readonly MeasuredCell[],
  group: MeasuredCell['situation']['group'],
  shown: readonly ClientId[],
): string {
  const rows = Map.groupBy(
    cells.filter(({ situation }) => situation.group === group),
    ({ situation, url }) => `${situation.name}\n${url}`,
  );
  return table(
    [group === 'variables' ? 'variables: value' : 'NO_PROXY', 'URL', ...shown],
    [...rows.values()].flatMap((row) => {
      const [first] = row;
      if (!first) return [];
      const name = first.situation.name.replace(/^“(.*)”$/s, (_, value: string) => code(value));
      const answers = shown.map((id) => row.find(({ client }) => client === id)?.answer);
      return [[name, first.url, ...answers.map((answer) => (answer === undefined ? '' : sign(answer, group)))]];
    }),
  );
}

function sign(answer: string, group: MeasuredCell['situation']['group']): string {
  if (answer === 'direct') return 'd';
  if (answer.startsWith('error: ')) return 'x';
  const [, scheme, number = '', port, how] =
    /^(https?):\/\/172\.17\.0\.(\d):(\d+)(?: as \S+)?( by CONNECT)?$/.exec(answer) ?? [];
  if (!port) return answer;
  const which = group === 'variables' ? number : '';
  return `P${which}${port === '3128' ? '' : `:${port}`}${scheme === 'https' ? ' T' : ''}${how && group === 'variables' ? ' C' : ''}`;
}

/** The first words of each client for each kind of value that it gives up on. */
function complaints(cells: readonly MeasuredCell[], shown: readonly ClientId[]): string {
  const rows = shown.flatMap((id) => {
    const failed = cells.filter(({ client, answer }) => client === id && answer.startsWith('error: '));
    const byWords = Map.groupBy(failed, ({ answer }) => answer);
    return [...byWords].map(([answer, of]) => [
      id,
      [...new Set(of.map(({ situation }) => situation.name))].slice(0, 3).join('; '),
      answer.slice('error: '.length),
    ]);
  });
  return table(['client', 'for example with', 'says'], rows);
}
