import { addressOf, HOSTS, PROXIES, type Situation, situations } from './cases/index.ts';
import { type Choice, choiceText } from './choice.ts';
import { type ClientId, clients } from './models/index.ts';

/** One question: what does a client do with a URL in an environment? */
export interface Cell {
  readonly client: ClientId;
  readonly situation: Situation;
  readonly url: string;
}

/** A cell with what was seen: `direct`, the proxy's URL as it was used, `… by CONNECT`, or `error: WHY`. */
export interface MeasuredCell extends Cell {
  readonly answer: string;
}

/** Which cells of the table to ask. */
export type Part = (cell: Cell) => boolean;

/** The table's cells, in its order. */
export function cells(part: Part = () => true): readonly Cell[] {
  return situations.flatMap((situation) =>
    situation.urls.flatMap((url) =>
      clients
        .filter(({ isAsked = () => true }) => isAsked(situation, url))
        .map(({ id }) => ({ client: id, situation, url }))
        .filter(part),
    ),
  );
}

/** Whether a client comes with a Docker engine, and is of its version. */
export const isOfDocker = (client: ClientId): boolean => client === 'docker' || client === 'dockerd';

/** The cells of such clients. */
export const dockerCells = (): readonly Cell[] => cells(({ client }) => isOfDocker(client));

/** The cells as the probe of the clients' image takes them. */
export function probeInput(asked: readonly Cell[]): string {
  const used = [...new Set(asked.map(({ situation }) => situation))];
  return JSON.stringify({
    environments: used.map(({ env }) => env),
    hosts: HOSTS,
    proxies: Object.values(PROXIES),
    cells: asked.map(({ client, situation, url }) => ({ client, environment: used.indexOf(situation), url })),
  });
}

/** Whether a model's choice is what was measured. Of an error its cause alone is not compared: it is the client's words. */
export function agrees(choice: Choice, answer: string): boolean {
  if (choice.via === 'error') return answer.startsWith('error: ');
  if (choice.via === 'direct') return answer === 'direct';
  const { proxy } = choice;
  return choiceText({ ...choice, proxy: { ...proxy, host: addressOf(proxy.host) ?? proxy.host } }) === answer;
}
