import { type Situation, situations } from './cases/index.ts';
import { type ClientId, clientOf } from './models/index.ts';
import type { Cell, MeasuredCell } from './table.ts';

/** What real clients did, and which they were. */
export interface Measurement {
  /** What each program says of itself, in one line. */
  readonly versions: Readonly<Record<string, string>>;
  readonly cells: readonly MeasuredCell[];
}

/** One line of the probe's output. */
interface ProbeLine {
  readonly versions?: Readonly<Record<string, string>>;
  readonly environment?: number;
  readonly url?: string;
  readonly answers?: Readonly<Record<string, readonly ClientId[]>>;
}

/**
 * Reads what the probe wrote.
 * @param asked the cells it was given
 * @throws Error when an answer is missing, or stands for none of the cells
 */
export function readProbe(lines: readonly string[], asked: readonly Cell[]): Measurement {
  const used = [...new Set(asked.map(({ situation }) => situation))];
  let versions: Readonly<Record<string, string>> = {};
  const seen = new Map<string, string>();
  for (const line of lines) {
    const read = JSON.parse(line) as ProbeLine;
    if (read.versions) versions = read.versions;
    const situation = used[read.environment ?? -1];
    if (!situation || read.url === undefined) continue;
    for (const [answer, clients] of Object.entries(read.answers ?? {})) {
      for (const client of clients) seen.set(keyOf({ client, situation, url: read.url }), answer);
    }
  }
  return {
    versions: ofAsked(versions, asked),
    cells: asked.map((cell) => ({ ...cell, answer: answerOf(seen, cell) })),
  };
}

/** The versions of those alone who were asked. */
function ofAsked(versions: Measurement['versions'], asked: readonly Cell[]): Measurement['versions'] {
  const programs = new Set(asked.map(({ client }) => clientOf(client).program.name));
  return Object.fromEntries(Object.entries(versions).filter(([name]) => programs.has(name)));
}

/** One line of the stored table: an environment and a URL, with the clients by their answers. */
interface StoredLine {
  readonly group: Situation['group'];
  readonly name: string;
  readonly env: Situation['env'];
  readonly url: string;
  readonly answers: Readonly<Record<string, readonly ClientId[]>>;
}

/** A measurement as it is stored: a line of versions, then a line of JSON for every environment and URL. */
export function writeMeasured({ versions, cells }: Measurement): string {
  const rows = Map.groupBy(cells, ({ situation, url }) => `${situation.group} ${situation.name} ${url}`);
  const lines = [...rows.values()].flatMap((row) => {
    const [first] = row;
    if (!first) return [];
    const { group, name, env } = first.situation;
    const answers = Object.fromEntries(
      [...Map.groupBy(row, ({ answer }) => answer)].map(([answer, of]) => [answer, of.map(({ client }) => client)]),
    );
    return [{ group, name, env, url: first.url, answers } satisfies StoredLine];
  });
  return [{ versions }, ...lines].map((line) => `${JSON.stringify(line)}\n`).join('');
}

/**
 * Reads a stored measurement.
 * @throws Error when it is of other environments than the table has now: measure again then
 */
export function readMeasured(text: string, asked: readonly Cell[]): Measurement {
  const [head = '{}', ...rest] = text.trim().split('\n');
  const known = new Map(situations.map((each) => [`${each.group} ${each.name}`, each]));
  const seen = new Map<string, string>();
  for (const line of rest) {
    const { group, name, env, url, answers } = JSON.parse(line) as StoredLine;
    const situation = known.get(`${group} ${name}`);
    if (!situation || !sameEnvironment(situation.env, env)) {
      throw new Error(`The measured table has “${name}” (${group}) otherwise than its cases: measure again.`);
    }
    for (const [answer, clients] of Object.entries(answers)) {
      for (const client of clients) seen.set(keyOf({ client, situation, url }), answer);
    }
  }
  const { versions = {} } = JSON.parse(head) as ProbeLine;
  return { versions, cells: asked.map((cell) => ({ ...cell, answer: answerOf(seen, cell) })) };
}

const sameEnvironment = (one: Situation['env'], other: Situation['env']): boolean =>
  JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort());

const keyOf = ({ client, situation, url }: Cell): string =>
  JSON.stringify([client, situation.group, situation.name, url]);

function answerOf(seen: ReadonlyMap<string, string>, cell: Cell): string {
  const answer = seen.get(keyOf(cell));
  if (answer !== undefined) return answer;
  throw new Error(
    `Nothing was measured for ${cell.client} with “${cell.situation.name}” (${cell.situation.group}) at ${cell.url}.`,
  );
}
