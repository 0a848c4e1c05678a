import type { Measurement } from '../measured.ts';
import type { MeasuredCell } from '../table.ts';
import { numberIn } from '../versions.ts';
import { code, table } from './columns.ts';

/** Environments that are named in one row. */
const NAMED = 4;

/** A cell that not all versions answer alike. */
interface Differing {
  readonly cell: MeasuredCell;
  /** Of each version in turn. */
  readonly answers: readonly string[];
}

/** The version of Docker that a measurement is of. */
export const dockerVersion = ({ versions }: Measurement): string => numberIn(versions['dockerd'] ?? '') ?? 'unknown';

/** What the versions of Docker differ in, as a section. @param measurements one a version, from the oldest */
export function dockerSection(measurements: readonly Measurement[]): string {
  const versions = measurements.map(dockerVersion);
  const [first] = measurements;
  const differing = (first?.cells ?? []).flatMap((cell): Differing[] => {
    const answers = measurements.map(({ cells }) => cells.find((each) => isSame(each, cell))?.answer);
    const whole = answers.filter((each) => each !== undefined);
    return whole.length === versions.length && new Set(whole.map(brief)).size > 1 ? [{ cell, answers: whole }] : [];
  });
  const of = new Intl.ListFormat('en-GB').format(versions);
  const asked = `The docker command and dockerd of ${of} were asked ${measurements.at(-1)?.cells.length} times each`;
  const title = `## Docker ${of}`;
  if (differing.length === 0) return `${title}\n\n${asked}. They are alike in every cell.`;
  const isAllProxy = ({ cell }: Differing): boolean => /all_proxy/i.test(cell.situation.name);
  const allProxy = differing.some(isAllProxy) ? '' : ', also in those with ALL_PROXY';
  return [
    title,
    `${asked}. They differ in ${differing.length} of these, and are alike in all others${allProxy}. Below, the columns docker and dockerd are of ${versions[0]}. The other clients were measured in one version each.`,
    table(['client', 'environments', 'URL', ...versions], rowsOf(differing)),
  ].join('\n\n');
}

/** Cells that differ in the same way are one row. */
function rowsOf(differing: readonly Differing[]): readonly (readonly string[])[] {
  const alike = Map.groupBy(differing, ({ cell, answers }) => [cell.client, ...answers.map(brief)].join('\n'));
  return [...alike.values()].flatMap((some) => {
    const [first] = some;
    if (!first) return [];
    const names = [...new Set(some.map(({ cell }) => named(cell)))];
    const urls = [...new Set(some.map(({ cell }) => cell.url))];
    const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
    return [
      [
        first.cell.client,
        `${names.slice(0, NAMED).join('; ')}${more}`,
        urls.length > 2 ? 'any' : urls.join(' '),
        ...first.answers.map(brief),
      ],
    ];
  });
}

const named = ({ situation }: MeasuredCell): string =>
  situation.group === 'no-proxy' ? `NO_PROXY ${shown(situation.name)}` : situation.name;

const shown = (name: string): string => name.replace(/^“(.*)”$/s, (_, value: string) => code(value));

/** Why a client gives up is its own words, which change more often than what it does. */
const brief = (answer: string): string =>
  answer.startsWith('error: ') ? 'gives up' : answer === 'direct' ? 'direct' : `by ${answer}`;

const isSame = (one: MeasuredCell, other: MeasuredCell): boolean =>
  one.client === other.client &&
  one.url === other.url &&
  one.situation.group === other.situation.group &&
  one.situation.name === other.situation.name;
